"""Tickets on the running desk: a decision reaches the buyer, the buyer's data is handed over, and gone when asked."""

from __future__ import annotations

import json
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from redress.demo import demo_orders
from redress.store.database import Database
from redress.store.engine import make_engine
from redress.store.orders import ShopOrders
from tests.buyer import Buyer, photo
from tests.desk import Desk

pytestmark = pytest.mark.slow
EMAIL = "anna.only-here@example.com"
ORDER = "OR777001"
PATIENCE_S = 30


@pytest.fixture
def order(desk: Desk) -> Iterator[str]:
    """An order of a buyer of this test's own, like the demo shop's first."""
    engine = make_engine(desk.env["REDRESS_DATABASE_URL"])
    demo = next(order for shop, order, _ in demo_orders(datetime.now(UTC)) if order["number"] == "OR100001")
    ShopOrders(Database(engine)).put("1688order", EMAIL, {**demo, "number": ORDER}, "delivered")
    yield ORDER
    engine.dispose()


@pytest.fixture
def buyer(desk: Desk, order: str) -> Buyer:
    """Who has just opened a ticket."""
    buyer = Buyer(desk.client, "1688order").press("The size is wrong").identify(order, EMAIL)
    buyer.press("Running shoes")
    buyer.answer_facts()
    color = 0
    while buyer.question and buyer.question.startswith("evidence:"):
        color += 10
        assert buyer.send(photo((color, 40, 200))).status_code == 201
    return buyer.press("A replacement").press("Yes, send it")


def eventually(what: str, true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until, what
        time.sleep(0.2)


def test_a_decision_reaches_the_buyer_in_the_conversation(desk: Desk, buyer: Buyer) -> None:
    assert buyer.ticket
    number = buyer.ticket["number"]
    name = f"shop-{number}"
    key = desk.redress("key", "add", "1688order", name, "--scope", "tickets:read", "--scope", "tickets:decide")
    assert key.returncode == 0, key.stderr
    headers = {"Authorization": f"Bearer {key.stdout.strip()}"}
    url = f"/api/shop/tickets/{number}"
    assert desk.client.get(url, headers=headers).json()["state"] == "in_review"
    decided = desk.client.post(
        f"{url}/decisions", json={"decision": "approve", "remedy": "replacement"}, headers=headers
    )
    assert decided.status_code == 200, decided.text
    last = buyer.history()[-1]
    assert last["author"] == "desk"
    assert last["ticket"] == {"number": number, "state": "approved"}
    assert number in last["text"]
    assert desk.redress("key", "revoke", name).returncode == 0
    assert desk.client.get(url, headers=headers).status_code == 401


def test_a_buyers_data_is_handed_over_and_then_gone(desk: Desk, buyer: Buyer, tmp_path: Path) -> None:
    assert buyer.ticket
    number = buyer.ticket["number"]
    file = tmp_path / "export.zip"
    exported = desk.redress("export", EMAIL, "--to", str(file))
    assert exported.returncode == 0, exported.stderr
    with zipfile.ZipFile(file) as archive:
        data = json.loads(archive.read("data.json"))
        photos = [name for name in archive.namelist() if name.startswith("evidence/")]
    assert number in [ticket["number"] for ticket in data["tickets"]]
    assert photos

    stored = {path for path in (desk.folder / "evidence").rglob("*") if path.is_file()}
    erased = desk.redress("erase", EMAIL, "--yes")
    assert erased.returncode == 0, erased.stderr
    ticket = json.loads(desk.redress("ticket", number, "--json").stdout)
    assert EMAIL not in json.dumps(ticket)
    assert (ticket["state"], ticket["transcript"], ticket["evidence"]) == ("withdrawn", [], [])
    answer = desk.client.get(f"/api/conversations/{buyer.id}/messages", headers=buyer.headers)
    assert answer.status_code == 401, "the token opens nothing any more"

    def files_gone() -> bool:
        return len([path for path in stored if path.exists()]) <= len(stored) - len(photos)

    eventually("the files are deleted", files_gone)

    def tracker_gone() -> bool:
        url = f"{desk.env['REDRESS_DIALOGUE_URL']}/conversations/{buyer.id}/tracker"
        events = httpx.get(url, trust_env=False, timeout=30).json()["events"]
        return not any(event["event"] == "user" for event in events)

    eventually("the tracker is deleted", tracker_gone)
    for name in ("service", "dialogue"):
        assert EMAIL not in desk.log(name)
