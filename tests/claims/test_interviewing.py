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


@pytest.mark.parametrize("text", ["sending it now", "uploading as we speak"])
def test_a_file_that_comes_now_is_waited_for(world: World, text: str) -> None:
    talk = world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001")
    question = talk.question
    talk.hear(text, "later", answers=(("evidence/sending", 0.78, 0.97), ("evidence/later", 0.72, 0.01)))
    assert talk.question == question
    assert "button" in talk.text
    assert not talk.draft.skipped


def test_what_will_be_sent_when_it_can_be_is_sent_later(world: World) -> None:
    talk = world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001")
    talk.hear("I'll send it once my phone is charged", "wait", answers=(("evidence/later", 0.7, 0.98),), confidence=0.4)
    assert set(talk.draft.skipped.values()) == {"later"}


def test_a_parcel_that_went_back_has_not_also_failed_to_come(world: World) -> None:
    text = "It was put on the van back to the sender on Friday, so I've never received it"
    talk = world.talk().hear(text, "returned_to_sender", ranking=(("returned_to_sender", 0.6), ("non_delivery", 0.3)))
    assert not talk.draft.queue


def test_what_is_in_order_names_no_further_problem(world: World) -> None:
    text = "The size is wrong. All as described and all working"
    ranking = (("wrong_size", 0.6), ("not_as_described", 0.3))
    assert world.talk().hear(text, "wrong_size", ranking=ranking).draft.queue
    place = (text.index("All"), len(text))
    assert not world.talk().hear(text, "wrong_size", ranking=ranking, in_order=(place,)).draft.queue


def test_something_else_as_well_is_no_other_product(world: World) -> None:
    talk = world.talk().hear("a bag is torn", "damaged").identify()
    text = "There's something else as well, order OR100003 still hasn't been delivered"
    talk.hear(text, "non_delivery", confidence=0.3, ranking=(("non_delivery", 0.3), ("wrong_item", 0.2)))
    assert [problem["issue"] for problem in talk.draft.queue] == ["non_delivery"]


def test_a_person_is_offered_for_what_may_be_a_grievance(world: World) -> None:
    ranking = (("out_of_scope", 0.8), ("other", 0.17))
    talk = world.talk().hear("I can't get into my account", "out_of_scope", ranking=ranking)
    assert "Talk to a person" in talk.choices


def test_what_accompanies_the_remedy_is_in_the_summary(world: World) -> None:
    talk = world.talk("genuine-goods").hear("the shoes are fake", "counterfeit").identify("GG100001")
    talk.photograph().answer_facts().photograph()
    assert talk.question == "confirm"
    assert "A refund + Compensation" in talk.text


def test_another_grievance_is_in_the_summary_in_its_own_words(world: World) -> None:
    talk = world.talk("platform-15").hear("the courier drove over my flower bed with his van", "other")
    talk.identify("PF100001").press("All of them")
    assert talk.question == "confirm"
    assert "In your words: the courier drove over my flower bed" in talk.text


def test_nothing_is_to_be_sorted_out_where_the_claim_is_declined_at_once(world: World) -> None:
    talk = world.talk("parcel-up").hear("PU100001 buyer@example.com", "nlu_fallback")
    talk.hear("it came much too late", "late_delivery")
    assert talk.replies[-1]["assessment"]["outcome"] == "declined"
    assert "I'm sorry about that." in talk.text
    assert "sort it out" not in talk.text


def test_goods_sent_again_are_a_replacement_where_that_is_offered(world: World) -> None:
    talk = world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001").photograph()
    assert talk.question == "remedy"
    assert talk.hear("just ship it again please", "nlu_fallback").draft.remedy == "replacement"


def test_all_of_an_outburst_is_no_item(world: World) -> None:
    talk = world.talk().hear("it is torn", "damaged").identify()
    assert talk.question == "items"
    assert talk.hear("This is outrageous, I've lost all patience", "complaint").question == "items"
    assert not talk.draft.queue
