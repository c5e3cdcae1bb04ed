"""Webhooks: whose they are, and that what comes takes effect once, in order, after it is kept."""

import json
from datetime import timedelta

import pytest

from redress.channels import APPS
from redress.channels.base import Update
from redress.claims.tickets import CLOCK
from redress.store.updates import Arrived, Updates
from tests.channels.conftest import SHOP, WEBHOOK_SECRET, Messaging, captured, signed
from tests.channels.test_translation import MEANT


@pytest.mark.parametrize(("app", "name", "events"), MEANT, ids=[f"{app}-{name}" for app, name, _ in MEANT])
def test_every_captured_payload_is_kept_and_a_redelivery_is_not(
    messaging: Messaging, app: str, name: str, events: list[object]
) -> None:
    for _ in range(2):
        assert messaging.deliver(app, captured(app, name)) == 200
    assert len(messaging.kept()) == len(events)


@pytest.mark.parametrize("app", APPS)
def test_a_forged_request_is_refused_and_nothing_is_kept(messaging: Messaging, app: str) -> None:
    content = json.dumps(captured(app, "text")).encode()
    for headers in ({}, signed(app, content, secret="another"), {"X-Hub-Signature-256": "sha256=é"}):
        raw = {name.encode(): value.encode() for name, value in headers.items()}
        answer = messaging.client.post(f"/channels/{app}/{SHOP}", content=content, headers=raw)
        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "forbidden"
    assert messaging.kept() == []


def test_a_signature_is_of_the_body_as_it_came(messaging: Messaging) -> None:
    content = json.dumps(captured("whatsapp", "text")).encode()
    headers = signed("whatsapp", content)
    assert (
        messaging.client.post(f"/channels/whatsapp/{SHOP}", content=content + b" ", headers=headers).status_code == 403
    )


def test_an_unknown_app_or_shop_is_not_found(messaging: Messaging) -> None:
    for path in ("/channels/pigeon/1688order", "/channels/telegram/parcel-up"):
        assert messaging.client.post(path, json={}).status_code == 404


@pytest.mark.parametrize("content", [b"", b"[]", b"{"])
def test_what_is_no_json_object_is_refused(messaging: Messaging, content: bytes) -> None:
    answer = messaging.client.post(f"/channels/telegram/{SHOP}", content=content, headers=signed("telegram", content))
    assert answer.status_code == 422


def test_meta_verifies_the_webhook_by_a_challenge(messaging: Messaging) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": WEBHOOK_SECRET, "hub.challenge": "1158201444"}
    for app in ("whatsapp", "messenger"):
        answer = messaging.client.get(f"/channels/{app}/{SHOP}", params=asked)
        assert (answer.status_code, answer.text) == (200, "1158201444")
        wrong = {**asked, "hub.verify_token": "guess"}
        assert messaging.client.get(f"/channels/{app}/{SHOP}", params=wrong).status_code == 403


def test_in_a_chat_one_comes_after_the_other_and_chats_do_not_wait_for_each_other(messaging: Messaging) -> None:
    updates, at = Updates(messaging.parts.database), messaging.parts.clock()
    came = [("a", 2), ("b", 3), ("a", 1)]  # the second of chat a overtook the first on its way
    updates.keep([Arrived("telegram", SHOP, Update(str(n), chat, n, {})) for chat, n in came], at)
    taken = [updates.take(at), updates.take(at)]
    assert [(one.update.chat, one.update.id) for one in taken if one] == [("b", "3"), ("a", "1")]
    assert updates.take(at) is None
    assert taken[1]
    assert updates.done(taken[1], [], at, menu=None, album={})
    following = updates.take(at)
    assert following
    assert following.update.id == "2"


def test_an_update_whose_runner_died_is_taken_again_and_done_once(messaging: Messaging) -> None:
    updates, at = Updates(messaging.parts.database), messaging.parts.clock()
    updates.keep([Arrived("telegram", SHOP, Update("1", "a", 1, {}))], at)
    dead = updates.take(at)
    assert updates.take(at + timedelta(seconds=30)) is None
    again = updates.take(at + timedelta(seconds=61))
    assert dead
    assert again
    assert not updates.done(dead, [], at, menu=None, album={})
    assert updates.done(again, [], at, menu=None, album={})
    assert updates.take(at + timedelta(days=1)) is None


def test_what_was_done_keeps_nothing_of_what_was_written(messaging: Messaging) -> None:
    messaging.deliver("telegram", captured("telegram", "sticker"))
    assert "5001" in str(messaging.kept()[0].body)
    messaging.answer_all()
    assert messaging.kept()[0].body == {}
    assert messaging.deliver("telegram", captured("telegram", "sticker")) == 200
    assert [row.state for row in messaging.kept()] == ["done"]


def test_without_the_dialogue_a_line_waits_and_holds_up_its_own_chat_alone(messaging: Messaging) -> None:
    messaging.deliver("telegram", captured("telegram", "text"))
    messaging.deliver("telegram", captured("telegram", "sticker"))
    messaging.deliver("whatsapp", captured("whatsapp", "sticker"))
    messaging.answer_all()
    assert [row.state for row in messaging.kept()] == ["waiting", "waiting", "done"]
    assert messaging.apis["whatsapp"].sent
    assert not messaging.apis["telegram"].sent


def test_a_conversation_that_is_forgotten_takes_its_chat_and_what_was_sent_there_along(messaging: Messaging) -> None:
    messaging.deliver("telegram", captured("telegram", "sticker"))
    messaging.answer_all()
    parts = messaging.parts
    assert "5001" in str([row.body for row in messaging.outbox()])
    parts.privacy.let_go(CLOCK, parts.clock(), idle_before=parts.clock(), closed_before=None)
    assert "5001" not in str([row.body for row in messaging.outbox()])
    assert messaging.kept() == []
    assert parts.inbox.chats.find("telegram", SHOP, "5001") is None
