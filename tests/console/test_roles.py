"""Who may call what: every call of the console, by nobody and by each role."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from redress.bootstrap import Parts
from redress.store.accounts import ROLES, Role
from redress.web.console.app import make_console
from tests.console.people import Person

EVERYBODY = "everybody"
# each call and the lowest role that may make it
LOWEST: dict[tuple[str, str], str] = {
    ("GET", "/"): EVERYBODY,
    ("GET", "/login"): EVERYBODY,
    ("POST", "/login"): EVERYBODY,
    ("GET", "/sign-in"): EVERYBODY,
    ("GET", "/sign-in/back"): EVERYBODY,
    ("POST", "/logout"): "reviewer",
    ("GET", "/queue"): "reviewer",
    ("GET", "/queue/counts"): "reviewer",
    ("POST", "/search"): "reviewer",
    ("POST", "/assign"): "reviewer",
    ("GET", "/tickets/{number}"): "reviewer",
    ("POST", "/tickets/{number}/approve"): "reviewer",
    ("POST", "/tickets/{number}/decline"): "reviewer",
    ("POST", "/tickets/{number}/ask"): "reviewer",
    ("POST", "/tickets/{number}/note"): "reviewer",
    ("POST", "/tickets/{number}/assign"): "reviewer",
    ("POST", "/tickets/{number}/take-up"): "reviewer",
    ("POST", "/tickets/{number}/settle"): "reviewer",
    ("POST", "/tickets/{number}/withdraw"): "reviewer",
    ("POST", "/tickets/{number}/reopen"): "lead",
    ("GET", "/talks"): "reviewer",
    ("GET", "/talks/count"): "reviewer",
    ("GET", "/talks/{conversation_id}"): "reviewer",
    ("GET", "/talks/{conversation_id}/lines"): "reviewer",
    ("POST", "/talks/{conversation_id}/take"): "reviewer",
    ("POST", "/talks/{conversation_id}/write"): "reviewer",
    ("POST", "/talks/{conversation_id}/typing"): "reviewer",
    ("POST", "/talks/{conversation_id}/give-back"): "reviewer",
    ("GET", "/learning"): "reviewer",
    ("POST", "/learning/{message_id}"): "reviewer",
    ("GET", "/insights"): "reviewer",
    ("GET", "/insights/{name}.svg"): "reviewer",
    ("GET", "/insights/{name}.csv"): "lead",
    ("GET", "/undelivered"): "lead",
    ("POST", "/undelivered/{row}/again"): "lead",
    ("POST", "/undelivered/{row}/dismiss"): "lead",
    ("POST", "/unanswered/{row}/again"): "lead",
    ("GET", "/audit"): "admin",
    ("GET", "/privacy"): "admin",
    ("POST", "/privacy/find"): "admin",
    ("POST", "/privacy/export"): "admin",
    ("POST", "/privacy/erase"): "admin",
    ("GET", "/accounts"): "admin",
    ("POST", "/accounts"): "admin",
    ("POST", "/accounts/{name}"): "admin",
}
GUARDED = [call for call, lowest in LOWEST.items() if lowest != EVERYBODY]
PLACES = {"number": "RD-0000-0000", "conversation_id": "none", "message_id": "0", "row": "0", "name": "none"}
# a form that is whole, so that what answers is the role and not the form
FORM = {
    "seen": "1",
    "remedy": "refund",
    "clause": "1.1",
    "text": " ",
    "numbers": "RD-0000-0000",
    "client_id": "6d1c4e1e-6f0b-4f0e-9f4e-3d1d6e2d8b11",
    "name": " ",
    "role": "none",
    "password": " ",
    "email": "nobody@example.org",
}


@pytest.fixture(scope="module")
def people(url: str, parts: Parts) -> Iterator[dict[str, Person]]:
    """One person of each role."""
    made: dict[str, Person] = {role: Person(url, parts, f"a {role}", role) for role in ROLES}
    yield made
    for person in made.values():
        person.client.close()


def path(pattern: str) -> str:
    return "/console" + pattern.format(**PLACES)


def test_every_call_has_a_lowest_role(parts: Parts) -> None:
    paths = make_console(parts).openapi()["paths"]
    assert {(method.upper(), path) for path, calls in paths.items() for method in calls} == set(LOWEST)


@pytest.mark.parametrize(("method", "pattern"), GUARDED)
def test_nobody_calls_anything_unsigned(browser: httpx.Client, method: str, pattern: str) -> None:
    answer = browser.request(method, path(pattern), data=FORM if method == "POST" else None)
    assert answer.status_code == 303
    assert "/console/login" in answer.headers["location"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("method", "pattern"), [call for call in GUARDED if call != ("POST", "/logout")])
def test_a_role_calls_what_it_may_and_nothing_else(
    people: dict[str, Person], role: Role, method: str, pattern: str
) -> None:
    person = people[role]
    form = {**FORM, "csrf": person.csrf} if method == "POST" else None
    answer = person.client.request(method, path(pattern), data=form)
    allowed = ROLES.index(role) >= ROLES.index(LOWEST[method, pattern])
    assert (answer.status_code != 403) is allowed, answer.text


@pytest.mark.parametrize("pattern", [pattern for (method, pattern) in LOWEST if method == "POST"])
def test_no_form_is_taken_without_the_sessions_token(people: dict[str, Person], pattern: str) -> None:
    for csrf in ("", "another"):
        answer = people["admin"].client.post(path(pattern), data={**FORM, "csrf": csrf})
        assert answer.status_code == 403, answer.text
        assert "too old" in answer.text
