"""The shop's API: keys and scopes, pages, decisions; nothing that is sent to it makes it fail."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from redress.bootstrap import Parts, assemble
from redress.settings import Settings
from redress.store.api_keys import SCOPES, ApiKey
from redress.store.migrate import migrate
from redress.store.outbox_tables import OutboxRow
from redress.web.app import make_app
from redress.web.auth import new_token
from tests.ticketing import PHOTOS, TicketDesk

HOOKS = {"1688order": {"url": "http://127.0.0.1:9/hook", "secret": secrets.token_hex(32)}}


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    made = assemble(
        Settings(
            database_url=f"sqlite:///{tmp_path / 'redress.db'}",
            evidence_dir=tmp_path / "evidence",
            worker=False,
            webhooks=HOOKS,
        )
    )
    migrate(made.database.engine)
    yield made
    made.close()


@pytest.fixture
def client(parts: Parts) -> TestClient:
    return TestClient(make_app(parts), raise_server_exceptions=False)


@pytest.fixture
def desk(parts: Parts) -> TicketDesk:
    return TicketDesk(parts.database)


def key(parts: Parts, *scopes: str, shop: str = "1688order") -> dict[str, str]:
    token, kept = new_token()
    parts.api_keys.add(ApiKey(secrets.token_hex(4), shop, frozenset(scopes or SCOPES)), kept, parts.clock())
    return {"Authorization": f"Bearer {token}"}


def test_a_shop_reads_its_tickets_whole(parts: Parts, client: TestClient, desk: TicketDesk) -> None:
    ticket = desk.open()
    found = client.get(f"/api/shop/tickets/{ticket.number.lower()}", headers=key(parts)).json()
    assert (found["number"], found["state"], found["version"]) == (ticket.number, "in_review", 1)
    assert found["claim"] == ticket.claim


def test_pages_follow_each_other_without_gap_or_repeat(parts: Parts, client: TestClient, desk: TicketDesk) -> None:
    opened = []
    for _ in range(7):
        opened.append(desk.open().number)
        desk.clock.go(minutes=1)
    desk.open("platform-15", "damaged", ())
    headers, seen, after = key(parts), [], None
    while True:
        page = client.get("/api/shop/tickets", params={"limit": 3, "after": after}, headers=headers).json()
        seen += [one["number"] for one in page["tickets"]]
        after = page["next"]
        if after is None:
            break
    assert seen == opened[::-1]


def test_a_page_by_state_and_time(parts: Parts, client: TestClient, desk: TicketDesk) -> None:
    desk.open()
    since = desk.clock.go(hours=1)
    waiting = desk.open(evidence=PHOTOS[:1])
    headers = key(parts)
    by_state = client.get("/api/shop/tickets", params={"state": "awaiting_evidence"}, headers=headers).json()
    by_time = client.get("/api/shop/tickets", params={"changed_since": since.isoformat()}, headers=headers).json()
    assert [one["number"] for one in by_state["tickets"]] == [waiting.number]
    assert by_time == by_state


@pytest.mark.parametrize(
    "query", [{"after": "nonsense"}, {"after": "2026~x"}, {"changed_since": "2026-01-01T00:00:00"}]
)
def test_a_place_that_there_is_not_is_refused(parts: Parts, client: TestClient, query: dict[str, str]) -> None:
    answer = client.get("/api/shop/tickets", params=query, headers=key(parts))
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] in query


def test_a_decision_by_the_api_is_a_reviewers(parts: Parts, client: TestClient, desk: TicketDesk) -> None:
    ticket = desk.open()
    body = {"decision": "approve", "remedy": "refund", "seen": 1}
    answer = client.post(f"/api/shop/tickets/{ticket.number}/decisions", json=body, headers=key(parts))
    assert answer.status_code == 200
    assert answer.json()["state"] == "approved"
    assert answer.json()["decision"]["by"].startswith("api:")
    assert len(desk.lines(ticket)) == 1
    with parts.database.read() as session:
        told = session.scalar(select(func.count()).where(OutboxRow.channel == "webhook"))
    assert told == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"decision": "approve", "remedy": "gold"}, 422, "invalid_decision"),
        ({"decision": "approve", "remedy": "refund", "amount": "999.00", "reason": "x"}, 422, "invalid_decision"),
        ({"decision": "decline", "clause": "99.9"}, 422, "invalid_decision"),
        ({"decision": "settle"}, 409, "impossible_change"),
        ({"decision": "note", "text": "x", "seen": 0}, 422, "invalid_request"),
        ({"decision": "approve", "remedy": "refund", "seen": 7}, 409, "ticket_changed"),
        ({"decision": "nonsense"}, 422, "invalid_request"),
    ],
)
def test_a_decision_that_cannot_be(
    parts: Parts, client: TestClient, desk: TicketDesk, body: dict[str, Any], status: int, code: str
) -> None:
    ticket = desk.open()
    answer = client.post(f"/api/shop/tickets/{ticket.number}/decisions", json=body, headers=key(parts))
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert desk.tickets.ticket(ticket.number) == ticket


CALLS = [("GET", ""), ("GET", "/{number}"), ("POST", "/{number}/decisions")]
NOTE = {"decision": "note", "text": "from the shop"}


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize(
    ("scopes", "opens"),
    [
        (("tickets:read",), {"GET"}),
        (("tickets:decide",), {"POST"}),
        (("tickets:lead",), set()),
        (("tickets:read", "tickets:decide"), {"GET", "POST"}),
    ],
)
def test_a_scope_opens_what_it_says(
    parts: Parts, client: TestClient, desk: TicketDesk, method: str, path: str, scopes: tuple[str, ...], opens: set[str]
) -> None:
    url = f"/api/shop/tickets{path.format(number=desk.open().number)}"
    body = NOTE if method == "POST" else None
    answer = client.request(method, url, json=body, headers=key(parts, *scopes))
    assert answer.status_code == (200 if method in opens else 403)


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_without_a_good_key_nothing_opens(
    parts: Parts, client: TestClient, desk: TicketDesk, method: str, path: str
) -> None:
    url = f"/api/shop/tickets{path.format(number=desk.open().number)}"
    revoked = key(parts)
    for one, _ in parts.api_keys.named():
        parts.api_keys.revoke(one.name, parts.clock())
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp5"}, revoked):
        answer = client.request(method, url, json=NOTE if method == "POST" else None, headers=headers)
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "unauthorized"


@pytest.mark.parametrize(("method", "path"), CALLS[1:])
def test_another_shops_ticket_is_as_if_it_were_not(
    parts: Parts, client: TestClient, desk: TicketDesk, method: str, path: str
) -> None:
    headers = key(parts, shop="platform-15")
    answers = [
        client.request(method, f"/api/shop/tickets{path.format(number=number)}", json=NOTE, headers=headers)
        for number in (desk.open().number, "RD-NONE-NONE")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_only_a_leads_key_reopens(parts: Parts, client: TestClient, desk: TicketDesk) -> None:
    ticket = desk.open()
    url = f"/api/shop/tickets/{ticket.number}/decisions"
    client.post(url, json={"decision": "decline", "clause": "29.2"}, headers=key(parts))
    body = {"decision": "reopen", "reason": "new proof"}
    assert client.post(url, json=body, headers=key(parts, "tickets:decide")).status_code == 403
    assert client.post(url, json=body, headers=key(parts)).json()["state"] == "in_review"


def test_every_call_is_in_the_api_s_description(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    paths = {path: set(calls) for path, calls in described["paths"].items() if path.startswith("/api/shop")}
    assert paths == {
        "/api/shop/tickets": {"get"},
        "/api/shop/tickets/{number}": {"get"},
        "/api/shop/tickets/{number}/decisions": {"post"},
    }
    assert described["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), CALLS)
def test_nothing_that_is_sent_makes_it_fail(parts: Parts, desk: TicketDesk, method: str, path: str) -> None:
    number, headers = desk.open().number, key(parts)
    api = schemathesis.openapi.from_asgi("/openapi.json", make_app(parts))
    operation = api[f"/api/shop/tickets{path}"][method]
    statuses = set()

    @settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None, database=None)
    @given(case=operation.as_strategy(), known=st.booleans())
    def send(case: Any, known: bool) -> None:
        if known and "{number}" in path:
            case.path_parameters = {"number": number}
        answer = case.call(headers=headers)
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert set(answer.json()) == {"error"}
        statuses.add(answer.status_code)

    send()
    # a decision that is well-formed may still be one that the ticket's state does not allow
    assert statuses & {200, 409}, "what is well-formed is taken"
