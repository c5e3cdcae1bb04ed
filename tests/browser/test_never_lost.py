"""Nothing the buyer says is lost or said twice, whatever breaks."""

import re
import uuid
from typing import Any

import pytest
from playwright.sync_api import expect

from redress.bootstrap import now
from redress.store.database import Database
from redress.store.engine import make_engine
from redress.store.transcripts import say
from tests.browser.conftest import Visit
from tests.browser.shopper import Shopper
from tests.desk import Desk

pytestmark = pytest.mark.slow

NOTHING: dict[str, Any] = {"choices": [], "question": None, "upload": None, "assessment": None, "ticket": None}


def conversation(buyer: Shopper) -> dict[str, Any]:
    """What the browser remembers of the conversation."""
    kept: dict[str, Any] = buyer.page.evaluate(
        "() => JSON.parse(Object.entries(localStorage).find(([key]) => /^redress:[^:]+$/.test(key))[1])"
    )
    return kept


def told(desk: Desk, buyer: Shopper) -> list[str]:
    """The buyer's lines as the desk has them."""
    kept = conversation(buyer)
    answer = desk.client.get(
        f"/api/conversations/{kept['id']}/messages", headers={"Authorization": f"Bearer {kept['token']}"}
    )
    return [line["text"] for line in answer.json()["messages"] if line["author"] == "buyer"]


def tell_later(desk: Desk, buyer: Shopper, text: str) -> None:
    """News from another process: a line outside of a turn, written into the database."""
    database = Database(make_engine(desk.env["REDRESS_DATABASE_URL"]))
    with database.write() as session:
        say(session, conversation(buyer)["id"], {"text": text, **NOTHING}, None, now())
    database.engine.dispose()


def test_what_is_written_offline_waits_and_goes_out_in_order(visit: Visit, desk: Desk) -> None:
    buyer = visit().go().open().press("The size is wrong")
    buyer.context.set_offline(True)
    expect(buyer.chat.get_by_role("status")).to_contain_text("You are offline")
    for text in ("OR100001", "buyer@example.com"):
        buyer.message.fill(text)
        buyer.message.press("Enter")
    expect(buyer.chat.get_by_text("Will be sent when you are back online")).to_have_count(2)
    buyer.context.set_offline(False)
    expect(buyer.log).to_contain_text("Which items is it about?")
    expect(buyer.chat.get_by_role("status")).to_have_text("")
    assert told(desk, buyer) == ["The size is wrong", "OR100001", "buyer@example.com"]
    assert buyer.lines() == ["The size is wrong", "OR100001", "buyer@example.com"]


def test_what_waits_survives_a_reload(visit: Visit, desk: Desk) -> None:
    buyer = visit().go().open().press("The size is wrong")
    blocked = "**/api/conversations/*/messages"
    buyer.page.route(blocked, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    buyer.message.fill("OR100001")
    buyer.message.press("Enter")
    expect(buyer.chat.get_by_role("status")).to_contain_text("Reconnecting")
    buyer.page.unroute(blocked)
    buyer.page.reload()
    buyer.open()
    expect(buyer.log).to_contain_text("Which e-mail address")
    assert told(desk, buyer) == ["The size is wrong", "OR100001"]


def test_a_reload_shows_the_same_conversation(visit: Visit) -> None:
    buyer = visit().go().open().press("The size is wrong").say("OR100001")
    before = buyer.lines("theirs"), buyer.lines()
    buyer.page.reload()
    buyer.open()
    assert (buyer.lines("theirs"), buyer.lines()) == before
    assert buyer.question == "email"


def test_two_tabs_show_one_conversation(visit: Visit) -> None:
    first = visit().go().open()
    second = first.new_tab().open()
    first.press("The size is wrong")
    expect(second.log).to_contain_text("What is the order number?")
    second.say("OR100001")
    expect(first.log).to_contain_text("Which e-mail address")
    assert first.lines() == second.lines() == ["The size is wrong", "OR100001"]
    assert first.lines("theirs") == second.lines("theirs")


def test_news_arrive_in_every_tab_and_count_as_unread(visit: Visit, desk: Desk) -> None:
    first = visit().go().open()
    second = first.new_tab()
    first.chat.get_by_role("dialog").get_by_role("button", name="Close the chat").click()
    tell_later(desk, first, "Your claim was approved.")
    expect(first.launcher).to_have_accessible_name("Help with an order, 1 new message")
    expect(second.launcher).to_have_accessible_name("Help with an order, 1 new message")
    second.open()
    expect(second.log).to_contain_text("Your claim was approved.")
    expect(second.launcher).to_have_accessible_name("Help with an order")


def test_a_restart_of_the_service_is_a_short_reconnecting(visit: Visit, desk: Desk) -> None:
    buyer = visit().go().open().press("The size is wrong")
    with desk.service_down():
        buyer.message.fill("OR100001")
        buyer.message.press("Enter")
        expect(buyer.chat.get_by_role("status")).to_have_text("Reconnecting…")
    expect(buyer.log).to_contain_text("Which e-mail address", timeout=30_000)
    expect(buyer.chat.get_by_role("status")).to_have_text("", timeout=30_000)
    assert told(desk, buyer) == ["The size is wrong", "OR100001"]
    tell_later(desk, buyer, "A line after the restart.")
    expect(buyer.log).to_contain_text("A line after the restart.")


def test_a_conversation_that_is_gone_begins_anew(visit: Visit) -> None:
    buyer = visit().go().open()
    key = "redress:1688order"
    forged = {"id": uuid.uuid4().hex, "token": "no", "menu": [], "read": 0}
    buyer.page.evaluate("([key, kept]) => localStorage.setItem(key, JSON.stringify(kept))", [key, forged])
    buyer.page.reload()
    buyer.open()
    assert buyer.question == "issue"
    assert re.fullmatch(r"[0-9a-f]{32}", conversation(buyer)["id"])
    assert conversation(buyer)["id"] != forged["id"]


def test_what_is_said_to_a_conversation_that_was_erased_begins_another(visit: Visit) -> None:
    buyer = visit().go().open().press("The size is wrong")
    forged = {"id": conversation(buyer)["id"], "token": "no", "menu": [], "read": 0}
    buyer.page.evaluate("(kept) => localStorage.setItem('redress:1688order', JSON.stringify(kept))", forged)
    buyer.say("something is missing from my parcel")
    expect(buyer.log).to_contain_text("What is the order number?")
    assert buyer.lines() == ["something is missing from my parcel"]
    assert conversation(buyer)["id"] != forged["id"]


def test_a_silent_connection_is_given_up(visit: Visit) -> None:
    buyer = visit()
    streams: list[str] = []
    buyer.context.on("request", lambda one: streams.append(one.url) if one.url.endswith("/events") else None)
    buyer.page.clock.install()
    with buyer.page.expect_request("**/events"):
        buyer.go().open()
    # The page starts to count the silence when it has the answer's head, a moment that cannot be seen from outside.
    for _ in range(100):
        buyer.page.clock.fast_forward(46_000)
        buyer.page.wait_for_timeout(100)
        if len(streams) > 1:
            return
    pytest.fail("the page still listens to a connection that said nothing for 46 seconds")


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", ("1 new message", "2 new messages", "5 new messages")),
        ("ru", ("1 новое сообщение", "2 новых сообщения", "5 новых сообщений")),
        ("es", ("1 mensaje nuevo", "2 mensajes nuevos", "5 mensajes nuevos")),
        ("zh-CN", ("1 条新消息", "2 条新消息", "5 条新消息")),
    ],
)
def test_unread_lines_are_counted_as_the_language_counts(
    visit: Visit, desk: Desk, lang: str, names: tuple[str, ...]
) -> None:
    buyer = visit(lang=lang).go().open()
    buyer.page.keyboard.press("Escape")
    told = 0
    for name in names:
        while told < int(name.partition(" ")[0]):
            tell_later(desk, buyer, "News.")
            told += 1
        expect(buyer.launcher).to_have_accessible_name(re.compile(f", {name}$"))
    expect(buyer.launcher.locator(".badge")).to_have_text(str(told))


def test_another_order_is_another_conversation(visit: Visit) -> None:
    buyer = visit().go().open_for("OR100001").press("Something is missing")
    assert buyer.question == "items"
    said = buyer.lines()
    buyer.open_for("OR100002")
    assert not set(buyer.lines()) & set(said)
    buyer.open_for("OR100001")
    assert buyer.lines() == said
