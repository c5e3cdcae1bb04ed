"""Changing an earlier answer: what it was changes, what depended on it is asked again, the rest is kept."""

from dataclasses import replace

import pytest

from redress.claims.conversation import Heard, Question
from redress.claims.corrections import answered, correct, forget, other_order
from redress.claims.draft import Draft
from tests.claims.talk import LEXICON, NOON, World

ORDER = {
    "number": "OR100001",
    "items": [
        {"sku": "A1", "title": "Canvas bag", "quantity": 3},
        {"sku": "B2", "title": "Running shoes 42", "quantity": 1},
    ],
}
TOLD = Draft(
    id="1",
    issue="damaged",
    reported_at=NOON.isoformat(),
    order_number="OR100001",
    email="buyer@example.com",
    order=ORDER,
    affected={"A1": 2},
    facts={"opened": True},
    evidence=("photo_item",),
    remedy="refund",
)
ASKED = Question("fact:altered", "yes_no")
CONFIRM = Question("confirm", "yes_no")


def test_another_order_number_leaves_nothing_of_the_first_order() -> None:
    changed = told("no, the order is OR100002")
    assert changed == other_order(TOLD, "OR100002")
    assert (changed.order_number, changed.order, changed.affected, changed.facts) == ("OR100002", None, None, {})
    assert (changed.issue, changed.reported_at, changed.email) == ("damaged", TOLD.reported_at, "buyer@example.com")
    assert told("OR100002") == changed


@pytest.mark.parametrize(
    "text",
    ["call me: 13812345678", "the tracking number is YT1234567890123", "I paid 35000 for it", "OR100001, as I said"],
)
def test_another_kind_of_number_is_no_other_order(text: str) -> None:
    assert correct(heard(text), TOLD, ASKED, LEXICON) is None


def test_a_number_that_was_not_found_can_be_any_other() -> None:
    unknown = replace(TOLD, order=None, affected=None, facts={}, order_number="OR1000")
    changed = correct(heard("202611220001"), unknown, Question("email", "email"), LEXICON)
    assert changed is not None
    assert changed.order_number == "202611220001"


def test_other_items_with_a_word_that_says_so() -> None:
    changed = told("I meant the shoes")
    assert changed.affected == {"B2": 1}
    assert (changed.facts, changed.evidence, changed.remedy) == (TOLD.facts, TOLD.evidence, TOLD.remedy)
    assert correct(heard("the shoes are fine"), TOLD, ASKED, LEXICON) is None


def test_another_problem_with_a_word_that_says_so() -> None:
    changed = told("actually it is the wrong item", "wrong_item")
    assert changed.issue == "wrong_item"
    assert (changed.order, changed.affected) == (TOLD.order, TOLD.affected)
    assert correct(heard("it is the wrong item", "wrong_item"), TOLD, ASKED, LEXICON) is None
    assert correct(heard("actually it is the wrong item", "wrong_item", 0.3), TOLD, ASKED, LEXICON) is None


@pytest.mark.parametrize("text", ["actually it did arrive", "sorry, found it at the neighbour's", "en realidad llegó"])
def test_the_parcel_is_there_after_all(text: str) -> None:
    lost = replace(TOLD, issue="non_delivery", affected=None)
    changed = correct(heard(text), lost, ASKED, LEXICON)
    assert changed is not None
    assert changed.issue is None  # asked: what is wrong then?
    assert changed.order == ORDER


def test_a_choice_and_a_text_that_is_asked_for_correct_nothing() -> None:
    pressed = replace(heard("I meant OR100002"), choice={"fact": True})
    assert correct(pressed, TOLD, ASKED, LEXICON) is None
    assert correct(heard("I meant OR100002"), TOLD, Question("appeal_reason", "text"), LEXICON) is None
    assert correct(heard("I meant OR100002"), Draft(id="1"), ASKED, LEXICON) is None


@pytest.mark.parametrize("answer", ["issue", "order_number", "items", "fact:opened", "remedy"])
def test_what_is_forgotten_is_no_answer_any_more(answer: str) -> None:
    assert answer in answered(TOLD)
    left = forget(TOLD, answer)
    assert answer not in answered(left)
    assert left.remedy is None
    assert left.id == TOLD.id
    assert left.reported_at == TOLD.reported_at


def test_a_changed_answer_is_asked_again_and_the_rest_is_kept(world: World) -> None:
    talk = world.talk().hear("two bags are torn", "damaged").identify()
    facts = dict(talk.answer_facts().draft.facts)
    talk.photograph().press("A refund")
    assert talk.question == "confirm"
    talk.press("Not yet").press("The items")
    assert talk.question == "items"
    talk.press("Running shoes")
    assert talk.draft.affected == {"B2": 1}
    assert dict(talk.draft.facts) == facts
    assert talk.question == "remedy"  # what could be got depends on the items, so that is asked again
    assert "Running shoes 42" in talk.press("A refund").text


def test_the_other_order_must_be_proved_again(world: World) -> None:
    talk = world.talk().hear("a bag is torn", "damaged").identify()
    talk.hear("sorry, I meant OR100002")
    assert talk.draft.order is not None  # the address told before fits it
    assert talk.draft.order["number"] == "OR100002"
    talk = world.talk().hear("a bag is torn", "damaged").identify()
    talk.hear("sorry, I meant OR999999")
    assert talk.draft.order is None
    assert talk.question == "order_number"


def told(text: str, intent: str = "nlu_fallback") -> Draft:
    changed = correct(heard(text, intent), TOLD, ASKED, LEXICON)
    assert changed is not None
    return changed


def heard(text: str, intent: str = "nlu_fallback", confidence: float = 0.9) -> Heard:
    return Heard(text, NOON, intent, confidence)


@pytest.mark.parametrize(("best", "second"), [("correct_answer", "wrong_color"), ("wrong_color", "correct_answer")])
def test_a_correction_may_name_the_problem_beside_it(best: str, second: str) -> None:
    ranking = ((best, 0.49), (second, 0.48))
    said = Heard("no, I said it wrong: it has the wrong colour", NOON, best, 0.49, ranking=ranking)
    changed = correct(said, TOLD, ASKED, LEXICON)
    assert changed is not None
    assert changed.issue == "wrong_color"


@pytest.mark.parametrize(
    ("text", "intent", "question"),
    [
        ("can I return a sealed one?", "policy_question", CONFIRM),
        ("please hold on, my shoes are in the way", "wait", CONFIRM),
        ("my phone is ringing", "nlu_fallback", CONFIRM),
        ("I'm running late", "nlu_fallback", CONFIRM),
        ("I'd rather not, I won't be sending it", "cancellation", Question("evidence:photo_item", "upload")),
        ("rather later, when it is light", "cancellation", Question("evidence:photo_item", "upload")),
    ],
)
def test_what_asks_waits_or_answers_corrects_nothing(text: str, intent: str, question: Question) -> None:
    order = {**ORDER, "items": [*ORDER["items"], {"sku": "C3", "title": "Phone case", "quantity": 2}]}
    assert correct(heard(text, intent), replace(TOLD, order=order), question, LEXICON) is None


def test_a_question_that_says_so_corrects() -> None:
    changed = correct(heard("sorry, can I change it to the shoes?"), TOLD, CONFIRM, LEXICON)
    assert changed is not None
    assert changed.affected == {"B2": 1}
