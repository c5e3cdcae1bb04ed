"""What the apps answer to what is sent, by real calls to strict stand-ins of their APIs."""

from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from sqlalchemy import update

from redress.channels import APPS
from redress.channels.base import Account, Call, File, Message
from redress.claims.outbox import Doubtful, Refused, TryLater
from redress.store.channel_tables import ChatRow
from redress.store.tables import ConversationRow
from redress.store.transcripts import say
from tests.channels.conftest import CREDENTIALS, SHOP, Messaging, captured
from tests.channels.standins import StandIn, graph_error, too_many

CHATS = {"telegram": "5001", "whatsapp": "34600000001", "messenger": "7001"}
LIMITS = {"telegram": 4096, "whatsapp": 4096, "messenger": 2000}


def account(messaging: Messaging, app: str) -> Account:
    return messaging.parts.account(app, SHOP)


def text(app: str, words: str = "Hello.", chat: str = "") -> Call:
    return APPS[app].render(chat or CHATS[app], Message(words))[0]


def longer(app: str, call: Call) -> Call:
    """The call with a text one character beyond the app's limit."""
    words = "x" * (LIMITS[app] + 1)
    if app == "telegram":
        return replace(call, body={**call.body, "text": words})
    if app == "whatsapp":
        return replace(call, body={**call.body, "text": {"body": words}})
    return replace(call, body={**call.body, "message": {"text": words}})


@pytest.mark.parametrize("app", APPS)
def test_what_is_rendered_is_taken_whatever_is_in_it(messaging: Messaging, app: str) -> None:
    choices = tuple((f"Choice number {n} with a rather long title", f"p{n}") for n in range(30))
    messages = [
        Message("好。" * 3000),
        Message("A sentence. " * 900, choices),
        Message("Hi", choices[:2]),
        Message("Hi"),
    ]
    for message in messages:
        for call in APPS[app].render(CHATS[app], message):
            assert APPS[app].send(account(messaging, app), call) == "ok"
    assert len(messaging.apis[app].sent) > len(messages)


@pytest.mark.parametrize("app", APPS)
def test_the_stand_ins_are_strict_and_their_refusals_are_for_good(messaging: Messaging, app: str) -> None:
    own = account(messaging, app)
    with pytest.raises(Refused):
        APPS[app].send(own, longer(app, text(app)))
    with pytest.raises(Refused):
        APPS[app].send(own, text(app, chat="404"))
    messaging.apis[app].blocked.add(CHATS[app])
    with pytest.raises(Refused, match="blocked"):
        APPS[app].send(own, text(app))
    assert messaging.apis[app].sent == []


@pytest.mark.parametrize("app", APPS)
def test_a_bad_token_may_be_set_right(messaging: Messaging, app: str) -> None:
    own = account(messaging, app)
    wrong = replace(own, credentials={**own.credentials, "token": "1:another"})
    with pytest.raises(TryLater, match="401"):
        APPS[app].send(wrong, text(app))


def test_too_many_messages_wait_as_long_as_telegram_asks(messaging: Messaging) -> None:
    messaging.apis["telegram"].failing.append(too_many(7))
    with pytest.raises(TryLater) as refused:
        APPS["telegram"].send(account(messaging, "telegram"), text("telegram"))
    assert refused.value.after == timedelta(seconds=7)


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [("7", 7, 7), ("in a while", None, None), ("999999999", 86_400, 86_400), ("a date", 20, 30), ("-5", None, None)],
)
def test_a_retry_after_header_is_waited_for_by_any_app(
    messaging: Messaging, app: str, asked: str, least: int | None, most: int | None
) -> None:
    until = format_datetime(messaging.parts.clock() + timedelta(seconds=30), usegmt=True)
    messaging.apis[app].failing.append((429, {}, {"Retry-After": until if asked == "a date" else asked}))
    with pytest.raises(TryLater) as refused:
        APPS[app].send(account(messaging, app), text(app))
    after = refused.value.after
    if least is None or most is None:
        assert after is None
    else:
        assert after is not None
        assert least <= after.total_seconds() <= most


@pytest.mark.parametrize("app", ["whatsapp", "messenger"])
def test_meta_s_retry_after_is_when_the_outbox_tries_again(messaging: Messaging, app: str) -> None:
    messaging.deliver(app, captured(app, "sticker"))
    messaging.apis[app].failing.append(graph_error(429, 80007, "Too many", retry_after="120"))
    messaging.answer_all()
    rows = messaging.outbox()
    assert [row.state for row in rows] == ["waiting"] * 3
    assert timedelta(seconds=115) < rows[0].due_at - messaging.parts.clock() <= timedelta(seconds=120)


@pytest.mark.parametrize("app", ["whatsapp", "messenger"])
@pytest.mark.parametrize(("status", "code"), [(429, 130429), (400, 80007), (400, 131056), (500, 1), (503, 2)])
def test_what_meta_may_take_later_is_tried_later(messaging: Messaging, app: str, status: int, code: int) -> None:
    messaging.apis[app].failing.append(graph_error(status, code, "later"))
    with pytest.raises(TryLater, match=str(code)):
        APPS[app].send(account(messaging, app), text(app))


@pytest.mark.parametrize(("code", "subcode"), [(551, 0), (200, 1545041), (10, 2018108), (131026, 0)])
def test_whoever_has_blocked_us_is_listed_and_not_tried_again(messaging: Messaging, code: int, subcode: int) -> None:
    messaging.deliver("messenger", captured("messenger", "sticker"))
    messaging.apis["messenger"].failing += [graph_error(400, code, "not to them", subcode)] * 3
    messaging.answer_all()
    listed = messaging.parts.outbox.undelivered()
    assert [(one["state"], one["tries"][-1]["detail"]) for one in listed] == [("dead", "blocked")] * 3


@pytest.mark.parametrize("app", APPS)
def test_a_gateway_that_lost_patience_leaves_it_in_doubt(messaging: Messaging, app: str) -> None:
    messaging.apis[app].failing.append((504, {}))
    with pytest.raises(Doubtful):
        APPS[app].send(account(messaging, app), text(app))


def test_a_window_that_is_over_by_whatsapps_clock_is_met_by_the_template(messaging: Messaging) -> None:
    messaging.deliver("whatsapp", captured("whatsapp", "sticker"))
    messaging.apis["whatsapp"].failing.append(graph_error(400, 131047, "Re-engagement message"))
    messaging.answer_all()
    assert [body["type"] for body in messaging.apis["whatsapp"].sent] == ["template", "text", "interactive"]


def test_a_window_that_is_over_by_messengers_clock_is_met_by_the_tag_and_refused_then(messaging: Messaging) -> None:
    messaging.deliver("messenger", captured("messenger", "sticker"))
    messaging.apis["messenger"].failing += [graph_error(400, 10, "outside of allowed window", 2018278)] * 3
    messaging.answer_all()
    tags = [body.get("tag") for body in messaging.apis["messenger"].sent]
    assert tags == ["POST_PURCHASE_UPDATE", None], "the first was refused with the tag as well, the second without it"
    assert len(messaging.parts.outbox.undelivered()) == 1


@pytest.mark.parametrize("app", APPS)
def test_a_call_that_never_left_is_tried_later(messaging: Messaging, app: str) -> None:
    nowhere = replace(account(messaging, app), base="http://127.0.0.1:9")
    with pytest.raises(TryLater):
        APPS[app].send(nowhere, text(app))


def test_a_call_whose_answer_never_came_is_in_doubt(messaging: Messaging, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redress.channels.http.TIMEOUT_S", (5.0, 0.2))
    monkeypatch.setattr("redress.channels.http.call.__defaults__", (None, 0.2))
    import threading

    held = threading.Event()
    messaging.apis["telegram"].on_message = lambda: held.wait(5)
    with pytest.raises(Doubtful):
        APPS["telegram"].send(account(messaging, "telegram"), text("telegram"))
    held.set()


def test_a_sticker_is_answered_in_the_buyers_language_after_the_greeting(messaging: Messaging) -> None:
    messaging.deliver("telegram", captured("telegram", "sticker"))
    messaging.answer_all()
    texts = [message["text"] for message in messaging.apis["telegram"].sent]
    assert len(texts) == 3
    assert "stickers" in texts[1]
    assert "botón" in texts[1]
    assert "reply_markup" in messaging.apis["telegram"].sent[2], "the question comes last, with its buttons"
    assert any(method == "sendChatAction" for method, _ in _calls(messaging.apis["telegram"]))


@pytest.mark.parametrize(
    ("app", "name", "shown"),
    [
        ("telegram", "sticker", "👍"),
        ("telegram", "location", "📍"),
        ("telegram", "poll", "❔"),
        ("telegram", "button", "🔘"),
        ("whatsapp", "sticker", "🙂"),
        ("messenger", "link", ""),
    ],
)
def test_what_has_no_words_stands_in_the_transcript_with_its_answer(
    messaging: Messaging, app: str, name: str, shown: str
) -> None:
    for _ in range(2):
        messaging.deliver(app, captured(app, name))
        messaging.answer_all()
    (row,) = messaging.kept()
    chat = messaging.parts.inbox.chats.find(app, SHOP, row.chat)
    assert chat
    lines = [(line["author"], line["text"]) for line in messaging.parts.transcripts.transcript(chat.conversation_id)]
    said = [text for author, text in lines if author == "buyer"]
    if shown:
        assert said == [shown]
        assert lines[-1][0] == "bot"
        assert lines[-1][1] in str(messaging.apis[app].sent)
    else:  # words beside a link's preview are a line, which waits for the dialogue
        assert said == ["it looked like https://shop.example/bag"]


def test_while_a_person_has_the_conversation_a_sticker_is_shown_to_them_and_not_answered(messaging: Messaging) -> None:
    messaging.deliver("telegram", captured("telegram", "sticker"))
    messaging.answer_all()
    with messaging.parts.database.write() as session:
        session.execute(update(ConversationRow).values(mode="person"))
    before = len(messaging.apis["telegram"].sent)
    messaging.deliver("telegram", captured("telegram", "location"))
    messaging.answer_all()
    assert len(messaging.apis["telegram"].sent) == before
    chat = messaging.parts.inbox.chats.find("telegram", SHOP, "5001")
    assert chat
    last = messaging.parts.transcripts.transcript(chat.conversation_id)[-1]
    assert (last["author"], last["text"]) == ("buyer", "📍")


def test_a_line_that_is_too_long_is_kept_as_far_as_it_is_read(messaging: Messaging) -> None:
    body = captured("telegram", "text")
    body["message"]["text"] = "x" * 4096
    messaging.deliver("telegram", body)
    messaging.answer_all()
    assert [row.state for row in messaging.kept()] == ["done"]
    assert messaging.apis["telegram"].sent


def _calls(api: StandIn) -> list[tuple[str, dict[str, Any]]]:
    import time

    time.sleep(0.3)  # "typing…" is shown in the background
    return api.calls


def test_429_holds_up_its_chat_and_loses_nothing(messaging: Messaging) -> None:
    messaging.apis["telegram"].failing.append(too_many(30))
    messaging.deliver("telegram", captured("telegram", "sticker"))
    messaging.answer_all()
    assert messaging.apis["telegram"].sent == []
    rows = messaging.outbox()
    assert [row.state for row in rows] == ["waiting"] * 3
    assert rows[0].due_at - messaging.parts.clock() > timedelta(seconds=25)


def test_news_go_to_the_chat_and_after_a_day_as_whatsapps_template(messaging: Messaging) -> None:
    messaging.deliver("whatsapp", captured("whatsapp", "sticker"))
    messaging.answer_all()
    chat = messaging.parts.inbox.chats.find("whatsapp", SHOP, CHATS["whatsapp"])
    assert chat
    news: dict[str, Any] = {"text": "Your refund was approved.\nYou need do nothing.", "choices": [], "ticket": None}
    with messaging.parts.database.write() as session:
        say(session, chat.conversation_id, news, None, messaging.parts.clock())
    messaging.answer_all()
    assert messaging.apis["whatsapp"].sent[-1]["text"]["body"] == news["text"]
    with messaging.parts.database.write() as session:
        session.execute(update(ChatRow).values(last_wrote_at=messaging.parts.clock() - timedelta(hours=25)))
    with messaging.parts.database.write() as session:
        say(session, chat.conversation_id, news, None, messaging.parts.clock())
    messaging.answer_all()
    template = messaging.apis["whatsapp"].sent[-1]["template"]
    assert template["language"] == {"code": "en"}
    assert template["components"][0]["parameters"][0]["text"] == "Your refund was approved. You need do nothing."


@pytest.mark.parametrize("app", APPS)
def test_a_file_comes_in_chunks(messaging: Messaging, app: str) -> None:
    messaging.apis[app].files["f1"] = b"x" * 200_000
    ref = f"{messaging.apis[app].url}/cdn/f1" if app == "messenger" else "f1"
    chunks = list(APPS[app].fetch(account(messaging, app), File(ref)))
    assert len(chunks) > 1
    assert b"".join(chunks) == b"x" * 200_000


def test_a_file_outside_of_the_app_is_not_fetched(messaging: Messaging) -> None:
    for url in ("http://169.254.169.254/latest/meta-data", "https://evilfbcdn.net/x", "https://fbcdn.net.example/x"):
        with pytest.raises(Refused, match="outside"):
            list(APPS["messenger"].fetch(account(messaging, "messenger"), File(url)))


def test_telegram_gives_no_file_above_20_mb(messaging: Messaging) -> None:
    messaging.apis["telegram"].files["huge"] = b"x" * (20 * 1024 * 1024 + 1)
    with pytest.raises(Refused, match="too_large"):
        list(APPS["telegram"].fetch(account(messaging, "telegram"), File("huge")))


def test_polled_updates_are_kept_once_and_asked_for_from_where_they_ended(messaging: Messaging) -> None:
    api, parts = messaging.apis["telegram"], messaging.parts
    parts.channels.put("telegram", SHOP, CREDENTIALS["telegram"], parts.clock(), polled=True)
    try:
        api.waiting = [captured("telegram", name) for name in ("text", "sticker", "group")]
        assert parts.polling.poll_all()
        assert not parts.polling.poll_all()
        assert [row.update_id for row in messaging.kept()] == ["1002", "1008"]
        assert api.waiting == []
    finally:
        parts.channels.put("telegram", SHOP, CREDENTIALS["telegram"], parts.clock(), polled=False)
