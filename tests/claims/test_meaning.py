"""Answers by meaning: near those of the open question, and likely to be that one of them."""

from typing import Any

from redress.claims.conversation import Heard, Question
from redress.claims.meaning import meant
from tests.claims.talk import NOON, World

ALTERED = Question("fact:altered", "yes_no")
YES_NO: list[Any] = [{"fact": True}, {"fact": False}]
REMEDY = Question("remedy", "choice")
OFFERED: list[Any] = [{"remedy": "refund"}, {"remedy": "replacement"}]
EVIDENCE = Question("evidence:photo_item", "upload")
SKIPS: list[Any] = [{"skip": "later"}, {"skip": "unavailable"}]


def test_the_likely_answer_of_the_question_is_meant_though_another_is_nearer() -> None:
    assert meant(REMEDY, heard(("has_receipt/yes", 0.9, 0.9), ("remedy/replacement", 0.6, 0.8)), OFFERED) == OFFERED[1]
    assert meant(ALTERED, heard(("altered/yes", 0.6, 0.1), ("altered/no", 0.5, 0.9)), YES_NO) == YES_NO[1]
    assert meant(EVIDENCE, heard(("evidence/later", 0.5, 0.9)), SKIPS) == SKIPS[0]


def test_what_is_far_or_not_likely_means_nothing() -> None:
    assert meant(REMEDY, heard(("remedy/refund", 0.4, 0.9)), OFFERED) is None
    assert meant(REMEDY, heard(("remedy/refund", 0.6, 0.7), ("remedy/replacement", 0.55, 0.3)), OFFERED) is None
    assert meant(ALTERED, heard(("altered/yes", 0.5, 0.9)), YES_NO) is None


def test_what_is_sure_may_be_farther() -> None:
    assert meant(ALTERED, heard(("altered/yes", 0.46, 0.96)), YES_NO) == YES_NO[0]
    assert meant(ALTERED, heard(("altered/yes", 0.44, 0.96)), YES_NO) is None


def test_what_is_surely_meant_stands_against_single_words(world: World) -> None:
    """The words alone read "changed" as a yes."""
    talk = world.talk().hear("one bag is missing", "missing_item").identify()
    talk.hear("I have changed nothing", answers=(("altered/yes", 0.6, 0.01), ("altered/no", 0.8, 0.99)))
    assert talk.draft.facts["altered"] is False


def test_a_fact_is_not_read_out_of_an_aside_that_is_far_from_every_answer(world: World) -> None:
    talk = world.talk().hear("two bags are missing", "missing_item").identify()
    talk.hear("no").hear("no").hear("an ordinary product")
    assert talk.question == "fact:has_receipt"
    talk.hear("bear with me for a minute", "wait")
    assert talk.question == "fact:has_receipt"
    talk.hear("I have it with me", "wait", answers=(("has_receipt/yes", 0.7, 0.9),))
    assert talk.draft.facts["has_receipt"] is True


def test_a_refusal_is_meant_only_by_words_that_deny(world: World) -> None:
    surely = (("evidence/refused", 0.6, 0.98),)
    talk = world.talk("parcel-up").hear("one bag arrived damaged", "damaged").identify("PU100001")
    assert talk.hear("I object to that", answers=surely).draft.facts.get("evidence_refused") is None
    assert talk.hear("no, I object to that", answers=surely).draft.facts["evidence_refused"] is True


def test_a_remedy_that_is_not_offered_and_a_refusal_are_never_meant() -> None:
    assert meant(REMEDY, heard(("remedy/reship", 0.9, 0.9), ("remedy/refund", 0.5, 0.1)), OFFERED) is None
    assert meant(EVIDENCE, heard(("evidence/refused", 0.9, 0.9), ("evidence/later", 0.5, 0.1)), SKIPS) is None


def test_a_story_or_another_problem_is_no_answer() -> None:
    near = ("all_packages_delivered/no", 0.6, 0.9)
    asked = Question("fact:all_packages_delivered", "yes_no")
    assert meant(asked, heard(near, intent="non_delivery"), YES_NO) is None
    assert meant(asked, heard(near, text="word " * 21), YES_NO) is None
    assert meant(asked, heard(near), YES_NO) == YES_NO[1]


def test_an_answer_without_a_known_word_moves_the_interview_on(world: World) -> None:
    talk = world.talk().hear("one bag is missing", "missing_item").identify()
    assert talk.question == "fact:altered"
    talk.hear("just like on its first day", answers=(("altered/no", 0.8, 0.9), ("altered/yes", 0.4, 0.1)))
    assert talk.draft.facts["altered"] is False


def test_a_question_is_answered_by_no_meaning(world: World) -> None:
    talk = world.talk().hear("one bag is missing", "missing_item").identify()
    talk.hear("like on its first day?", answers=(("altered/no", 0.8, 0.9),))
    assert talk.question == "fact:altered"


def test_announcing_a_file_is_not_lacking_it(world: World) -> None:
    talk = world.talk("parcel-up").hear("one bag arrived damaged", "damaged").identify("PU100001")
    asked = talk.question
    assert talk.hear("here it is", answers=(("evidence/unavailable", 0.7, 0.9),)).question == asked


def heard(*answers: tuple[str, float, float], intent: str | None = None, text: str = "a few words") -> Heard:
    return Heard(text, NOON, intent, 0.9, answers=answers)


def test_a_yes_that_sounds_like_a_question_about_the_policy_is_an_answer(world: World) -> None:
    talk = world.talk().hear("one bag is missing", "missing_item").identify()
    talk.hear("Yes, within the months that are allowed", "policy_question", confidence=0.7)
    assert talk.draft.facts["altered"] is True
