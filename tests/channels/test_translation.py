"""What the apps' payloads mean, and how replies look within the apps' limits."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.channels import APPS
from redress.channels.base import Account, Event, File, Message, menu, message_of, split, utf16
from tests.channels.conftest import CREDENTIALS, SHOP, captured

PRESSED = Event("choice", payload="kJ3_abcdefgh")
CDN = "https://scontent.xx.fbcdn.net/v/t1.15752-9/{}.jpg?_nc_cat=1"
TOLD = "one of the bags was missing from my parcel"
MEANT: list[tuple[str, str, list[Event]]] = [
    ("telegram", "start", [Event("start", language="es")]),
    ("telegram", "text", [Event("text", TOLD, language="es")]),
    ("telegram", "reply", [Event("text", "OR100001", language="es")]),
    ("telegram", "edited", [Event("text", "OR100002", language="es")]),
    ("telegram", "photo", [Event("file", "the opened parcel", file=File("AgAC-large", 52000), language="es")]),
    ("telegram", "album_1", [Event("file", file=File("AgAC-large", 52000), album="13579", language="es")]),
    ("telegram", "document", [Event("file", file=File("BQAC-doc", 2200000), language="es")]),
    ("telegram", "button", [replace(PRESSED, language="es")]),
    ("telegram", "sticker", [Event("sticker", "👍", language="es")]),
    ("telegram", "location", [Event("location", language="es")]),
    ("telegram", "deep_link", [Event("start", "OR100001", language="es")]),
    ("telegram", "command", [Event("text", "status RD-7K3M-92QA", language="es")]),
    (
        "telegram",
        "edited_photo",
        [Event("file", "the bag, from below", file=File("AgAC-large", 52000), language="es", edited=True)],
    ),
    ("telegram", "voice", [Event("file", file=File("AwAC-voice", 17000), language="es")]),
    ("telegram", "animation", [Event("file", file=File("CgAC-gif", 90000), language="es")]),
    ("telegram", "venue", [Event("location", language="es")]),
    ("telegram", "live_location", []),
    ("telegram", "poll", [Event("other", language="es")]),
    ("telegram", "pinned", []),
    ("telegram", "channel_post", []),
    ("telegram", "contact", [Event("other", language="es")]),
    ("telegram", "group", []),
    ("whatsapp", "text", [Event("text", TOLD)]),
    ("whatsapp", "two_texts", [Event("text", "OR100001"), Event("text", "buyer@example.com")]),
    ("whatsapp", "reply", [Event("text", "OR100001")]),
    ("whatsapp", "button", [PRESSED]),
    ("whatsapp", "list", [Event("choice", payload="kJ3_ijklmnop")]),
    ("whatsapp", "image", [Event("file", "the opened parcel", file=File("1003383421387256"))]),
    ("whatsapp", "document", [Event("file", file=File("1003383421387257"))]),
    ("whatsapp", "sticker", [Event("sticker")]),
    ("whatsapp", "location", [Event("location")]),
    ("whatsapp", "audio", [Event("file", file=File("1003383421387299"))]),
    ("whatsapp", "contacts", [Event("other")]),
    ("whatsapp", "flow", [Event("other")]),
    ("whatsapp", "welcome", [Event("start")]),
    ("whatsapp", "reaction", []),
    ("whatsapp", "system", []),
    ("whatsapp", "another_number", []),
    ("whatsapp", "unsupported", [Event("other")]),
    ("whatsapp", "template_button", [Event("text", "Go on")]),
    ("whatsapp", "status", []),
    ("messenger", "text", [Event("text", TOLD)]),
    ("messenger", "reply", [Event("text", "OR100001")]),
    ("messenger", "quick_reply", [PRESSED]),
    ("messenger", "get_started", [Event("start")]),
    ("messenger", "photo", [Event("file", "the opened parcel", file=File(CDN.format(1)))]),
    ("messenger", "album", [Event("file", file=File(CDN.format(n)), album="m_album") for n in (1, 2, 3)]),
    ("messenger", "document", [Event("file", file=File("https://cdn.fbsbx.com/v/receipt.pdf"))]),
    ("messenger", "link", [Event("text", "it looked like https://shop.example/bag")]),
    ("messenger", "edited", [Event("text", "OR100002")]),
    ("messenger", "voice", [Event("file", file=File("https://cdn.fbsbx.com/v/voice.mp4"))]),
    ("messenger", "reel", [Event("other")]),
    ("messenger", "reaction", []),
    ("messenger", "sticker", [Event("sticker")]),
    ("messenger", "location", [Event("location")]),
    ("messenger", "echo", []),
    ("messenger", "receipts", []),
]


@pytest.mark.parametrize(("app", "name", "events"), MEANT, ids=[f"{app}-{name}" for app, name, _ in MEANT])
def test_a_captured_payload_means(app: str, name: str, events: list[Event]) -> None:
    updates = APPS[app].updates(Account(app, SHOP, CREDENTIALS[app], ""), captured(app, name))
    assert [APPS[app].translate(update.body) for update in updates] == events
    assert len({update.id for update in updates}) == len(updates)


def choices(count: int, width: int = 10) -> tuple[tuple[str, str], ...]:
    return tuple((f"{n:02d}".ljust(width, "x"), f"payload-{n}") for n in range(count))


def shown_titles(app: str, calls: Any) -> list[str]:
    body = calls[-1].body
    if app == "telegram":
        return [one["text"] for row in body.get("reply_markup", {}).get("inline_keyboard", []) for one in row]
    if app == "messenger":
        return [one["title"] for one in body["message"].get("quick_replies", [])]
    action = body.get("interactive", {}).get("action", {})
    buttons = [one["reply"]["title"] for one in action.get("buttons", [])]
    return buttons or [row["title"] for section in action.get("sections", []) for row in section["rows"]]


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("count", [1, 3, 4, 10, 11, 13, 14, 100, 101])
def test_choices_are_buttons_as_far_as_there_may_be_and_all_are_numbered_beyond(app: str, count: int) -> None:
    message = Message("Which?", choices(count))
    calls = APPS[app].render("5001", message)
    most, width = APPS[app].limits
    assert len(shown_titles(app, calls)) == min(count, most)
    numbered = menu(message, most, width)
    assert numbered == ([] if count <= most else [f"payload-{n}" for n in range(count)])
    if numbered:
        assert f"\n{count}. {count - 1:02d}" in "\n".join(str(call.body) for call in calls).replace("\\n", "\n")


def test_three_short_choices_are_buttons_in_whatsapp_and_four_are_a_list() -> None:
    kinds = [
        APPS["whatsapp"].render("1", Message("Which?", choices(count)))[-1].body["interactive"]["type"]
        for count in (3, 4)
    ]
    assert kinds == ["button", "list"]


def test_a_title_that_is_too_long_stands_whole_in_the_text() -> None:
    long = "The parcel was opened by the carrier before it came"
    for app in ("whatsapp", "messenger"):
        (call,) = APPS[app].render("1", Message("Which?", ((long, "a"), ("No", "b"))))
        assert f"1. {long}" in str(call.body)
        assert all(len(title) <= 24 for title in shown_titles(app, [call]))


def test_a_ticket_number_can_be_copied_in_telegram() -> None:
    reply = {"text": "It is in review. 🎉", "choices": [], "ticket": {"number": "RD-7K3M-92QA", "state": "in_review"}}
    (call,) = APPS["telegram"].render("5001", message_of(reply))
    (entity,) = call.body["entities"]
    marked = call.body["text"].encode("utf-16-le")[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2]
    assert marked.decode("utf-16-le") == "RD-7K3M-92QA"


def test_what_may_be_sent_stands_below_the_question_for_it() -> None:
    upload = {"kind": "photo_item", "label": "The item", "accept": ["image/jpeg", "application/pdf"]}
    reply: dict[str, Any] = {
        "text": "Please send it.",
        "choices": [],
        "ticket": None,
        "upload": {**upload, "max_bytes": 15 << 20},
    }
    assert message_of(reply).text == "Please send it.\n\n📎 JPEG, PDF · ≤ 15 MB"


@given(st.text(max_size=400), st.integers(2, 90))
def test_parts_of_a_text_keep_the_limit_and_lose_nothing_but_space(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < utf16(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_is_split_after_a_sentence() -> None:
    text = "The first sentence is here. The second one follows it. The third is the last of them."
    assert split(text, 60) == [
        "The first sentence is here. The second one follows it.",
        "The third is the last of them.",
    ]
