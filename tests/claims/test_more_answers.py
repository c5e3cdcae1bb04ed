"""Answers in words that are easily misread, and what is said where nothing is understood."""

import pytest

from tests.claims.talk import LEXICON, Talk, World


def at_confirm(world: World) -> Talk:
    """A claim at parcel-up that only waits for its yes."""
    talk = world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001").photograph()
    return talk.press("A refund")


@pytest.mark.parametrize(
    "text", ["it's right, thanks", "yes, thank you", "send", "perfect, go on", "submitt it please"]
)
def test_a_yes_with_thanks_sends(world: World, text: str) -> None:
    assert at_confirm(world).hear(text, "thanks").ticket is not None


@pytest.mark.parametrize("text", ["ok thank you", "great, thanks", "when will I get my money?", "nothing to send"])
def test_what_sends_nothing(world: World, text: str) -> None:
    talk = at_confirm(world).hear(text, "thanks")
    assert talk.ticket is None
    assert talk.question == "confirm"
    assert talk.draft.remedy == "refund"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("it had left China already", "international"),
        ("within China, before it left", "domestic"),
        ("it never left China", "domestic"),
    ],
)
def test_where_a_parcel_was_turned_back(text: str, value: str) -> None:
    assert LEXICON.value(("domestic", "international"), text) == value


@pytest.mark.parametrize(
    "text", ["neither software nor a disc", "not software", "an ordinary one", "General merchandise, no media"]
)
def test_a_denied_kind_is_the_other_one(text: str) -> None:
    assert LEXICON.value(("general", "media"), text) == "general"


def test_a_buyer_without_an_order_number_is_offered_a_person(world: World) -> None:
    talk = world.talk().hear("one bag is torn", "damaged").hear("I don't have an order number", "dont_have")
    assert talk.question == "order_number"
    assert "Talk to a person" in talk.choices


def test_a_guess_hands_nobody_over(world: World) -> None:
    talk = world.talk().hear("one bag is torn", "damaged").identify()
    assert talk.hear("to Taaiwan", "talk_to_human", confidence=0.6).state.mode == "bot"
    assert talk.hear("let me talk to somebody", "talk_to_human", confidence=0.6).state.mode == "waiting"


def test_the_address_that_proved_an_order_is_kept_for_the_next_one(world: World) -> None:
    talk = at_confirm(world).press("Yes, send it").hear("the shoes came in the wrong size", "wrong_size")
    assert talk.question == "order_number"
    assert talk.hear("PU100001").draft.order is not None


def test_the_order_spoken_of_before_is_offered_for_the_next_claim(world: World) -> None:
    first = at_confirm(world)
    number = first.draft.order_number
    talk = first.press("Yes, send it").hear("the shoes came in the wrong size", "wrong_size")
    assert list(talk.choices) == [number]
    assert talk.press(str(number)).draft.order_number == number
    assert talk.draft.order is not None
    again = talk.hear("start over", "start_over").hear("the shoes came in the wrong size", "wrong_size")
    assert again.hear("it's the same order", "nlu_fallback").draft.order_number == number


def test_no_order_is_offered_where_none_was_proved_or_another_is_meant(world: World) -> None:
    assert world.talk().hear("one bag is torn", "damaged").choices == {}
    assert (
        world.talk().hear("one bag is torn", "damaged").hear("the same one", "nlu_fallback").question == "order_number"
    )
    talk = at_confirm(world).hear("also, from another order, the shoes have the wrong size", "wrong_size")
    assert talk.press("Yes, send it").question == "order_number"
    assert talk.choices == {}


def test_an_address_that_proved_nothing_is_not_kept(world: World) -> None:
    talk = (
        world.talk()
        .hear("one bag is torn", "damaged")
        .hear("OR100001")
        .hear("other@example.com")
        .hear("start over", "start_over")
    )
    assert talk.draft.email is None


def test_a_ticket_is_withdrawn_by_its_name(world: World) -> None:
    talk = at_confirm(world).press("Yes, send it").hear("please cancel this ticket", "cancellation")
    assert talk.question == "confirm"
    talk.press("Yes, withdraw")
    assert talk.ticket is not None
    assert talk.ticket["state"] == "withdrawn"


def test_what_happens_now_tells_of_the_ticket(world: World) -> None:
    talk = at_confirm(world).press("Yes, send it").hear("what happens now?", "goodbye")
    assert talk.ticket is not None


def test_a_bare_number_rates_nothing_that_is_not_decided(world: World) -> None:
    talk = at_confirm(world).press("Yes, send it").hear("4", "rate")
    assert talk.question is None


def test_time_limits_are_told_before_the_order_is_known(world: World) -> None:
    talk = world.talk().hear("until when can I complain?", "ask_deadline")
    assert "72 hours" in talk.text
    assert talk.question == "issue"


def test_a_yes_at_a_photo_says_how_to_send_it(world: World) -> None:
    talk = world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001").hear("ok", "affirm")
    assert "photo button" in talk.text
