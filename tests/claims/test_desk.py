"""The desk's steps: replays, conflicts, interruptions, evidence, resuming, errands, appeals, a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from redress.claims.ports import Conflict
from tests.claims.talk import Talk, World
from tests.ticketing import EMAIL, TEXTS

INTERRUPTIONS = [
    "ask_why",
    "ask_deadline",
    "bot_challenge",
    "complaint",
    "goodbye",
    "greet",
    "nlu_fallback",
    "out_of_scope",
    "policy_question",
    "thanks",
    "wait",
]


def at_issue(world: World) -> Talk:
    return world.talk()


def at_order_number(world: World) -> Talk:
    return world.talk().hear("it is torn", "damaged")


def at_email(world: World) -> Talk:
    return at_order_number(world).hear("OR100001")


def at_items(world: World) -> Talk:
    return at_email(world).hear(EMAIL)


def at_quantity(world: World) -> Talk:
    return at_items(world).press("Canvas bag")


def at_fact(world: World) -> Talk:
    return at_quantity(world).press("2")


def at_evidence(world: World) -> Talk:
    return at_fact(world).answer_facts()


def at_remedy(world: World) -> Talk:
    return at_evidence(world).photograph()


def at_confirm(world: World) -> Talk:
    return at_remedy(world).press("A refund")


def at_ticket(world: World) -> Talk:
    return at_confirm(world).press("Yes, send it")


STAGES = [at_issue, at_order_number, at_email, at_items, at_quantity, at_fact, at_evidence, at_remedy, at_confirm]
type Stage = Callable[[World], Talk]
at_every_question = pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)


@at_every_question
def test_an_interruption_is_answered_and_the_question_put_again(world: World, stage: Stage) -> None:
    talk = stage(world)
    question, draft, asked = talk.question, talk.draft, talk.replies[-1]
    for intent in INTERRUPTIONS:
        talk.hear("hmm", intent)
        assert len(talk.replies) > 1, intent
        again = talk.replies[-1]
        assert again["question"]["id"] == talk.question == question, intent
        assert again["text"] == asked["text"].splitlines()[0]
        assert [choice["title"] for choice in again["choices"]] == [choice["title"] for choice in asked["choices"]]
    assert replace(talk.draft, misses=0) == draft


@at_every_question
def test_every_question_says_why_it_is_asked(world: World, stage: Stage) -> None:
    talk = stage(world)
    why = talk.hear("why", "ask_why").replies[0]["text"]
    assert len(why) > 15
    assert why != talk.replies[-1]["text"]


@pytest.mark.parametrize("stage", STAGES[:-1], ids=lambda stage: stage.__name__)
def test_no_yes_opens_a_ticket_before_it_is_asked_for(world: World, stage: Stage) -> None:
    talk = stage(world)
    talk.hear("yes, send it", "affirm")
    assert talk.ticket is None


def test_a_step_taken_again_says_the_same_and_opens_one_ticket(world: World) -> None:
    talk = at_confirm(world)
    first = talk.hear("yes, send it", "affirm", client_id="sent").ticket
    again = talk.hear("yes, send it", "affirm", client_id="sent").ticket
    assert first == again
    assert first is not None
    assert [ticket.number for ticket in world.side.own.of_conversation(talk.id)] == [first["number"]]


def test_a_step_is_taken_again_on_what_somebody_else_changed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    talk, commit, tries = at_order_number(world), world.side.conversations.commit_step, []

    def first_fails(*args: object, **how: object) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise Conflict("changed")
        return commit(*args, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(world.side.conversations, "commit_step", first_fails)
    talk.hear("OR100001")
    assert len(tries) == 2
    assert talk.draft.order_number == "OR100001"


def test_a_conflict_without_end_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = at_order_number(world)

    def fails(*args: object, **how: object) -> object:
        raise Conflict("changed")

    monkeypatch.setattr(world.side.conversations, "commit_step", fails)
    with pytest.raises(Conflict):
        talk.hear("OR100001")


def test_a_wrong_address_is_answered_like_an_unknown_order_and_locks(world: World) -> None:
    unknown = TEXTS.say("utter_order_unknown", "en")
    talk = at_order_number(world).hear("OR999999").hear(EMAIL)
    assert unknown in talk.text
    assert talk.question == "order_number"
    for _ in range(4):
        talk.hear("OR100001").hear("thief@example.com")
        assert unknown in talk.text
    talk.hear("OR100001").hear(EMAIL)
    assert TEXTS.say("utter_identification_locked", "en") in talk.text
    world.clock.go(minutes=16)
    assert talk.hear("OR100001").hear(EMAIL).draft.order is not None


def test_everything_in_one_message(world: World) -> None:
    talk = world.talk().hear(f"two of the three bags in OR100001 were missing, I am {EMAIL}", "missing_item")
    assert talk.draft.affected == {"A1": 2}
    assert (talk.question or "").startswith("fact:")


def test_an_impossible_number_is_said_so(world: World) -> None:
    talk = at_quantity(world).hear("7")
    assert "from 1 to 3" in talk.text
    assert talk.question == "quantity:A1"


def test_not_knowing_is_an_answer(world: World) -> None:
    talk = at_fact(world)
    question = talk.question
    talk.hear("I have no idea")
    assert talk.question != question
    assert question in talk.draft.skipped


def test_what_the_buyer_cannot_bring_and_what_comes_later(world: World) -> None:
    talk = at_evidence(world)
    asked = []
    while (talk.question or "").startswith("evidence:"):
        asked.append(talk.question)
        talk.hear("I'll send it tomorrow", "later")
    assert talk.outcome == "awaiting_evidence"
    talk.press("A refund") if talk.question == "remedy" else None
    ticket = talk.press("Yes, send it").ticket
    assert ticket is not None
    assert ticket["state"] == "awaiting_evidence"
    assert len(set(asked)) == len(asked)


def test_a_refusal_is_told_from_not_having_it(world: World) -> None:
    talk = at_evidence(world)
    kind = (talk.question or "").removeprefix("evidence:")
    talk.hear("I don't have it any more", "dont_have")
    assert talk.draft.skipped[kind] == "unavailable"
    assert "evidence_refused" not in talk.draft.facts
    other = at_evidence(world).hear("I refuse to send you any photo")
    assert other.draft.facts["evidence_refused"] is True


def test_a_better_photo_is_asked_for_once_and_the_next_one_counts(world: World) -> None:
    talk = at_evidence(world)
    asked = talk.question or ""
    kind = asked.removeprefix("evidence:").partition("|")[0]
    talk.send("too_dark")
    assert talk.text == TEXTS.say("utter_photo_too_dark", "en")
    assert (talk.question, kind in talk.draft.evidence) == (asked, False)
    assert list(talk.choices) == [TEXTS.say("utter_choice_keep_photo", "en")]
    talk.send("too_dark", "too_small")
    assert kind in talk.draft.evidence
    assert talk.question != asked
    assert TEXTS.say("utter_photo_too_dark", "en") not in talk.text


@pytest.mark.parametrize(
    "said",
    ["no", "I have no better one", "it is the only one I have", "use this one please", "no tengo otra", "就用这张"],
)
def test_a_poor_photo_counts_when_there_is_no_better_one(world: World, said: str) -> None:
    talk = at_evidence(world)
    kind = (talk.question or "").removeprefix("evidence:").partition("|")[0]
    talk.send("too_blurred").hear(said)
    assert kind in talk.draft.evidence
    assert "evidence_refused" not in talk.draft.facts


def test_a_poor_photo_counts_by_its_button(world: World) -> None:
    talk = at_evidence(world)
    kind = (talk.question or "").removeprefix("evidence:").partition("|")[0]
    talk.send("too_small").press("Use this one")
    assert kind in talk.draft.evidence
    assert kind not in talk.draft.skipped


@pytest.mark.parametrize("keep", [True, False], ids=["kept", "replaced"])
def test_a_better_photo_is_asked_for_once_for_a_ticket_too(world: World, keep: bool) -> None:
    talk = at_evidence(world)
    while (talk.question or "").startswith("evidence:"):
        talk.hear("I'll send it tomorrow", "later")
    ticket = talk.press("A refund").press("Yes, send it").ticket
    assert ticket is not None
    talk.hear("I have the photo now", "add_evidence")
    asked = talk.question or ""
    kind = asked.removeprefix("evidence:").partition("|")[0]
    talk.send("too_dark")
    assert (talk.question, talk.text) == (asked, TEXTS.say("utter_photo_too_dark", "en"))
    assert kind not in world.side.tickets.ticket(ticket["number"]).claim["evidence"]
    talk.press("Use this one") if keep else talk.send("too_dark")
    assert kind in world.side.tickets.ticket(ticket["number"]).claim["evidence"]
    assert talk.question != asked


@pytest.mark.parametrize(("said", "intent"), [("ok, one moment", "affirm"), ("why is that?", "ask_why")])
def test_a_better_photo_is_still_waited_for_after_anything_else(world: World, said: str, intent: str) -> None:
    talk = at_evidence(world)
    asked = talk.question
    talk.send("too_blurred").hear(said, intent)
    assert talk.question == asked
    assert list(talk.choices) == [TEXTS.say("utter_choice_keep_photo", "en")]


def test_an_outcome_names_its_remedies_and_clauses_one_by_one(world: World) -> None:
    talk = at_evidence(world)
    while (talk.question or "").startswith("evidence:"):
        talk.send()
    told = next(reply for reply in talk.replies if reply["assessment"])
    lines = told["text"].splitlines()
    remedies, clauses = told["assessment"]["remedies"], told["assessment"]["clauses"]
    assert remedies
    assert set(remedies) <= set(lines)
    assert [TEXTS.say("utter_clause", "en", **clause) for clause in clauses] == lines[-len(clauses) :]


def test_an_unfinished_claim_is_asked_about_in_another_conversation(world: World) -> None:
    first = at_evidence(world)
    talk = world.talk().hear(f"OR100001, {EMAIL}")
    assert talk.question == "resume"
    assert TEXTS.say("utter_why_resume", "en") in talk.hear("why", "ask_why").text
    talk.press("Yes, go on with it")
    assert (talk.draft.affected, talk.draft.facts) == (first.draft.affected, first.draft.facts)
    assert talk.question == first.question


def test_a_new_claim_instead_of_the_unfinished_one(world: World) -> None:
    at_evidence(world)
    talk = world.talk().hear(f"OR100001, {EMAIL}").hear("no", "deny")
    assert talk.question == "issue"
    talk.hear("it is torn", "damaged")
    assert talk.question == "items"
    assert talk.draft.facts == {}


def test_who_tells_the_same_problem_again_is_offered_the_unfinished_claim(world: World) -> None:
    first = at_evidence(world)
    talk = world.talk().hear("it is torn", "damaged").identify()
    assert talk.question == "items"
    talk.press("Yes, go on with it")
    assert talk.question == first.question


def test_nothing_of_a_sent_claim_is_in_the_next_one(world: World) -> None:
    talk = at_ticket(world)
    assert talk.question is None
    talk.hear("my parcel has not come", "non_delivery")
    assert (talk.draft.facts, talk.draft.affected, talk.draft.evidence, talk.draft.order) == ({}, None, (), None)
    assert talk.question == "order_number"


def test_how_a_ticket_stands(world: World) -> None:
    talk = at_ticket(world)
    assert talk.ticket is not None
    number = talk.ticket["number"]
    talk.hear("how is it going?", "claim_status")
    assert number in talk.text
    other = world.talk().hear(f"how is {number}?", "claim_status")
    assert other.question == "email"
    other.hear("thief@example.com")
    assert TEXTS.say("utter_ticket_unknown", "en") in other.text
    assert number not in world.talk().hear(f"how is {number}?", "claim_status").hear("thief@example.com").text
    other.hear(f"how is {number}? I am {EMAIL}", "claim_status")
    assert number in other.text


def test_a_ticket_is_withdrawn_after_a_yes_alone(world: World) -> None:
    talk = at_ticket(world)
    assert talk.ticket is not None
    number = talk.ticket["number"]
    talk.hear("forget it, cancel my claim", "cancel_claim")
    assert talk.question == "confirm"
    assert number in talk.text
    talk.hear("no", "deny")
    assert world.side.tickets.ticket(number).state == "in_review"
    talk.hear("forget it, cancel my claim", "cancel_claim").hear("yes", "affirm")
    assert world.side.tickets.ticket(number).state == "withdrawn"


def test_an_errand_leaves_the_claim_that_is_being_told_as_it_was(world: World) -> None:
    sent = at_ticket(world)
    assert sent.ticket is not None
    number = sent.ticket["number"]
    talk = sent.hear("my shoes have the wrong size", "wrong_size").identify()
    question, draft = talk.question, talk.draft
    talk.hear(f"how is {number}", "claim_status")
    assert number in talk.text
    assert talk.question == question
    assert talk.draft.to_json() == draft.to_json()


def test_a_declined_claim_opens_no_ticket_and_can_be_appealed(world: World) -> None:
    talk = world.talk().hear("I changed my mind", "change_of_mind").identify()
    assert talk.outcome == "declined"
    assert talk.ticket is None
    assert talk.question is None
    talk.press("Ask a person to look again")
    assert talk.question == "appeal_reason"
    talk.hear("it was a gift for somebody who died")
    assert "it was a gift" in talk.text  # in the summary
    ticket = talk.press("Yes, send it").ticket
    assert ticket is not None
    assert ticket["state"] == "appealed"
    assert world.side.tickets.ticket(ticket["number"]).appeal_reason == "it was a gift for somebody who died"


@pytest.mark.parametrize("stage", [*STAGES, at_ticket], ids=lambda stage: stage.__name__)
def test_a_person_at_once_and_then_silence(world: World, stage: Stage) -> None:
    talk = stage(world)
    talk.hear("a human please", "talk_to_human")
    assert TEXTS.say("utter_person_comes", "en") in talk.text
    assert talk.state.mode == "waiting"
    assert talk.replies[-1]["question"] is None
    assert talk.hear("hello?", "greet").replies == ()


def test_outside_of_hours_the_buyer_is_told_when(world: World) -> None:
    world.clock.go(hours=12)
    talk = at_items(world).hear("a human please", "talk_to_human")
    assert "(China time)" in talk.text


def test_starting_over_and_dropping(world: World) -> None:
    talk = at_evidence(world).hear("start over", "start_over")
    assert talk.question == "issue"
    assert talk.draft.facts == {}
    talk = at_evidence(world).hear("drop it", "cancel_claim")
    assert TEXTS.say("utter_claim_cancelled", "en") in talk.text
    assert talk.ticket is None
    assert talk.draft.issue is None


def test_what_the_shops_page_vouches_for_is_not_asked(world: World) -> None:
    talk = world.talk(known={"order": "OR100001", "email": EMAIL}).hear("it is torn", "damaged")
    assert talk.question == "items"


def test_a_button_of_an_earlier_question_is_refused(world: World) -> None:
    talk = at_items(world)
    old = dict(talk.choices)
    talk.press("Canvas bag")
    with pytest.raises(Exception, match="no longer open"):
        talk.take(old["Running shoes 42"])
