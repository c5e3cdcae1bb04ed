"""The main job over HTTP, against the trained model: a problem is told, and a ticket opens."""

import json
import uuid
from datetime import datetime, timedelta

import pytest

from tests.buyer import Buyer, Reply
from tests.desk import Desk

pytestmark = pytest.mark.slow


def ticket(desk: Desk, buyer: Buyer) -> Reply:
    """The ticket that was just opened, as the command prints it."""
    assert buyer.ticket, buyer.text
    printed = desk.redress("ticket", buyer.ticket["number"], "--json")
    assert printed.returncode == 0, printed.stderr
    found: Reply = json.loads(printed.stdout)
    return found


def test_a_missing_item_is_claimed_with_three_photos(desk: Desk) -> None:
    buyer = Buyer(desk.client, "1688order").say("hi, one of the bags was missing from my parcel").identify("OR100001")
    if buyer.question == "items":
        buyer.say("the canvas bag")
    if buyer.question == "quantity:A1":
        buyer.say("one")
    buyer.answer_facts().photograph()
    assert buyer.assessment, buyer.text
    assert buyer.assessment["outcome"] == "qualifies"
    buyer.press("A refund").press("Yes")
    found = ticket(desk, buyer)
    assert found["state"] == "in_review"
    assert found["assessment"]["outcome"] == "qualifies"
    refund = next(remedy for remedy in found["assessment"]["remedies"] if remedy["kind"] == "refund")
    assert refund["net"] == "30.00"
    delivered = datetime.fromisoformat(found["claim"]["order"]["delivered_at"])
    assert datetime.fromisoformat(found["assessment"]["deadline"]) == delivered + timedelta(hours=72)
    assert [piece["kind"] for piece in found["evidence"]] == [
        "photo_delivery_slip",
        "photo_package_opening",
        "photo_package_weight",
    ]
    assert found["remedy"] == "refund"
    assert found["claim"]["affected"] == [{"sku": "A1", "quantity": 1}]
    assert found["transcript"][0]["author"] == "bot"
    assert found["history"][0]["to"] == "in_review"


def test_a_counterfeit_reported_too_late_is_declined_with_its_clause(desk: Desk) -> None:
    buyer = Buyer(desk.client, "genuine-goods").say("these are fake, not the real brand").identify("GG100008")
    assert buyer.assessment
    assert buyer.assessment["outcome"] == "declined"
    assert buyer.question is None
    assert "90" in buyer.text


def test_a_wrong_size_by_buttons(desk: Desk) -> None:
    buyer = Buyer(desk.client, "1688order").press("The size is wrong").identify("OR100001")
    buyer.press("Running shoes")
    buyer.answer_facts().photograph()
    buyer.press("A replacement").press("Yes, send it")
    assert ticket(desk, buyer)["remedy"] == "replacement"


def test_a_parcel_that_never_came_is_referred(desk: Desk) -> None:
    buyer = Buyer(desk.client, "1688order").say("I have a problem with my order").say("it never arrived")
    buyer.identify("OR100004")
    assert buyer.assessment
    assert buyer.assessment["outcome"] == "referred"
    buyer.say("yes please")
    assert ticket(desk, buyer)["state"] == "in_review"


@pytest.mark.parametrize(
    ("aside", "said"),
    [
        ("why do you need that?", "e-mail address on the order proves"),
        ("hello", "Hello"),
        ("thank you so much", "welcome"),
        ("asdf qwer zxcv", ""),
    ],
)
def test_an_aside_is_answered_and_the_question_put_again(desk: Desk, aside: str, said: str) -> None:
    buyer = Buyer(desk.client, "1688order").press("The size is wrong").say("OR100001")
    assert buyer.question == "email"
    buyer.say(aside)
    assert said in buyer.text
    assert buyer.question == "email"


def test_cancel_and_start_over(desk: Desk) -> None:
    buyer = Buyer(desk.client, "1688order").press("The size is wrong").say("let's start over")
    assert buyer.question == "issue"
    buyer.press("It never arrived").say("forget it, cancel this claim")
    assert buyer.question is None
    assert "nothing was sent" in buyer.text


def test_the_next_message_goes_on_after_the_dialogue_process_was_killed(desk: Desk) -> None:
    buyer = Buyer(desk.client, "parcel-up").press("The size is wrong").say("PU100001")
    line = {"client_id": str(uuid.uuid4()), "text": "buyer@example.com"}
    with desk.dialogue_down():
        down = buyer.post(line)
        assert down.status_code == 503
        assert down.json()["error"]["code"] == "dialogue_unavailable"
    answer = buyer.post(line)
    assert answer.status_code == 200
    assert answer.json()["replies"][-1]["question"]["id"] == "items"
    assert [one["text"] for one in buyer.history()].count("buyer@example.com") == 1


def test_the_same_client_id_has_its_effect_once(desk: Desk) -> None:
    buyer = Buyer(desk.client, "1688order")
    line = {"client_id": str(uuid.uuid4()), "text": "my parcel never came"}
    first, second = buyer.post(line), buyer.post(line)
    assert first.json() == second.json()
    assert len(buyer.history()) == len({one["id"] for one in buyer.history()}) == 2 + 1 + len(first.json()["replies"])
    assert buyer.post({**line, "text": "something else"}).status_code == 409


@pytest.mark.parametrize("text", ["/restart", "/greet", "EXTERNAL: x", "/session_start", '/choose{"a": 1}'])
def test_a_command_to_rasa_is_only_text(desk: Desk, text: str) -> None:
    buyer = Buyer(desk.client, "1688order").press("The size is wrong").say(text)
    assert buyer.question == "order_number"
    assert any(one["text"] == text for one in buyer.history())


def test_what_cannot_be_taken_is_refused_with_a_sentence(desk: Desk) -> None:
    buyer = Buyer(desk.client, "1688order")
    for body, code in [({"text": "  "}, "invalid_message"), ({"text": "x" * 10_000}, "invalid_message"),
                       ({"payload": "made-up"}, "unknown_choice"), ({}, "invalid_message")]:  # fmt: skip
        answer = buyer.post({"client_id": str(uuid.uuid4()), **body})
        assert answer.status_code == 422, answer.text
        assert answer.json()["error"]["code"] == code
    assert buyer.send(b"<?php echo 1;").status_code == 422  # nothing is waited for
    assert len(buyer.history()) == 2


def test_a_stale_choice_is_refused(desk: Desk) -> None:
    buyer = Buyer(desk.client, "1688order")
    payload = buyer.replies[-1]["choices"][0]["payload"]
    buyer.line(payload=payload)
    answer = buyer.post({"client_id": str(uuid.uuid4()), "payload": payload})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "unknown_choice"


def test_an_unknown_order_and_a_wrong_address_are_answered_alike_and_lock(desk: Desk) -> None:
    buyer = Buyer(desk.client, "parcel-up").press("The size is wrong")
    buyer.say("PU999999").say("nobody@example.com")
    unknown = buyer.text
    buyer.say("PU100002").say("nobody@example.com")
    assert buyer.text == unknown
    for _ in range(3):
        buyer.say("PU100002").say("nobody@example.com")
    buyer.say("PU100002").say("buyer@example.com")
    assert "15 minutes" in buyer.text
    assert buyer.question == "order_number"


def test_another_conversations_token_opens_nothing(desk: Desk) -> None:
    mine, other = Buyer(desk.client, "1688order"), Buyer(desk.client, "1688order")
    path = f"/api/conversations/{mine.id}/messages"
    assert desk.client.get(path, headers=other.headers).status_code == 401
    assert desk.client.get(path).status_code == 401
    assert desk.client.get("/api/conversations/nothing/messages", headers=other.headers).status_code == 401
