"""What sends a claim at its summary, and what is said of what is told on the way there."""

import pytest

from tests.claims.talk import Talk, World


@pytest.fixture
def ready(world: World) -> Talk:
    """A buyer who is asked whether the claim about one bag may be sent; three bags are on the order."""
    talk = world.talk("parcel-up").hear("one bag arrived damaged", "damaged").identify("PU100001").photograph()
    while talk.question != "confirm":
        talk.take(next(iter(talk.choices.values())))
    return talk


@pytest.mark.parametrize("text", ["go", "go for it", "Go ahead please", "let's go", "yes, thanks"])
def test_a_yes_sends(ready: Talk, text: str) -> None:
    assert ready.hear(text, "goodbye").ticket


@pytest.mark.parametrize("text", ["great, thanks", "thanks", "ok thank you"])
def test_thanks_alone_send_nothing(ready: Talk, text: str) -> None:
    assert ready.hear(text, "thanks").ticket is None
    assert ready.question == "confirm"


def test_a_yes_after_a_correction_that_was_not_understood_shows_the_claim_again(ready: Talk) -> None:
    ready.hear("no, there is something else in it", "deny")
    assert ready.hear("yes", "affirm").ticket is None
    assert "Canvas bag" in ready.text
    assert ready.hear("yes", "affirm").ticket


def test_a_plain_word_of_sending_sends_after_a_no(ready: Talk) -> None:
    assert ready.hear("no", "deny").hear("ok, you can send it now", "affirm").ticket


def test_the_button_sends_after_a_no(ready: Talk) -> None:
    assert ready.hear("no", "deny").press("Yes, send").ticket


def test_a_yes_after_a_change_that_was_understood_sends(ready: Talk) -> None:
    ready.hear("no", "deny").press("What I would like").press("A refund")
    assert ready.question == "confirm"
    assert ready.hear("yes", "affirm").ticket


def test_another_problem_with_its_order_is_a_second_one(ready: Talk) -> None:
    ready.hear("I have another problem: PU100007 came damaged", "damaged")
    assert ready.draft.order_number == "PU100001"
    assert [problem["issue"] for problem in ready.draft.queue] == ["damaged"]


def test_trouble_gets_a_kind_word_and_a_wish_none(world: World) -> None:
    assert "sorry" in world.talk().hear("it is broken", "damaged").text
    assert "sorry" not in world.talk().hear("cancel my order", "cancellation").text


def test_what_is_put_off_or_cannot_be_had_is_acknowledged(world: World) -> None:
    talk = world.talk("parcel-up").hear("one bag arrived damaged", "damaged").identify("PU100001")
    assert (talk.question or "").startswith("evidence:")
    assert "until when" in talk.hear("I'll send it later", "later").text


def test_wanting_an_appeal_is_no_reason_for_it(world: World) -> None:
    talk = world.talk("parcel-up").hear("it is late", "late_delivery").identify("PU100001")
    talk.hear("I want to appeal", "appeal")
    assert talk.question == "appeal_reason"
    talk.hear("I want to appeal", "appeal")
    assert talk.question == "appeal_reason"
    assert talk.hear("I don't want to appeal", "deny").question != "appeal_reason"
