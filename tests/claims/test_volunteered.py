"""What a buyer says before it is asked for, and what is given up in so many words."""

import pytest

from redress.claims.corrections import forget
from tests.claims.talk import LEXICON, World


def test_facts_of_the_first_message_are_not_asked_again(world: World) -> None:
    talk = world.talk().hear("one bag is torn, nothing was altered and I have the receipt", "damaged").identify()
    assert talk.question == "fact:missing_parts"
    talk.answer_facts()
    assert talk.draft.facts["altered"] is False
    assert talk.draft.facts["has_receipt"] is True


def test_a_volunteered_fact_that_is_changed_is_asked(world: World) -> None:
    talk = world.talk().hear("one bag is torn, nothing was altered", "damaged").identify().answer_facts().photograph()
    talk.press("A refund").press("Not yet").press("Has the item been altered")
    assert talk.question == "fact:altered"


def test_a_wished_remedy_is_not_asked_again(world: World) -> None:
    talk = world.talk("parcel-up").hear("one bag is torn, I want a refund", "damaged").identify("PU100001").photograph()
    assert talk.question == "confirm"
    assert talk.draft.remedy == "refund"


def test_a_remedy_that_is_only_mentioned_is_asked(world: World) -> None:
    told = "I got another one than I ordered, one bag is torn"
    assert world.talk("parcel-up").hear(told, "damaged").identify("PU100001").photograph().question == "remedy"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("altered", "nothing altered", False),
        ("altered", "I have not washed it", False),
        ("altered", "yes, I washed it", True),
        ("missing_parts", "I still have every part", False),
        ("has_receipt", "still got it", True),
        ("has_receipt", "no, I lost it", False),
        ("all_packages_delivered", "everything has been delivered", True),
    ],
)
def test_words_of_a_fact(name: str, text: str, value: bool) -> None:
    assert LEXICON.fact(name, text) is value


@pytest.mark.parametrize("text", ["never mind, forget it", "oh, forget about it please", "算了"])
def test_a_claim_is_given_up_wherever_it_stands(world: World, text: str) -> None:
    talk = world.talk("parcel-up").hear("it came far too late", "late_delivery").identify("PU100002")
    talk.press("Ask a person")
    assert talk.question == "appeal_reason"
    talk.hear(text, "deny")
    assert talk.question is None
    assert talk.draft.appeal_reason is None


def test_a_claim_that_was_given_up_can_be_gone_on_with(world: World) -> None:
    talk = world.talk().hear("one bag is torn", "damaged").identify()
    left = talk.question
    talk.hear("never mind", "deny").press("Yes, go on")
    assert talk.question == left


@pytest.mark.parametrize(
    "text", ["never mind the photo", "I forget it every time, it was the shoes", "it was not worth it for me"]
)
def test_what_gives_nothing_up(text: str) -> None:
    assert not LEXICON.drops.alone(text, LEXICON.polite)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("missing_parts", "I did not get all the parts", None),  # what a negated "no" says is open
        ("missing_parts", "I lost one of the screws", True),
        ("altered", "it was not altered", False),
        ("altered", "no, I washed it", True),
        ("has_receipt", "I have no receipt", False),
        ("signed_in_presence", "he left it at the door without a word", False),
        ("used", "it worked fine at first", True),
        ("used", "I have never used it", False),
        ("altered", "one bag is torn", None),
    ],
)
def test_what_is_told_without_being_asked(name: str, text: str, value: bool | None) -> None:
    assert LEXICON.volunteered(name, text) is value


def test_a_reason_that_was_told_is_not_asked_for(world: World) -> None:
    told = "please cancel the order because I found it cheaper"
    talk = world.talk("parcel-up").hear(told, "cancellation").identify("PU100005").press("All of them")
    assert talk.draft.facts["reason"] == told


def test_the_kind_of_a_product_is_told_only_by_its_own_words(world: World) -> None:
    assert LEXICON.value(("general", "media"), "one bag is torn", asked=False) is None
    assert LEXICON.value(("general", "media"), "it is an ordinary product", asked=False) == "general"


def test_what_a_clause_means_is_taken_where_it_is_asked_for(world: World) -> None:
    opening = "this parcel is somebody else's, and the receipt is safe with me"
    talk = world.talk().hear(opening, "wrong_parcel", volunteered=("has_receipt/yes", "opened/no"))
    assert "has_receipt" not in talk.draft.facts  # nobody has asked yet
    talk.identify().hear("all of them", "all_items").answer_facts(has_receipt=False)
    assert talk.draft.facts["has_receipt"] is True


def test_what_words_say_counts_before_what_a_clause_seems_to_mean(world: World) -> None:
    talk = world.talk().hear(
        "a bag is missing and I lost the receipt", "missing_item", volunteered=("has_receipt/yes",)
    )
    talk.identify().answer_facts(has_receipt=True)
    assert talk.draft.facts.get("has_receipt") is not True


def test_what_was_meant_is_asked_again_once_answers_are_changed(world: World) -> None:
    talk = world.talk().hear("a bag is missing, receipt safe with me", "missing_item", volunteered=("has_receipt/yes",))
    assert talk.draft.volunteered == {"has_receipt": True}
    assert forget(talk.draft, "fact:has_receipt").volunteered == {}


def test_what_clauses_tell_both_ways_is_asked(world: World) -> None:
    both = ("has_receipt/no", "has_receipt/yes", "opened/yes")
    assert world.talk().hear("a bag is missing", "missing_item", volunteered=both).draft.volunteered == {"opened": True}
