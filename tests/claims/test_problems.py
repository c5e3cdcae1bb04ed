"""Several problems: which one is meant, and that a second one is noted and taken up, never lost."""

from dataclasses import replace

import pytest

from redress.claims import problems
from redress.claims.conversation import Heard
from redress.claims.draft import Draft
from tests.claims.talk import LEXICON, NOON, World

TOLD = Draft(id="1", issue="damaged", order_number="OR100001", email="buyer@example.com")


def test_a_further_problem_waits_in_the_queue() -> None:
    queued = problems.queue_named(TOLD, heard("the shoes have the wrong size", "wrong_size"), LEXICON)
    assert queued is not None
    assert [problem["issue"] for problem in queued.queue] == ["wrong_size"]
    assert queued.queue[0]["reported_at"] == NOON.isoformat()
    assert queued.issue == "damaged"


def test_a_problem_is_queued_once() -> None:
    message = heard("the shoes have the wrong size", "wrong_size")
    once = problems.queue_named(TOLD, message, LEXICON)
    assert once is not None
    assert problems.queue_named(once, message, LEXICON) == once
    assert problems.queue_second(once, replace(message, second_issue="wrong_size"), LEXICON) == once


def test_what_is_no_further_problem() -> None:
    for message in (
        heard("still torn", "damaged"),
        heard("something else", "other"),
        heard("hello", "greet"),
        heard("perhaps the size", "wrong_size", 0.2),
        replace(heard("wrong size", "wrong_size"), choice={"fact": True}),
    ):
        assert problems.queue_named(TOLD, message, LEXICON) is None
    assert problems.queue_named(Draft(id="1"), heard("torn", "damaged"), LEXICON) is None


def test_the_next_problem_keeps_the_order_and_nothing_else() -> None:
    queued = problems.queue_named(replace(TOLD, order={"number": "OR100001"}, facts={"opened": True}, remedy="refund"),
                                  heard("the shoes have the wrong size", "wrong_size"), LEXICON)  # fmt: skip
    assert queued is not None
    taken = problems.take_up(queued, Draft(id="2"))
    assert taken is not None
    draft, problem = taken
    assert (draft.id, draft.issue, draft.order, draft.email) == ("2", "wrong_size", queued.order, "buyer@example.com")
    assert (draft.facts, draft.affected, draft.remedy, draft.queue) == ({}, None, None, ())
    assert problem["issue"] == "wrong_size"
    assert problems.take_up(draft, Draft(id="3")) is None


def test_torn_between_two_problems() -> None:
    ranking = (("defective", 0.4), ("not_as_described", 0.38))
    message = heard("hm", "defective", ranking=ranking, close=("defective", "not_as_described"))
    assert problems.torn(message, LEXICON) == ("defective", "not_as_described")
    ahead = replace(message, ranking=(("defective", 0.6), ("not_as_described", 0.2)))
    assert problems.torn(ahead, LEXICON) == ()
    same = replace(message, close=("non_delivery", "delivered_not_received"))
    assert problems.torn(same, LEXICON) == ()  # one issue of the policy


def test_the_buyer_is_asked_which_of_two_it_is(world: World) -> None:
    close = ("defective", "not_as_described")
    ranking = tuple((intent, 0.4) for intent in close)
    talk = world.talk().hear("hm, this one", "defective", ranking=ranking, close=close)
    assert talk.question == "issue"
    assert list(talk.choices) == ["It does not work", "It is not as described", "None of these"]
    world.clock.go(hours=2)
    talk.press("It does not work")
    assert talk.draft.issue == "defective"
    assert talk.draft.reported_at == NOON.isoformat()  # when it was told, not when it was sorted out


def test_the_second_problem_comes_after_the_first_one_is_sent(world: World) -> None:
    talk = world.talk().hear("one is torn, and the size is wrong, too", "damaged", second_issue="wrong_size").identify()
    assert [problem["issue"] for problem in talk.draft.queue] == ["wrong_size"]
    talk.press("Canvas bag").press("2").answer_facts().photograph().press("A refund")
    first = talk.press("Yes, send it").ticket
    assert first is not None
    assert "The size is wrong" in talk.text
    assert talk.draft.issue == "wrong_size"
    assert talk.draft.order is not None  # not asked for again
    assert talk.draft.facts == {}
    assert talk.question == "items"
    talk.press("Running shoes").answer_facts().photograph().press("A replacement")
    second = talk.press("Yes, send it").ticket
    assert second is not None
    assert second["number"] != first["number"]
    assert talk.question is None


def test_the_second_problem_comes_also_after_a_declined_one(world: World) -> None:
    told = "I changed my mind, and it came broken"
    talk = world.talk().hear(told, "change_of_mind", second_issue="damaged").identify()
    assert talk.outcome == "declined"
    assert talk.draft.issue == "damaged"
    assert talk.question == "items"


def heard(text: str, intent: str, confidence: float = 0.9, **more: object) -> Heard:
    return Heard(text, NOON, intent, confidence, **more)  # type: ignore[arg-type]


def test_each_problem_of_a_message_has_its_own_part_of_it(world: World) -> None:
    told = "one bag is damaged and the running shoes are the wrong size"
    close = ("damaged", "wrong_size")
    talk = world.talk("ali-shipping").hear(told, "damaged", close=close, ranking=tuple((one, 0.4) for one in close))
    talk.identify("AS100001")
    assert talk.draft.affected == {"A1": 1}
    assert [(one["issue"], one["text"]) for one in talk.draft.queue] == [
        ("wrong_size", "the running shoes are the wrong size")
    ]
    talk.send().press("Yes, send it")
    assert (talk.draft.issue, talk.draft.affected) == ("wrong_size", {"B2": 1})


def test_one_sentence_tells_of_one_problem(world: World) -> None:
    talk = world.talk().hear("The goods were broken when I unpacked them", "damaged", second_issue="missing_item")
    assert talk.draft.queue == ()


def test_the_same_item_in_other_words_is_no_second_problem(world: World) -> None:
    told = "one bag is torn and the bag has the wrong size"
    talk = world.talk("ali-shipping").hear(told, "damaged", second_issue="wrong_size").identify("AS100001")
    talk.send().press("Yes, send it")
    assert talk.question is None


def test_a_problem_of_another_order_is_queued_with_its_number(world: World) -> None:
    talk = world.talk().hear("one bag is torn", "damaged").identify()
    left = talk.question
    talk.hear("also, my other order OR100005 came damaged", "damaged")
    assert talk.question == left
    assert talk.draft.order_number == "OR100001"
    assert [(one["issue"], one["order_number"]) for one in talk.draft.queue] == [("damaged", "OR100005")]
    talk.answer_facts().photograph().press("A refund").press("Yes, send it")
    assert talk.draft.order is not None
    assert talk.draft.order["number"] == "OR100005"


def test_a_remark_and_a_question_are_no_second_problem(world: World) -> None:
    talk = world.talk().hear("one bag is torn", "damaged").identify()
    talk.hear("only 1 of them", "wrong_quantity", confidence=0.6)
    talk.hear("should I weigh the parcel before opening?", "weight_mismatch")
    assert talk.draft.queue == ()


@pytest.mark.parametrize(
    "text",
    ["order OR100001 buyer@example.com", "OR100001", "hi, my order number is OR100001, mail buyer@example.com"],
)
def test_a_message_that_only_says_which_order_names_no_problem(world: World, text: str) -> None:
    likely = (("claim_status", 0.4), ("non_delivery", 0.3))
    talk = world.talk().hear(text, "claim_status", confidence=0.4, ranking=likely)
    assert talk.question == "issue"
    talk = world.talk().hear(text, "non_delivery", confidence=0.6)
    assert talk.question == "issue"
    assert talk.draft.order_number == "OR100001"


def test_a_problem_beside_an_order_number_is_heard(world: World) -> None:
    talk = world.talk().hear("OR100001 never came", "non_delivery")
    assert talk.draft.issue == "non_delivery"


def test_a_problem_of_another_order_corrects_no_order_number(world: World) -> None:
    talk = world.talk().hear("one bag is damaged", "damaged").identify()
    question = talk.question
    talk.hear("Second case: in OR100002 you sent the wrong colour", "wrong_color")
    assert (talk.question, talk.draft.order_number) == (question, "OR100001")
    assert [problem["order_number"] for problem in talk.draft.queue] == ["OR100002"]
    talk.hear("sorry, the order is OR100002", "correct_answer")
    assert talk.draft.order_number == "OR100002"


def test_words_of_another_parcel_may_answer_the_question_about_parcels(world: World) -> None:
    talk = world.talk(shop="ali-shipping").hear("one bag is missing", "missing_item").identify("AS100007")
    assert talk.question == "fact:all_packages_delivered"
    talk.hear("there's another package still in transit", "non_delivery")
    assert talk.draft.facts["all_packages_delivered"] is False
    assert not talk.draft.queue


def test_a_problem_that_is_denied_is_none() -> None:
    told = heard("I regret buying it, nothing's broken, I just want to return it", "change_of_mind", 0.3)
    told = replace(told, ranking=(("change_of_mind", 0.3), ("damaged", 0.2)))
    assert problems.settled(told, LEXICON).intent == "change_of_mind"
    assert problems.settled(replace(told, text="it came broken"), LEXICON).intent == "damaged"
    assert problems.settled(replace(told, text="it came broken", confidence=0.8), LEXICON).intent == "change_of_mind"


def test_the_words_that_announce_another_problem_are_none_of_its_items(world: World) -> None:
    talk = world.talk().hear("one bag is damaged", "damaged").identify()
    talk.hear("second case: OR100002 never arrived", "non_delivery")
    assert "case" not in talk.draft.queue[0]["text"]  # the order holds a phone case


def test_a_request_with_an_order_number_is_a_claim_and_no_question(world: World) -> None:
    talk = world.talk().hear("Can you cancel order OR100006? I ordered by mistake", "cancellation")
    assert (talk.draft.issue, talk.draft.order_number) == ("cancellation", "OR100006")
    talk = world.talk().hear("Could you cancel it?", "cancellation")
    assert talk.draft.issue == "cancellation"


def test_an_answer_in_words_of_a_correction_is_an_answer(world: World) -> None:
    talk = world.talk(shop="parcel-up").hear("the size is wrong", "wrong_size").identify("PU100001").hear("the shoes")
    assert talk.question == "fact:will_return_new_with_labels"
    talk.hear("id rather keep it than send it back", "change_of_mind")
    assert (talk.draft.issue, talk.draft.facts["will_return_new_with_labels"]) == ("wrong_size", False)


def test_who_does_not_accept_a_decline_is_asked_why(world: World) -> None:
    talk = world.talk().hear("I changed my mind about the shoes", "change_of_mind").identify().answer_facts()
    while talk.question:
        talk.answer_facts().photograph()
    assert talk.hear("I do not accept that", "complaint").question == "appeal_reason"


def test_the_same_problem_of_another_order_is_another_problem(world: World) -> None:
    talk = world.talk().hear("one bag is damaged", "damaged").identify()
    talk.hear("order OR100002 turned up broken", "damaged")
    assert talk.draft.order_number == "OR100001"
    assert [(one["issue"], one["order_number"]) for one in talk.draft.queue] == [("damaged", "OR100002")]
    talk.hear("it is OR100002", "damaged")
    assert talk.draft.order_number == "OR100002"


def test_a_phone_to_write_from_is_no_phone_case(world: World) -> None:
    talk = world.talk().hear("I write from my phone, sorry. You sent a wrong size", "wrong_size").identify()
    assert talk.question == "items"
