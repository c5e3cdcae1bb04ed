"""What a buyer asks of their own claim: answered from its assessment, the open question put again."""

import pytest

from redress.claims import corrections, problems
from redress.claims.conversation import Heard, Question
from redress.store.handover import Handover
from tests.claims.talk import LEXICON, NOON, World


def test_the_amount_of_the_claim_as_it_stands(world: World) -> None:
    talk = world.talk("parcel-up").hear("two of the bags are torn", "damaged").hear("how much would I get?", "wait")
    assert "as soon as I know which order it is" in talk.text
    talk.identify("PU100001").hear("how much would I get back?", "policy_question")
    assert "If your claim goes through" in talk.text
    assert "CN¥60.00" in talk.text
    assert talk.question == "evidence:photo_item"


def test_an_amount_is_not_told_before_it_is_certain_how_many(world: World) -> None:
    talk = world.talk("parcel-up").hear("my bags are torn", "damaged").identify("PU100001")
    assert talk.question == "quantity:A1"
    assert "CN¥" not in talk.hear("how much do I get back?", "policy_question").text


def test_a_question_without_a_claim_is_left_to_the_policy(world: World) -> None:
    talk = world.talk("1688order").hear("how much is the fee for 30 SKUs?", "policy_question")
    assert "as soon as I know" not in talk.text


@pytest.mark.parametrize("text", ["can I have a replacement instead?", "and an exchange?", "what about a new one?"])
def test_what_the_policy_does_not_give_is_said_to_be_so(world: World, text: str) -> None:
    talk = world.talk("ali-shipping").hear("one bag is torn", "damaged").identify("AS100001").photograph()
    assert talk.question == "confirm"
    talk.hear(text, "policy_question")
    assert "gives a refund, but not a replacement" in talk.text
    assert "(clause" in talk.text
    assert (talk.question, talk.draft.remedy) == ("confirm", "refund")


def test_a_request_for_what_is_on_offer_is_a_choice_and_a_question_is_none(world: World) -> None:
    talk = world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001").photograph()
    assert talk.question == "remedy"
    assert talk.hear("and a replacement?", "policy_question").question == "remedy"
    talk.hear("could I have a refund?", "policy_question")
    assert (talk.question, talk.draft.remedy) == ("confirm", "refund")
    talk.hear("can I have a replacement instead?", "policy_question")
    assert (talk.question, talk.draft.remedy) == ("confirm", "replacement")


def test_the_grounds_of_a_decline_are_told_again(world: World) -> None:
    talk = world.talk("parcel-up").hear("it came far too late", "late_delivery").identify("PU100002")
    told = talk.replies[-1]["text"]
    for text in ("on what grounds did you refuse?", "why was it declined?", "which clause?"):
        assert talk.hear(text, "appeal").replies[-1]["text"] == told
    talk.press("Ask a person").hear("why did you refuse it?", "ask_why")
    assert talk.replies[0]["text"] == told
    assert talk.question == "appeal_reason"


def test_what_lacking_evidence_means_and_until_when(world: World) -> None:
    talk = world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001")
    talk.press("I don't have it").hear("what does that mean for my claim?", "claim_status")
    assert "until Fri 3 April, 23:59 (China time)" in talk.text
    assert "(clause" in talk.text
    assert talk.question == "evidence:photo_package"


def test_a_remedy_that_is_told_early_is_kept(world: World) -> None:
    talk = world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001")
    talk.hear(
        "a replacement please",
        "claim_status",
        answers=(("remedy/replacement", 0.8, 0.9), ("evidence/unavailable", 0.5, 0.9)),
    )
    assert talk.question == "evidence:photo_item"
    assert not talk.draft.skipped
    assert talk.photograph().question == "confirm"
    assert talk.draft.remedy == "replacement"


def test_nobody_is_waited_for_when_the_buyer_goes_on(world: World) -> None:
    talk = world.talk().hear("one bag is torn", "damaged").hear("a person please", "talk_to_human")
    assert talk.state.mode == "waiting"
    assert list(talk.hear("hello?", "greet").replies) == []
    talk.hear("never mind, go on without a person", "cancel_claim")
    assert (talk.state.mode, talk.question) == ("bot", "order_number")
    assert talk.draft.issue == "damaged"


def test_whoever_is_talked_to_by_a_person_is_not_taken_away(world: World) -> None:
    talk = world.talk().hear("one bag is torn", "damaged").hear("a person please", "talk_to_human")
    button = talk.choices["Go on without a person"]
    Handover(world.database).take(talk.id, "rosa", "A person is here.", world.clock())
    assert list(talk.take(button).replies) == []
    assert talk.state.mode == "person"


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("one bag is torn, and my order PF100004 hasn't come. order of the bag PF100001", "PF100001", "PF100004"),
        ("one bag is torn in PF100001 and order PF100004 hasn't come", "PF100001", "PF100004"),
        ("order PF100001: one bag is torn, and my other order hasn't come, PF100004", "PF100001", "PF100004"),
    ],
)
def test_each_problem_has_the_order_that_is_named_for_it(world: World, text: str, first: str, second: str) -> None:
    talk = world.talk("platform-15").hear(f"two problems: {text}", "damaged")
    assert talk.draft.order_number == first
    assert [(one["issue"], one["order_number"]) for one in talk.draft.queue] == [("non_delivery", second)]


@pytest.mark.parametrize(
    ("text", "units"),
    [("not one bag, two", 2), ("make it three", 3), ("no, two", 2), ("it's two, not one", 2), ("two please", 2)],
)
def test_another_number_at_the_confirmation(world: World, text: str, units: int) -> None:
    talk = (
        world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001").photograph().press("A refund")
    )
    talk.hear(text, "deny")
    assert talk.question == "confirm"
    assert talk.draft.affected == {"A1": units}
    assert talk.draft.remedy == "refund"


@pytest.mark.parametrize("text", ["no, I'll send two photos", "no, ten", "not one, not two"])
def test_what_is_no_other_number(world: World, text: str) -> None:
    talk = (
        world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001").photograph().press("A refund")
    )
    question = Question("confirm", "yes_no")
    changed = corrections.correct(Heard(text, NOON), talk.draft, question, LEXICON)
    assert changed is None or changed.affected == talk.draft.affected


def test_a_message_with_one_problem_has_no_second(world: World) -> None:
    heard = Heard("two things: the bag is torn and I am sad", NOON, intent="damaged", confidence=0.9)
    assert problems.settled(heard, LEXICON).second_issue is None


def test_a_question_between_two_remedies_chooses_none(world: World) -> None:
    talk = world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001").photograph()
    for text in ("what's better, refund or exchange?", "how do I get the money?", "a refund or an exchange"):
        assert talk.hear(text, "policy_question").question == "remedy", text
    assert talk.hear("the money", "nlu_fallback").question == "confirm"


def test_what_comes_next_in_the_middle_is_the_open_question(world: World) -> None:
    talk = world.talk("parcel-up").hear("one bag is torn", "damaged").identify("PU100001")
    talk.hear("what now?", "policy_question")
    assert "To go on" in talk.text
    assert talk.question == "evidence:photo_item"


def test_never_mind_before_anything_was_told(world: World) -> None:
    assert "Nothing is open" in world.talk().hear("never mind", "cancel_claim").text


def test_whoever_disagrees_and_asks_for_another_look_gets_it(world: World) -> None:
    talk = world.talk("parcel-up").hear("it came far too late", "late_delivery").identify("PU100002")
    assert "A person can look" in talk.hear("that's not fair", "complaint").text
    assert talk.question is None
    assert talk.hear("I disagree, somebody should look at it again", "appeal").question == "appeal_reason"


def test_what_is_only_guessed_to_be_everything_is_asked_again(world: World) -> None:
    talk = world.talk("ali-shipping").hear("the coffee machine is damaged", "damaged").identify("AS100001")
    assert talk.hear("the umbrella", "all_items", confidence=0.42).question == "items"
    assert talk.hear("every last piece", "all_items", confidence=0.8).question == "evidence:photo_item"
