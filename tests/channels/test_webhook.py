"""Webhooks: whose they are, and that what comes takes effect once, in order, after it is kept."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.exc import DataError
from structlog.testing import capture_logs

from redress.channels import APPS
from redress.channels.base import Update
from redress.channels.inbox import MOST_FAULTS
from redress.claims.tickets import CLOCK
from redress.store.errors import NotFound
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


MALFORMED = [
    ("telegram", {"message": {"chat": {"id": 1, "type": "private"}, "text": "no update_id"}}),
    ("telegram", {"update_id": 1, "message": {"chat": "nobody"}}),
    ("whatsapp", {"entry": "none"}),
    ("whatsapp", {"entry": [{"changes": [{}]}]}),
    ("whatsapp", {"entry": [{"changes": [{"value": {"messages": [{"from": "1", "id": "x", "timestamp": "soon"}]}}]}]}),
    ("messenger", {"entry": [{"messaging": [{"message": {"mid": "m", "text": "from nobody"}}]}]}),
]


@pytest.mark.parametrize(("app", "body"), MALFORMED)
def test_what_no_app_sends_is_refused(messaging: Messaging, app: str, body: dict[str, object]) -> None:
    assert messaging.deliver(app, body) == 422
    assert messaging.kept() == []


def test_what_cannot_be_stored_takes_nothing_else_along(messaging: Messaging) -> None:
    body = captured("telegram", "text")
    bodies = [{**body, "update_id": n} for n in (1, 2**70, 3, 4)]
    with ThreadPoolExecutor(4) as clients:
        told = list(clients.map(lambda one: deliver_quietly(messaging, one), bodies))
    assert [status == 200 for status in told] == [True, False, True, True]
    assert sorted(row.update_id for row in messaging.kept()) == ["1", "3", "4"]


def deliver_quietly(messaging: Messaging, body: dict[str, object]) -> int:
    try:
        return messaging.deliver("telegram", body)
    except (DataError, OverflowError):  # which the test's client raises instead of answering 500
        return 500


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
    assert {(one.update.chat, one.update.id) for one in taken if one} == {("b", "3"), ("a", "1")}
    assert updates.take(at) is None
    first = next(one for one in taken if one and one.update.chat == "a")
    assert updates.done(first, [], at, menu=None, album={})
    following = updates.take(at)
    assert following
    assert following.update.id == "2"


def test_who_has_just_written_comes_before_the_backlog_of_a_flooded_chat(messaging: Messaging) -> None:
    updates, at = Updates(messaging.parts.database), messaging.parts.clock()
    updates.keep([Arrived("telegram", SHOP, Update(str(n), "flooded", n, {})) for n in range(2000)], at)
    for expected in ("0", "1"):
        taken = updates.take(at)
        assert taken
        assert taken.update.id == expected
        updates.done(taken, [], at, menu=None, album={})
    updates.keep([Arrived("telegram", SHOP, Update("9000", "another", 9000, {}))], at + timedelta(seconds=1))
    turns = [updates.take(at + timedelta(seconds=1)) for _ in range(3)]
    assert [turn and turn.update.chat for turn in turns] == ["another", "flooded", None]


def test_an_update_that_was_begun_is_not_overtaken_by_one_that_came_late(messaging: Messaging) -> None:
    updates, at = Updates(messaging.parts.database), messaging.parts.clock()
    updates.keep([Arrived("telegram", SHOP, Update("2", "a", 2, {}))], at)
    begun = updates.take(at)
    assert begun
    updates.keep([Arrived("telegram", SHOP, Update("1", "a", 1, {}))], at)
    updates.later(begun, at, at)
    again = updates.take(at)
    assert again
    assert again.update.id == "2"


def test_two_desks_keep_what_comes_to_both_once(messaging: Messaging) -> None:
    one, other = Updates(messaging.parts.database), Updates(messaging.parts.database)
    arrived = [Arrived("telegram", SHOP, Update(str(n), str(n % 7), n, {})) for n in range(400)]
    at = messaging.parts.clock()
    with ThreadPoolExecutor(4) as desks:
        parts = [(arrived[n : n + 50], desk) for n in range(0, 400, 50) for desk in (one, other)]
        list(desks.map(lambda part: part[1].keep(list(reversed(part[0])), at), parts))
    assert len(messaging.kept()) == 400


def test_desks_that_take_turns_at_once_take_each_update_once_and_in_order(messaging: Messaging) -> None:
    updates, parts = Updates(messaging.parts.database), messaging.parts
    done: dict[str, list[int]] = {}

    def run(_: int) -> None:
        while taken := updates.take(parts.clock()):
            done.setdefault(taken.update.chat, []).append(taken.update.rank)
            assert updates.done(taken, [], parts.clock(), menu=None, album={})

    def keep(first: int) -> None:
        for n in range(first, first + 60):
            updates.keep([Arrived("telegram", SHOP, Update(str(n), str(n % 5), n, {}))], parts.clock())

    with ThreadPoolExecutor(6) as desks:
        kept = desks.submit(keep, 0)
        while not kept.done():
            list(desks.map(run, range(4)))
        kept.result()
    run(0)
    assert sorted(rank for ranks in done.values() for rank in ranks) == list(range(60))
    assert all(ranks == sorted(ranks) for ranks in done.values())


def test_a_dead_update_is_listed_and_tried_once_more_on_request(messaging: Messaging) -> None:
    messaging.deliver("telegram", captured("telegram", "sticker"))
    updates, at = messaging.parts.updates, messaging.parts.clock()
    taken = updates.take(at)
    assert taken
    updates.later(taken, at, None)
    (listed,) = updates.dead()
    assert (listed["app"], listed["chat"], listed["tries"]) == ("telegram", "5001", 1)
    messaging.answer_all()
    assert not messaging.apis["telegram"].sent
    updates.again(listed["id"], at)
    messaging.answer_all()
    assert messaging.apis["telegram"].sent
    assert updates.dead() == []
    with pytest.raises(NotFound):
        updates.again(listed["id"], at)


def test_a_dead_update_lets_the_next_one_of_its_chat_go(messaging: Messaging) -> None:
    body = captured("telegram", "sticker")
    broken = {**body, "update_id": 1, "message": {**body["message"], "sticker": {}, "photo": "no list"}}
    messaging.deliver("telegram", broken)
    messaging.deliver("telegram", body)
    for day in range(MOST_FAULTS):
        later = messaging.parts.clock() + timedelta(hours=day)
        object.__setattr__(messaging.parts.inbox, "clock", lambda later=later: later)
        with capture_logs():  # which else shows every variable of the fault, for seconds
            messaging.answer_all()
    object.__setattr__(messaging.parts.inbox, "clock", messaging.parts.clock)
    assert [row.state for row in messaging.kept()] == ["dead", "done"]


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
    assert [row.state for row in messaging.kept()] == ["begun", "waiting", "done"]
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
