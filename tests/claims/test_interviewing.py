"""What an interview makes of messages that say more, or less, than the open question asks."""

import pytest

from tests.claims.talk import Talk, World


@pytest.mark.parametrize(
    "text", ["no, the order is OR100002", "sorry, wrong one: OR100002", "the order number is OR100002"]
)
def test_an_order_number_corrects_where_any_text_would_answer(world: World, text: str) -> None:
    talk = asked_for_the_id(world)
    assert talk.hear(text, "nlu_fallback").draft.order_number == "OR100002"


def test_a_number_of_the_item_answers(world: World) -> None:
    talk = asked_for_the_id(world)
    assert talk.hear("it says KX200002", "nlu_fallback").draft.order_number == "OR100001"


def test_a_yes_that_sounds_like_a_problem_sends_the_claim(world: World) -> None:
    talk = world.talk().hear("it never arrived", "non_delivery").identify()
    assert talk.question == "confirm"
    assert talk.hear("that's about the size of it, go on and send it", "wrong_size").ticket is not None


def test_a_yes_with_words_of_a_correction_sends_the_claim(world: World) -> None:
    talk = world.talk().hear("it never arrived", "non_delivery").identify()
    assert talk.hear("that's all as it should be, please send it off", "cancellation").ticket is not None


def test_a_mind_changed_about_the_remedy_changes_no_problem(world: World) -> None:
    talk = (
        world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001").photograph().press("A refund")
    )
    talk.hear("I changed my mind, a replacement instead", "change_of_mind", confidence=0.6)
    assert talk.draft.issue == "damaged"
    assert not talk.draft.queue
    assert talk.draft.remedy == "replacement"


def test_a_number_that_is_no_order_tells_no_further_problem(world: World) -> None:
    talk = asked_for_the_id(world)
    talk.hear("Item no. 7719024", "wrong_item")
    assert talk.draft.texts["received_item_id"] == "Item no. 7719024"
    assert not talk.draft.queue


def test_a_further_problem_may_begin_like_a_question(world: World) -> None:
    talk = world.talk().hear("a bag is missing", "missing_item").identify()
    talk.hear("What's more, you got the colour wrong in order OR100003", "wrong_color")
    assert [problem["issue"] for problem in talk.draft.queue] == ["wrong_color"]


def test_what_is_beyond_the_desk_is_said_so_though_it_names_an_order(world: World) -> None:
    talk = world.talk().hear("how do I descale a kettle? my order is OR100001", "out_of_scope")
    assert "What went wrong" in talk.text
    assert "noted" not in talk.text
    assert talk.draft.order_number == "OR100001"


def test_a_grievance_about_an_order_is_for_a_person_to_look_at(world: World) -> None:
    ranking = (("out_of_scope", 0.5), ("other", 0.3))
    talk = world.talk().hear("my page is always closing, order OR100001", "out_of_scope", ranking=ranking)
    assert talk.draft.issue == "other"


def test_an_unknown_that_is_surely_a_no_is_one(world: World) -> None:
    talk = (
        world.talk()
        .hear("a bag is missing", "missing_item")
        .identify()
        .hear("no")
        .hear("no")
        .hear("an ordinary product")
    )
    assert talk.question == "fact:has_receipt"
    surely = (("has_receipt/no", 0.8, 0.97), ("has_receipt/yes", 0.7, 0.03))
    assert talk.hear("no clue where it got to, I haven't got it", answers=surely).draft.facts["has_receipt"] is False


@pytest.mark.parametrize("text", ["no wait, keep it", "let's go on after all", "seguir", "继续"])
def test_a_claim_that_was_given_up_is_gone_on_with_in_words(world: World, text: str) -> None:
    talk = world.talk().hear("two bags are torn", "damaged").identify()
    told = talk.draft
    assert talk.hear("forget it", "cancel_claim").question is None
    assert talk.hear(text).draft == told
    assert talk.question == "fact:altered"


def test_a_new_problem_after_a_claim_that_was_given_up_is_a_new_one(world: World) -> None:
    talk = world.talk().hear("two bags are torn", "damaged").identify()
    talk.hear("forget it", "cancel_claim").hear("the shoes have not come after all", "missing_item")
    assert talk.draft.issue == "missing_item"
    assert talk.draft.resumable is None


def asked_for_the_id(world: World) -> Talk:
    """A claim at the question for the ID of an item, which any text answers."""
    talk = world.talk().hear("this parcel is somebody else's", "wrong_parcel").identify()
    talk.hear("all of them", "all_items").answer_facts()
    for _ in range(5):
        if talk.question == "evidence:received_item_id":
            return talk
        talk.send()
    raise AssertionError(talk.question)
