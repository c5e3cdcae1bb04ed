"""The desk: what each step of a conversation does to its draft, and what it says. Framework-free use cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from redress.claims.answers import Options, Unclear, read, volunteer, volunteer_items, yes_or_no
from redress.claims.conversation import Conversation, Heard, Question, Reply
from redress.claims.draft import JSON, Draft
from redress.claims.identify import identify
from redress.claims.interview import Next, choosable, next_step
from redress.claims.ports import Clock, Conflict, NewId, Orders, StepRecord, Store, Texts, TicketDraft
from redress.claims.wording import Wording
from redress.policy import Assessment, Pack

STATE_OF_OUTCOME = {"qualifies": "in_review", "referred": "in_review", "awaiting_evidence": "awaiting_evidence"}
AGREEING = ("remedy", "confirm", "appeal_reason")  # questions asked once the outcome has been told
MOST_RETRIES = 5


@dataclass(frozen=True)
class Change:
    """What a step wants committed. `answered` is False when the message was no answer and a rule shall speak."""

    conversation: Conversation
    replies: tuple[Reply, ...] = ()
    answered: bool = True
    ticket: TicketDraft | None = None


class Desk:
    """The use cases of one desk. Each is one transaction under a key, and repeating it replays what it said."""

    def __init__(
        self, store: Store, orders: Orders, texts: Texts, packs: Mapping[str, Pack], clock: Clock, new_id: NewId
    ) -> None:
        self._store = store
        self._orders = orders
        self._texts = texts
        self._packs = packs
        self._clock = clock
        self._new_id = new_id
        self._wording = Wording(texts, packs)

    def open(self, conversation: Conversation) -> tuple[Conversation, tuple[Reply, ...]]:
        """The conversation as it opens, and its greeting with the first question. Nothing is stored."""
        change = self._advance(self._afresh(conversation), ())
        greeting = Reply(self._texts.say("utter_welcome", conversation.language))
        return change.conversation, (greeting, *change.replies)

    def hear(self, conversation_id: str, key: str, heard: Heard) -> StepRecord:
        """Take one message of the buyer: an answer moves the interview on, anything else is left unanswered."""
        return self._once(conversation_id, key, lambda conversation: self._hear(conversation, heard))

    def received(self, conversation_id: str, key: str, kind: str) -> StepRecord:
        """Take an uploaded piece of evidence of that kind, which the store already keeps."""

        def change(conversation: Conversation) -> Change:
            draft = conversation.draft.with_evidence(kind)
            thanks = Reply(self._texts.say("utter_evidence_received", conversation.language))
            return self._advance(replace(conversation, draft=draft), (thanks,))

        return self._once(conversation_id, key, change)

    def put_again(self, conversation_id: str, key: str) -> StepRecord:
        """Put the open question again, shortened, after something else was answered."""

        def change(conversation: Conversation) -> Change:
            question = conversation.question
            if question is None:
                return Change(conversation)
            return Change(conversation, (self._wording.ask(conversation, question, conversation.draft, again=True),))

        return self._once(conversation_id, key, change)

    def explain(self, conversation_id: str, key: str) -> StepRecord:
        """Say why the open question is asked."""

        def change(conversation: Conversation) -> Change:
            question = conversation.question or Question("issue", "choice")
            return Change(conversation, (Reply(self._wording.why(conversation, question, conversation.draft)),))

        return self._once(conversation_id, key, change)

    def drop(self, conversation_id: str, key: str) -> StepRecord:
        """Forget the draft and wait for whatever comes next."""

        def change(conversation: Conversation) -> Change:
            return Change(
                self._afresh(conversation), (Reply(self._texts.say("utter_claim_cancelled", conversation.language)),)
            )

        return self._once(conversation_id, key, change)

    def start_over(self, conversation_id: str, key: str) -> StepRecord:
        """Forget the draft and open the first question, which the form's return puts."""

        def change(conversation: Conversation) -> Change:
            reply = Reply(self._texts.say("utter_started_over", conversation.language))
            return Change(replace(self._afresh(conversation), question=Question("issue", "choice")), (reply,))

        return self._once(conversation_id, key, change)

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
                    at=self._clock(),
                )
            except Conflict:
                continue
        raise Conflict("The conversation is being changed from elsewhere. Send the message again.")

    def _hear(self, conversation: Conversation, heard: Heard) -> Change:
        question = conversation.question
        if heard.choice is not None and "appeal" in heard.choice:
            return self._advance(replace(conversation, draft=replace(conversation.draft, appeal=True)), ())
        if question is not None and question.topic == "confirm":
            return self._confirm(conversation, heard)
        if question is None:  # the last claim is done with: nothing of it may slip into the next one
            conversation = self._afresh(conversation)
        draft = volunteer(heard, conversation.draft)
        told = self._read(question or Question("issue", "choice"), heard, draft, conversation)
        if isinstance(told, Unclear):
            reply = Reply(self._texts.say(told.response, conversation.language, **told.values))
            return self._advance(conversation, (reply,))
        if told is None:
            told = draft
        if told == conversation.draft:
            return Change(conversation, answered=False)
        return self._advance(replace(conversation, draft=told), ())

    def _read(
        self, question: Question, heard: Heard, draft: Draft, conversation: Conversation
    ) -> Draft | Unclear | None:
        offered = self._wording.choices(conversation, question, draft)
        return read(question, heard, draft, Options({choice.title: choice.value for choice in offered}))

    def _advance(self, conversation: Conversation, said: tuple[Reply, ...]) -> Change:
        """Go on to the next question, telling the outcome when it has just become certain."""
        draft, replies = conversation.draft, list(said)
        if draft.order is None and draft.order_number and draft.email:
            identified = identify(draft, conversation, self._orders, self._store, self._clock())
            draft = identified.draft
            if identified.response:
                replies.append(Reply(self._texts.say(identified.response, conversation.language)))
            elif draft.issue:
                draft = volunteer_items(draft)
        next_ = next_step(draft, conversation.shop, self._packs)
        if next_.assessment and not (conversation.question and conversation.question.topic in AGREEING):
            replies.append(self._wording.outcome(conversation, next_.assessment))
        if next_.assessment and draft.remedy is None and len(choosable(next_.assessment)) == 1:
            draft = replace(draft, remedy=choosable(next_.assessment)[0])
        if next_.question:
            replies.append(self._wording.ask(conversation, next_.question, draft))
        return Change(replace(conversation, draft=draft, question=next_.question), tuple(replies))

    def _confirm(self, conversation: Conversation, heard: Heard) -> Change:
        agreed = heard.choice.get("confirm") if heard.choice else yes_or_no(heard)
        if agreed is None:
            return Change(conversation, answered=False)
        if not agreed:
            reply = Reply(self._texts.say("utter_not_confirmed", conversation.language))
            return Change(conversation, (reply, self._ask_confirmation(conversation)))
        next_ = next_step(conversation.draft, conversation.shop, self._packs)
        assert next_.assessment is not None
        ticket = self._ticket(conversation, next_)
        opened = self._wording.ticket_opened(conversation, ticket.number, ticket.state)
        idle = replace(self._afresh(conversation), last_ticket=ticket.number)
        return Change(idle, (opened,), ticket=ticket)

    def _afresh(self, conversation: Conversation) -> Conversation:
        """The conversation with an empty draft and no open question; what the shop's page vouches for stays known."""
        known = conversation.known
        draft = Draft(id=self._new_id.draft(), order_number=known.get("order"), email=known.get("email"))
        return replace(conversation, draft=draft, question=None)

    def _ask_confirmation(self, conversation: Conversation) -> Reply:
        return self._wording.ask(conversation, Question("confirm", "yes_no"), conversation.draft)

    def _ticket(self, conversation: Conversation, next_: Next) -> TicketDraft:
        draft, assessment = conversation.draft, next_.assessment
        assert assessment is not None
        return TicketDraft(
            number=self._new_id.ticket(),
            draft_id=draft.id,
            state="appealed" if draft.appeal else STATE_OF_OUTCOME[assessment.outcome],
            claim=draft.claim(conversation.shop),
            assessment=_contract(assessment),
            remedy=draft.remedy,
            email=draft.email or "",
            texts=draft.texts,
            appeal_reason=draft.appeal_reason,
        )


def _contract(assessment: Assessment) -> JSON:
    return dict(assessment.to_json())
