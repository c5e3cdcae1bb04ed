"""The desk: what each step of a conversation does to its draft, and what it says. Framework-free use cases."""

from collections.abc import Callable
from dataclasses import replace

from redress.claims import corrections, problems
from redress.claims.answers import Options, Read, Reading, Unclear
from redress.claims.asides import Asides
from redress.claims.change import Change
from redress.claims.conversation import Conversation, Heard, Question, Reply
from redress.claims.draft import Draft
from redress.claims.naming import identifying, issue_of
from redress.claims.ports import Conflict, StepRecord
from redress.claims.progress import Progress

MOST_RETRIES = 5
FIRST = Question("issue", "choice")


class Desk:
    """The use cases of one desk. Each is one transaction under a key, and repeating it replays what it said."""

    def __init__(self, progress: Progress, asides: Asides) -> None:
        self._progress = progress
        self._asides = asides
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
        return self._once(conversation_id, key, lambda conversation: self._hear(conversation, heard))

    def received(self, conversation_id: str, key: str, kind: str, marks: tuple[str, ...] = ()) -> StepRecord:
        """Take an uploaded piece of evidence of that kind, which the store already keeps.

        A photo with quality marks is asked for once more, kindly; a second one is taken as it is.
        """

        def change(conversation: Conversation) -> Change:
            draft, language = conversation.draft, conversation.language
            if marks and f"better:{kind}" not in draft.skipped:
                asked = replace(draft, skipped={**draft.skipped, f"better:{kind}": "asked"})
                reply = Reply(self._texts.say(f"utter_photo_{marks[0]}", language))
                return self._progress.advance(replace(conversation, draft=asked), (reply,))
            thanks = Reply(self._texts.say("utter_evidence_received", language))
            return self._progress.advance(replace(conversation, draft=draft.with_evidence(kind)), (thanks,))

        return self._once(conversation_id, key, change)

    def put_again(self, conversation_id: str, key: str) -> StepRecord:
        """Put the open question again, shortened, after something else was answered."""

        def change(conversation: Conversation) -> Change:
            question = conversation.question
            if question is None or conversation.mode != "bot":
                return Change(conversation)
            return Change(conversation, (self._wording.ask(conversation, question, conversation.draft, again=True),))

        return self._once(conversation_id, key, change)

    def aside(self, name: str) -> Callable[[str, str, Heard], StepRecord]:
        """The use case that answers one kind of message which is no answer; the form then puts its question again."""
        answer = getattr(self._asides, name)

        def use_case(conversation_id: str, key: str, heard: Heard) -> StepRecord:
            return self._once(conversation_id, key, lambda conversation: answer(conversation, heard))

        return use_case

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

    def _hear(self, conversation: Conversation, heard: Heard) -> Change:
        chosen = heard.choice or {}
        if "appeal" in chosen:
            return self._progress.appeal(conversation, Draft.from_json(chosen["appeal"]))
        if heard.intent == "appeal" and self._progress.appealable(conversation):
            return self._progress.appeal(conversation, conversation.draft)
        if "change" in chosen:
            draft = corrections.forget(conversation.draft, chosen["change"])
            return self._progress.advance(replace(conversation, draft=draft), ())
        question = conversation.question
        if question is None:  # the last claim is done with: nothing of it may slip into the next one
            conversation = self._progress.afresh(conversation)
        elif question.topic == "resume":
            return self._progress.resume(conversation, self._reading(question, heard, conversation))
        corrected = corrections.correct(heard, conversation.draft, question, self._lexicon)
        if corrected is not None:
            reply = Reply(self._texts.say("utter_corrected", conversation.language))
            return self._progress.advance(replace(conversation, draft=corrected), (reply,))
        if question is not None and question.topic == "confirm":
            return self._progress.confirm(conversation, self._reading(question, heard, conversation))
        return self._answer(conversation, question or FIRST, heard)

    def _answer(self, conversation: Conversation, question: Question, heard: Heard) -> Change:
        if question.topic == "issue" and problems.torn(heard):
            return self._which_problem(conversation, heard)
        draft = identifying(heard, conversation.draft)
        read: Read = self._reading(question, heard, replace(conversation, draft=draft)).read()
        if isinstance(read, Unclear):
            reply = Reply(self._texts.say(read.response, conversation.language, **read.values))
            return self._progress.advance(conversation, (reply,))
        if read is None and draft == conversation.draft:
            return (
                self._second_problem(conversation, heard) if question != FIRST else Change(conversation, answered=False)
            )
        taken = replace(problems.queue_second(read or draft, heard), misses=0)
        return self._progress.advance(replace(conversation, draft=taken), ())

    def _reading(self, question: Question, heard: Heard, conversation: Conversation) -> Reading:
        offered = self._wording.choices(conversation, question, conversation.draft)
        options = Options({choice.title: choice.value for choice in offered})
        return Reading(question, heard, conversation.draft, options, self._lexicon)

    def _which_problem(self, conversation: Conversation, heard: Heard) -> Change:
        """Two problems are equally likely: the buyer says which. The claim counts from this message all the same."""
        draft = conversation.draft
        told = replace(
            identifying(heard, draft),
            told=(*draft.told, heard.text),
            reported_at=draft.reported_at or heard.at.isoformat(),
        )
        reply = self._wording.which_problem(conversation, problems.candidates(heard))
        return Change(replace(conversation, draft=told, question=FIRST), (reply,))

    def _second_problem(self, conversation: Conversation, heard: Heard) -> Change:
        """A further problem in the middle of the interview is noted, and taken up after this one."""
        draft = problems.queue_named(conversation.draft, heard)
        issue = issue_of(heard)
        if draft is None or issue is None:
            return Change(conversation, answered=False)
        language = conversation.language
        noted = self._texts.say(
            "utter_problem_noted", language, issue=self._texts.say(f"utter_issue_{issue}", language)
        )
        return self._progress.put(replace(conversation, draft=draft), Reply(noted))
