"""The desk: what each step of a conversation does to its draft, and what it says. Framework-free use cases."""

from collections.abc import Callable
from dataclasses import replace

from redress.claims import consent, corrections, postponed, problems
from redress.claims.asides import Asides
from redress.claims.change import Change
from redress.claims.conversation import Conversation, Heard, Question, Reply
from redress.claims.draft import Draft
from redress.claims.errands import Errand, Errands
from redress.claims.interviewing import FIRST, Interviewing
from redress.claims.naming import SURE, issue_of, order_number, ticket_number
from redress.claims.own_questions import OwnQuestions
from redress.claims.ports import Conflict, StepRecord
from redress.claims.progress import Progress

MOST_RETRIES = 5


class Desk:
    """The use cases of one desk. Each is one transaction under a key, and repeating it replays what it said."""

    def __init__(self, progress: Progress, asides: Asides, errands: Errands) -> None:
        self._progress = progress
        self._asides = asides
        self._errands = errands
        self._store = progress.store
        self._wording = progress.wording
        self._texts = progress.wording.texts
        self._lexicon = progress.lexicon
        self._own = OwnQuestions(progress, errands)
        self._interviewing = Interviewing(progress, asides)

    def open(self, conversation: Conversation) -> tuple[Conversation, tuple[Reply, ...]]:
        """The conversation as it opens, and its greeting with the first question. Nothing is stored."""
        change = self._progress.advance(self._progress.afresh(conversation), ())
        greeting = Reply(self._texts.say("utter_welcome", conversation.language))
        return change.conversation, (greeting, *change.replies)

    def hear(self, conversation_id: str, key: str, heard: Heard) -> StepRecord:
        """Take one message of the buyer: an answer moves the interview on, anything else is left unanswered."""
        return self._once(conversation_id, key, lambda conversation: self._hear(conversation, heard, key))

    def received(
        self, conversation_id: str, key: str, kind: str, evidence_id: str, marks: tuple[str, ...] = ()
    ) -> StepRecord:
        """Take an uploaded piece of evidence of that kind, which the store already keeps under that id.

        Of a photo with quality marks a better one is asked for, once: the next of its kind counts whatever its marks.
        """

        def change(conversation: Conversation) -> Change:
            draft, language = conversation.draft, conversation.language
            if marks and _waits_for(conversation.question, kind) and kind not in draft.poor:
                asking = replace(conversation, draft=replace(draft, poor={**draft.poor, kind: evidence_id}))
                return Change(asking, (self._wording.better_photo(asking, marks[0]),))
            if draft.errand or (draft.issue is None and self._errands.open_ticket(conversation)):
                return self._errands.received(conversation, kind, evidence_id, key)
            taken = replace(conversation, draft=draft.with_evidence(kind))
            thanks = Reply(self._texts.say("utter_evidence_received", language))
            return self._progress.advance(taken, (thanks,))

        return self._once(conversation_id, key, change)

    def put_again(self, conversation_id: str, key: str) -> StepRecord:
        """Put the open question again, shortened, after something else was answered."""

        def change(conversation: Conversation) -> Change:
            question = conversation.question
            if question is None or conversation.mode != "bot":
                return Change(conversation)
            return Change(conversation, (self._wording.ask(conversation, question, conversation.draft, again=True),))

        return self._once(conversation_id, key, change)

    def waits_for(self, conversation: Conversation) -> str | None:
        """The evidence requirement that an upload without a kind is for; None where no file makes sense."""
        question = conversation.question
        if question is not None and question.kind == "upload":
            return question.subject
        ticket = self._errands.open_ticket(conversation)
        if conversation.draft.issue is None and ticket is not None:
            return ticket.wanted[0] if ticket.wanted else "photo_item"
        return "photo_item" if conversation.draft.issue is not None else None

    def aside(self, name: str) -> Callable[[str, str, Heard], StepRecord]:
        """The use case that answers one kind of message which is no answer; the form then puts its question again."""
        answer = getattr(self._asides, name)

        def change(conversation: Conversation, heard: Heard) -> Change:
            if name == "explain" and (decided := self._own.decided(conversation)):  # why so, not why we ask
                return decided
            change_: Change = answer(conversation, heard)
            return change_

        return lambda conversation_id, key, heard: self._once(conversation_id, key, lambda c: change(c, heard))

    def errand(self, errand: Errand) -> Callable[[str, str, Heard], StepRecord]:
        """The use case that begins what a buyer wants of a ticket; the form then puts the question that it opens."""

        def change(conversation: Conversation, heard: Heard) -> Change:
            if errand == "status" and not self._errands.known(conversation) and ticket_number(heard.text) is None:
                told = self._asides.question_instead(conversation, heard)  # "where does the refund go?"
                if told is not None:
                    return told
            begun = _unasked(self._errands.begin(conversation, heard, errand))
            if errand == "status" and heard.intent == "refund_status" and self._errands.granted(conversation):
                told = self._asides.question_instead(conversation, heard)  # "when do I get the money?"
                return replace(begun, replies=(*begun.replies, *(told.replies if told else ())))
            return begun

        return lambda conversation_id, key, heard: self._once(conversation_id, key, lambda c: change(c, heard))

    def drop(self, conversation_id: str, key: str, heard: Heard) -> StepRecord:
        """Drop what is being told; with nothing being told, the buyer means the ticket that is open."""

        return self._once(conversation_id, key, lambda conversation: _unasked(self._drop(conversation, heard)))

    def _drop(self, conversation: Conversation, heard: Heard) -> Change:
        if conversation.draft.errand is not None:
            return self._errands.leave(conversation)
        if conversation.draft.issue is None and self._errands.open_ticket(conversation):
            return self._errands.begin(conversation, heard, "withdraw")
        if conversation.draft.issue is None and heard.confidence < SURE:  # a guess, and there is nothing to drop
            return self._asides.not_understood(conversation, heard)
        return self._asides.drop(conversation, heard)

    def _once(self, conversation_id: str, key: str, change: Callable[[Conversation], Change]) -> StepRecord:
        for _ in range(MOST_RETRIES):
            done = self._store.step(conversation_id, key)
            if done is not None:
                return done
            wanted = change(self._store.conversation(conversation_id))
            try:
                return self._store.commit_step(
                    wanted.conversation,
                    key,
                    wanted.replies,
                    answered=wanted.answered,
                    ticket=wanted.ticket,
                    at=self._progress.clock(),
                )
            except Conflict:
                continue
        raise Conflict("The conversation is being changed from elsewhere. Send the message again.")

    def _hear(self, conversation: Conversation, heard: Heard, key: str) -> Change:
        chosen = heard.choice or {}
        if conversation.mode == "waiting" or "goes_on" in chosen:  # nothing but this wish gets here while one waits
            back = Reply(self._texts.say("utter_bot_back", conversation.language))
            return self._progress.put(replace(conversation, mode="bot"), back)
        if "appeal" in chosen:
            return self._progress.appeal(conversation, Draft.from_json(chosen["appeal"]))
        if (told := self._own.answer(conversation, heard)) is not None:
            return told
        objects = heard.choice is None and self._lexicon.objects.within(heard.text)
        if (heard.intent == "appeal" or objects) and self._progress.appealable(conversation):
            return self._progress.appeal(conversation, conversation.draft)
        if "change" in chosen:
            draft = corrections.forget(conversation.draft, chosen["change"])
            return self._progress.advance(replace(conversation, draft=draft, question=None), ())
        if isinstance(chosen.get("resume"), dict):
            return self._progress.go_on_with(conversation, chosen["resume"])
        heard = problems.settled(heard, self._lexicon)
        question = conversation.question
        if question is not None and conversation.draft.issue and self._gives_up(heard):
            return self._drop(conversation, heard)
        if question is not None and self._nothing_told(conversation) and self._gives_up(heard):
            return Change(conversation, (Reply(self._texts.say("utter_nothing_open", conversation.language)),))
        idle = heard.choice is None and conversation.draft.errand is None and self._nothing_told(conversation)
        if idle and self._lexicon.withdraws.within(heard.text) and self._errands.open_ticket(conversation):
            return self._errands.begin(conversation, heard, "withdraw")
        draft, text = conversation.draft, heard.text
        telling = heard.choice is None and question is not None and draft.issue and not draft.errand
        if telling and self._lexicon.abandons.within(text) and not ticket_number(text) and not self._asides.asks(text):
            return self._drop(conversation, heard)
        dropped = draft.resumable if question is None and heard.choice is None else None
        if dropped is not None and self._lexicon.resumes.within(text) and issue_of(heard) in (None, dropped["issue"]):
            return self._progress.go_on_with(conversation, dropped)
        if question is None and self._accepts(heard) and self._progress.appealable(conversation):
            return self._progress.appeal(conversation, conversation.draft)  # "you may ask a person": "yes, please do"
        if idle and self._lexicon.what_now.within(heard.text):
            if self._errands.known(conversation):
                return self._errands.begin(conversation, heard, "status")
            if self._progress.decided(conversation):
                return self._progress.tell_again(conversation)
        if question is not None and conversation.draft.errand is not None:
            return self._errands.hear(conversation, self._interviewing.reading(question, heard, conversation), key)
        if idle and self._wants_another_remedy(conversation, heard):
            return self._errands.another_remedy(conversation, heard, key)
        if question is not None and question.topic == "resume":
            return self._progress.resume(conversation, self._interviewing.reading(question, heard, conversation))
        if ticket_number(heard.text) and heard.choice is None:
            adds = self._lexicon.brings.within(heard.text) or heard.intent == "add_evidence"
            withdraws = self._lexicon.withdraws.within(heard.text)
            wanted: Errand = "withdraw" if withdraws else "evidence" if adds else "status"
            return self._errands.begin(conversation, heard, wanted)
        asked = question is not None and question.topic == "confirm" and heard.choice is None
        agrees = asked and consent.given(heard, self._lexicon)  # "that's as it should be, send it off"
        brings = not agrees or self._lexicon.brings.within(heard.text)
        if brings and postponed.after_all(heard, conversation.draft, question, self._lexicon):
            labels = self._wording.evidence_labels(conversation, conversation.draft, question)
            open_again = postponed.asked_again(heard.text, conversation.draft, question, labels)
            if open_again is not None:
                return self._progress.advance(replace(conversation, draft=open_again, question=None), ())
        if question is None and self._brings(conversation, heard):
            return self._errands.begin(conversation, heard, "evidence")
        named = conversation.draft.order_number and order_number(heard.text)
        own = question is not None and not named and self._lexicon.fact(question.subject, heard.text) is not None
        elsewhere = question is not None and not own and (question.topic not in ("items", "issue") or named)
        if elsewhere and corrections.further(heard, conversation.draft, self._lexicon):
            noted = self._interviewing.second_problem(conversation, heard)
            if noted.answered:
                return noted
        corrected = corrections.correct(heard, conversation.draft, question, self._lexicon)
        if corrected is not None and not (agrees and corrected.issue != conversation.draft.issue):
            reply = Reply(self._texts.say("utter_corrected", conversation.language))
            # without the open question an outcome that was told is told again, as it is now
            return self._progress.advance(replace(conversation, draft=corrected, question=None), (reply,))
        if question is None:  # the last claim is done with: nothing of it may slip into the next one
            if heard.choice is None and not any(character.isalpha() for character in heard.text):
                return Change(conversation, answered=False)
            change = self._interviewing.answer(self._progress.afresh(conversation), FIRST, heard)
            return change if change.answered else Change(conversation, answered=False)
        if question.topic == "confirm":
            also = self._lexicon.also.within(heard.text) and issue_of(heard)
            another = not agrees and corrections.tells_another(heard, conversation.draft, self._lexicon)
            if heard.choice is None and (also or another):
                noted = self._interviewing.second_problem(conversation, heard)
                if also or noted.answered:
                    return noted
            return self._progress.confirm(conversation, self._interviewing.reading(question, heard, conversation))
        return self._interviewing.answer(conversation, question, heard)

    def _nothing_told(self, conversation: Conversation) -> bool:
        """Whether no claim is being told at the moment: nothing is asked, or only what went wrong."""
        question = conversation.question
        return question is None or (question.topic == "issue" and conversation.draft.issue is None)

    def _gives_up(self, heard: Heard) -> bool:
        return heard.choice is None and self._lexicon.drops.alone(heard.text, self._lexicon.polite)

    def _accepts(self, heard: Heard) -> bool:
        """Whether a message is a plain yes and nothing else; an "ok" takes leave."""
        return heard.choice is None and self._lexicon.firm.alone(heard.text, self._lexicon.polite)

    def _brings(self, conversation: Conversation, heard: Heard) -> bool:
        """Whether evidence is announced that a ticket of this conversation still waits for."""
        if heard.choice is not None or not self._lexicon.brings.within(heard.text):
            return False
        ticket = self._errands.open_ticket(conversation)
        return ticket is not None and bool(ticket.wanted)

    def _wants_another_remedy(self, conversation: Conversation, heard: Heard) -> bool:
        named = any(phrases.within(heard.text) for phrases in self._lexicon.remedies.values())
        return (
            named and self._lexicon.corrects.within(heard.text) and self._errands.open_ticket(conversation) is not None
        )


def _waits_for(question: Question | None, kind: str) -> bool:
    """Whether a file of that kind is what the open question asks for."""
    return question is not None and question.kind == "upload" and kind in question.subject.split("|")


def _unasked(change: Change) -> Change:
    """What a rule's action says: the question is left to the form, which puts it when it returns."""
    return replace(change, replies=tuple(reply for reply in change.replies if reply.question is None))
