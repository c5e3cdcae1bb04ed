"""Whole claims in each app against the running desk, with photos; and what comes later, where the buyer wrote last."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from redress.bootstrap import assemble, now
from redress.channels import APPS
from redress.claims.tickets import Actor
from redress.settings import Settings
from redress.store.channels import Channels
from redress.store.database import Database
from redress.store.engine import make_engine
from tests.buyer import Buyer, photo
from tests.channels.chatting import Chatter
from tests.channels.conftest import CREDENTIALS, SHOP
from tests.channels.standins import StandIn
from tests.desk import Desk

pytestmark = pytest.mark.slow
KEY = "a-key-of-the-tests-for-messaging-apps"


@pytest.fixture(scope="module")
def app_desk(tmp_path_factory: pytest.TempPathFactory, apis: dict[str, StandIn]) -> Iterator[Desk]:
    """A running desk with an account in each app."""
    bases = json.dumps({app: api.url for app, api in apis.items()})
    with Desk(tmp_path_factory.mktemp("apps"), REDRESS_CHANNEL_APIS=bases, REDRESS_CHANNEL_KEY=KEY) as running:
        channels = Channels(Database(make_engine(running.env["REDRESS_DATABASE_URL"])), lambda: KEY)
        for app in APPS:
            channels.put(app, SHOP, CREDENTIALS[app], now(), polled=False)
        yield running


@pytest.fixture
def chatter(app_desk: Desk, apis: dict[str, StandIn]) -> Callable[[str, str], Chatter]:
    """Opens a chat in an app."""
    return lambda app, chat: Chatter(app, chat, apis[app], app_desk.client, "")


def ticket_number(text: str) -> str:
    return next(word.strip(".,:()") for word in text.split() if word.startswith("RD-"))


def claim(buyer: Chatter, order: str) -> str:
    """A missing item, told to the end; the ticket's number."""
    buyer.say("one of the bags was missing from my parcel").identify(order)
    for _ in range(25):
        if "RD-" in buyer.text:
            return ticket_number(buyer.text)
        titles = {title.partition(". ")[2] or title: title for title in buyer.buttons}
        if any(title.startswith("I'll send it") for title in titles):
            buyer.photograph()
        else:
            buyer.press(titles[_pressed(buyer.text.lower(), list(titles))])
    raise AssertionError(f"no ticket: {buyer.text}")


def _pressed(text: str, titles: list[str]) -> str:
    for wanted in ("Canvas bag", "Yes, send it", "A refund", "An ordinary"):
        found = next((title for title in titles if title.startswith(wanted[:9])), None)
        if found:
            return found
    if "No" in titles:
        return "Yes" if any(word in text for word in ("receipt", "presence")) else "No"
    return titles[0]


@pytest.mark.parametrize(
    ("app", "chat"), [("telegram", "600001"), ("whatsapp", "34600600001"), ("messenger", "900001")]
)
def test_a_whole_claim_with_photos(app: str, chat: str, app_desk: Desk, chatter: Callable[[str, str], Chatter]) -> None:
    number = claim(chatter(app, chat), "OR100001")
    found = json.loads(app_desk.redress("ticket", number, "--json").stdout)
    assert found["state"] == "in_review"
    assert found["assessment"]["outcome"] == "qualifies"
    assert len({piece["kind"] for piece in found["evidence"]}) == len(found["evidence"]) >= 2


def test_a_redelivery_says_nothing_again(chatter: Callable[[str, str], Chatter]) -> None:
    buyer = chatter("telegram", "600002")
    body = buyer.written("my shoes arrived damaged")
    buyer.send(body)
    for _ in range(3):
        buyer.deliver(body)
    time.sleep(2)
    assert len(buyer.api.to("600002")) == buyer.got


def test_a_killed_service_answers_everything_once_when_it_is_back(
    app_desk: Desk, chatter: Callable[[str, str], Chatter]
) -> None:
    buyers = [chatter("telegram", f"61000{n}") for n in range(6)]
    for buyer in buyers:
        buyer.deliver(buyer.written("my shoes arrived damaged"))
    app_desk.restart_service(signal.SIGKILL)
    time.sleep(65)  # the leases of what was being done
    told = [[message["text"] for message in buyer.api.to(buyer.chat)] for buyer in buyers]
    for texts in told:
        assert len(set(texts)) == len(texts), "said twice"
    undone = [texts for texts in told if len(texts) < 2]
    assert len(undone) <= 4, "at most the four that were just being sent may be in doubt, and are listed"


def test_a_caption_is_told_and_the_photo_beside_it_is_evidence(chatter: Callable[[str, str], Chatter]) -> None:
    buyer = chatter("telegram", "600003")
    buyer.api.files["captioned"] = photo((10, 200, 90))
    buyer.send(buyer.shot("captioned", caption="one of the bags was missing from my parcel"))
    assert "order number" in buyer.text.lower()
    assert "place this file" not in buyer.text


def test_a_photo_out_of_nowhere_and_one_of_20_mb_are_told_kindly(chatter: Callable[[str, str], Chatter]) -> None:
    for app, chat in (("whatsapp", "34600600004"), ("telegram", "600004"), ("messenger", "900004")):
        buyer = chatter(app, chat)
        buyer.photograph()
        assert "first what went wrong" in buyer.text
        buyer.say("one of the bags was missing from my parcel")
        buyer.photograph(photo() + b"\0" * (20 * 1024 * 1024))
        assert "larger than 15 MB" in buyer.text


def test_a_ticket_of_the_widget_is_followed_in_telegram(app_desk: Desk, chatter: Callable[[str, str], Chatter]) -> None:
    shop_page = Buyer(app_desk.client, SHOP).say("one of the bags was missing from my parcel").identify("OR100001")
    if shop_page.question == "items":
        shop_page.say("the canvas bag")
    if shop_page.question == "quantity:A1":
        shop_page.say("one")
    shop_page.answer_facts().photograph().press("A refund").press("Yes")
    assert shop_page.ticket
    number = shop_page.ticket["number"]
    buyer = chatter("telegram", "600005").say(f"what is the status of {number}")
    buyer.say("buyer@example.com")
    assert "review" in buyer.text
    _ask_for_more(app_desk, number)
    buyer.listen()
    assert number in buyer.text


def _ask_for_more(desk: Desk, number: str) -> None:
    """Ask for more evidence, as a reviewer would."""
    parts = assemble(
        Settings(
            database_url=desk.env["REDRESS_DATABASE_URL"],
            secret=SecretStr(desk.env["REDRESS_SECRET"]),
            evidence_dir=Path(desk.env["REDRESS_EVIDENCE_DIR"]),
            _env_file=None,
        )
    )
    parts.casework.ask_for_evidence(number, Actor("ana", "reviewer"), ["photo_item"], "A clearer one.")
    parts.close()
