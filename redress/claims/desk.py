"""The desk: what each step of a conversation does to its draft, and what it says. Framework-free use cases."""

from collections.abc import Callable
from dataclasses import replace

from redress.claims import corrections, postponed, problems
from redress.claims.affected import Read, Unclear
from redress.claims.answers import Reading
from redress.claims.asides import Asides
from redress.claims.change import Change
from redress.claims.conversation import Conversation, Heard, Question, Reply
from redress.claims.draft import Draft
from redress.claims.errands import Errand, Errands
from redress.claims.naming import SURE, identifying, issue_of, name_issue, ticket_number
from redress.claims.options import Options
from redress.claims.ports import Conflict, StepRecord
from redress.claims.progress import Progress

MOST_RETRIES = 5
VAGUE = 7  # words of "I have a problem with my order", which names no problem yet
FIRST = Question("issue", "choice")
WISHES = ("cancellation", "change_of_mind", "other")  # that nothing went wrong for which to be sorry


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
            if name == "explain" and conversation.draft.ticket:  # why it was decided so, not why we ask
                return self._errands.tell(conversation)
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
            return _unasked(self._errands.begin(conversation, heard, errand))

        return lambda conversation_id, key, heard: self._once(conversation_id, key, lambda c: change(c, heard))

    def drop(self, conversation_id: str, key: str, heard: Heard) -> StepRecord:
        """Drop what is being told; with nothing being told, the buyer means the ticket that is open."""

        return self._once(conversation_id, key, lambda conversation: _unasked(self._drop(conversation, heard)))

    def _drop(self, conversation: Conversation, heard: Heard) -> Change:
        if conversation.draft.errand is not None:
            return self._errands.leave(conversation)
        if conversation.draft.issue is None and self._errands.open_ticket(conversation):
            return self._errands.begin(conversation, heard, "withdraw")
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
        if "appeal" in chosen:
            return self._progress.appeal(conversation, Draft.from_json(chosen["appeal"]))
        if heard.intent == "appeal" and self._progress.appealable(conversation):
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
        idle = heard.choice is None and conversation.draft.errand is None and self._nothing_told(conversation)
        if idle and self._lexicon.withdraws.within(heard.text) and self._errands.open_ticket(conversation):
            return self._errands.begin(conversation, heard, "withdraw")
        if idle and self._lexicon.what_now.within(heard.text):
            if self._errands.known(conversation):
                return self._errands.begin(conversation, heard, "status")
            if self._progress.decided(conversation):
                return self._progress.tell_again(conversation)
        if question is not None and conversation.draft.errand is not None:
            return self._errands.hear(conversation, self._reading(question, heard, conversation), key)
        if question is None and self._wants_another_remedy(conversation, heard):
            return self._errands.another_remedy(conversation, heard, key)
        if question is not None and question.topic == "resume":
            return self._progress.resume(conversation, self._reading(question, heard, conversation))
        if ticket_number(heard.text) and heard.choice is None:
            brings = self._lexicon.brings.within(heard.text) or heard.intent == "add_evidence"
            withdraws = self._lexicon.withdraws.within(heard.text)
            wanted: Errand = "withdraw" if withdraws else "evidence" if brings else "status"
            return self._errands.begin(conversation, heard, wanted)
        if postponed.after_all(heard, conversation.draft, question, self._lexicon):
            labels = self._wording.evidence_labels(conversation, conversation.draft, question)
            open_again = postponed.asked_again(heard.text, conversation.draft, question, labels)
            if open_again is not None:
                return self._progress.advance(replace(conversation, draft=open_again, question=None), ())
        if question is None and self._brings(conversation, heard):
            return self._errands.begin(conversation, heard, "evidence")
        elsewhere = question is not None and question.topic not in ("items", "issue")
        if elsewhere and corrections.further(heard, conversation.draft, self._lexicon):
            noted = self._second_problem(conversation, heard)
            if noted.answered:
                return noted
        corrected = corrections.correct(heard, conversation.draft, question, self._lexicon)
        if corrected is not None:
            reply = Reply(self._texts.say("utter_corrected", conversation.language))
            # without the open question an outcome that was told is told again, as it is now
            return self._progress.advance(replace(conversation, draft=corrected, question=None), (reply,))
        if question is None:  # the last claim is done with: nothing of it may slip into the next one
            if heard.choice is None and not any(character.isalpha() for character in heard.text):
                return Change(conversation, answered=False)
            change = self._answer(self._progress.afresh(conversation), FIRST, heard)
            return change if change.answered else Change(conversation, answered=False)
        if question.topic == "confirm" and self._lexicon.also.within(heard.text) and issue_of(heard):
            return self._second_problem(conversation, heard)
        if question.topic == "confirm":
            return self._progress.confirm(conversation, self._reading(question, heard, conversation))
        return self._answer(conversation, question, heard)

    def _nothing_told(self, conversation: Conversation) -> bool:
        """Whether no claim is being told at the moment: nothing is asked, or only what went wrong."""
        question = conversation.question
        return question is None or (question.topic == "issue" and conversation.draft.issue is None)

    def _gives_up(self, heard: Heard) -> bool:
        return heard.choice is None and self._lexicon.drops.alone(heard.text, self._lexicon.polite)

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

    def _answer(self, conversation: Conversation, question: Question, heard: Heard) -> Change:
        asks = (issue_of(heard) or problems.candidates(heard)) and self._asides.question_instead(conversation, heard)
        if question.topic == "issue" and asks:
            return self._progress.put(asks.conversation, *asks.replies)
        if question.topic == "issue" and (both := problems.torn(heard, self._lexicon)):
            return self._which_problem(conversation, heard, both)
        draft = identifying(heard, conversation.draft)
        if question.topic == "issue" and issue_of(heard) == "other" and len(heard.text.split()) <= VAGUE:
            asking = replace(conversation, draft=draft, question=FIRST)
            return self._progress.put(asking, Reply(self._texts.say("utter_tell_more", conversation.language)))
        read: Read = self._reading(question, heard, replace(conversation, draft=draft)).read()
        if isinstance(read, Unclear):
            reply = Reply(self._texts.say(read.response, conversation.language, **read.values))
            return self._progress.advance(conversation, (reply,))
        if read is None and draft == conversation.draft:
            if question != FIRST:
                return self._second_problem(conversation, heard)
            return Change(replace(conversation, draft=self._remembered(draft, heard)), answered=False)
        if read is None and question == FIRST:
            read = self._remembered(draft, heard)
        taken = replace(problems.queue_second(read or draft, heard, self._lexicon), misses=0)
        said = self._acknowledged(conversation, question, taken)
        return self._progress.advance(replace(conversation, draft=taken), said)

    def _acknowledged(self, conversation: Conversation, question: Question, taken: Draft) -> tuple[Reply, ...]:
        """A kind word when a trouble is first told; what becomes of evidence that is put off or cannot be brought."""
        name = None
        if question.topic == "issue" and conversation.draft.issue is None and taken.issue not in (None, *WISHES):
            name = "utter_sorry"
        elif question.topic == "evidence" and taken.skipped.get(question.subject) in ("later", "unavailable"):
            name = f"utter_skipped_{taken.skipped[question.subject]}"
        return (Reply(self._texts.say(name, conversation.language)),) if name else ()

    def _remembered(self, draft: Draft, heard: Heard) -> Draft:
        """The draft with a message that told no problem we understood, but perhaps items and facts."""
        missed = heard.choice is None and heard.intent in (None, "nlu_fallback", "out_of_scope")
        if not missed or len(heard.text.split()) <= VAGUE or self._asides.asks(heard.text):
            return draft
        return replace(draft, told=(*draft.told, heard.text))

    def _reading(self, question: Question, heard: Heard, conversation: Conversation) -> Reading:
        offered = self._wording.choices(conversation, question, conversation.draft)
        options = Options({choice.title: choice.value for choice in offered})
        return Reading(question, heard, conversation.draft, options, self._lexicon)

    def _which_problem(self, conversation: Conversation, heard: Heard, both: tuple[str, ...]) -> Change:
        """Two problems are equally likely: the buyer says which. The claim counts from this message all the same."""
        draft = conversation.draft
        told = replace(
            identifying(heard, draft),
            told=(*draft.told, heard.text),
            reported_at=draft.reported_at or heard.at.isoformat(),
            candidates=both,
        )
        asking = replace(conversation, draft=told, question=FIRST)
        return Change(asking, (self._wording.ask(asking, FIRST, told),))

    def _second_problem(self, conversation: Conversation, heard: Heard) -> Change:
        """A further problem in the middle of the interview is noted, and taken up after this one.

        Where the first was nothing that the policies know by name, it is that one, told better.
        """
        better = issue_of(heard) not in (None, "other") and heard.choice is None and heard.confidence >= SURE
        draft = conversation.draft
        if draft.issue == "other" and better and not corrections.further(heard, draft, self._lexicon):
            told = name_issue(draft, issue_of(heard) or "other", heard)
            return self._progress.advance(replace(conversation, draft=told), ())
        asks = self._asides.asks_policy(heard)
        queued = None if asks else problems.queue_named(draft, heard, self._lexicon)
        if queued is None or queued.queue == draft.queue:
            return Change(conversation, answered=False)
        issue, language = queued.queue[-1]["issue"], conversation.language
        noted = self._texts.say(
            "utter_problem_noted", language, issue=self._texts.say(f"utter_issue_{issue}", language)
        )
        return self._progress.put(replace(conversation, draft=queued), Reply(noted))


def _waits_for(question: Question | None, kind: str) -> bool:
    """Whether a file of that kind is what the open question asks for."""
    return question is not None and question.kind == "upload" and kind in question.subject.split("|")


def _unasked(change: Change) -> Change:
    """What a rule's action says: the question is left to the form, which puts it when it returns."""
    return replace(change, replies=tuple(reply for reply in change.replies if reply.question is None))
