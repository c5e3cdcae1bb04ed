"""Answers that no word tells: the nearest in meaning, where it is clearly the nearest of the open question."""

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


def test_the_nearest_answer_of_the_question_is_meant() -> None:
    assert meant(REMEDY, heard(("has_receipt/yes", 0.9), ("remedy/replacement", 0.6)), OFFERED) == OFFERED[1]
    assert meant(ALTERED, heard(("altered/no", 0.6), ("altered/yes", 0.5)), YES_NO) == YES_NO[1]
    assert meant(EVIDENCE, heard(("evidence/later", 0.5)), SKIPS) == SKIPS[0]


def test_what_is_far_or_not_clearly_nearer_means_nothing() -> None:
    assert meant(REMEDY, heard(("remedy/refund", 0.4)), OFFERED) is None
    assert meant(REMEDY, heard(("remedy/refund", 0.6), ("remedy/replacement", 0.55)), OFFERED) is None
    assert meant(ALTERED, heard(("altered/yes", 0.5)), YES_NO) is None


def test_a_remedy_that_is_not_offered_and_a_refusal_are_never_meant() -> None:
    assert meant(REMEDY, heard(("remedy/reship", 0.9), ("remedy/refund", 0.5)), OFFERED) is None
    assert meant(EVIDENCE, heard(("evidence/refused", 0.9), ("evidence/later", 0.5)), SKIPS) is None


def test_a_story_or_another_problem_is_no_answer() -> None:
    near = ("all_packages_delivered/no", 0.6)
    asked = Question("fact:all_packages_delivered", "yes_no")
    assert meant(asked, heard(near, intent="non_delivery"), YES_NO) is None
    assert meant(asked, heard(near, text="word " * 21), YES_NO) is None
    assert meant(asked, heard(near), YES_NO) == YES_NO[1]


def test_an_answer_without_a_known_word_moves_the_interview_on(world: World) -> None:
    talk = world.talk().hear("one bag is missing", "missing_item").identify()
    assert talk.question == "fact:altered"
    talk.hear("just like on its first day", answers=(("altered/no", 0.8), ("altered/yes", 0.3)))
    assert talk.draft.facts["altered"] is False


def test_a_question_is_answered_by_no_meaning(world: World) -> None:
    talk = world.talk().hear("one bag is missing", "missing_item").identify()
    talk.hear("like on its first day?", answers=(("altered/no", 0.8),))
    assert talk.question == "fact:altered"


def test_announcing_a_file_is_not_lacking_it(world: World) -> None:
    talk = world.talk("parcel-up").hear("one bag arrived damaged", "damaged").identify("PU100001")
    asked = talk.question
    assert talk.hear("here it is", answers=(("evidence/unavailable", 0.7),)).question == asked


def heard(*answers: tuple[str, float], intent: str | None = None, text: str = "a few words") -> Heard:
    return Heard(text, NOON, intent, 0.9, answers=answers)


def test_a_yes_that_sounds_like_a_question_about_the_policy_is_an_answer(world: World) -> None:
    talk = world.talk().hear("one bag is missing", "missing_item").identify()
    talk.hear("Yes, within the months that are allowed", "policy_question", confidence=0.7)
    assert talk.draft.facts["altered"] is True
