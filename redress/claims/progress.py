"""How a conversation moves on: identification, the next question, the outcome, the ticket, the next problem."""

from dataclasses import dataclass, replace

from redress.claims import consent, problems
from redress.claims.affected import set_items
from redress.claims.answers import Reading
from redress.claims.change import Change
from redress.claims.conversation import Conversation, Question, Reply
from redress.claims.draft import JSON, Draft
from redress.claims.identify import identify
from redress.claims.interview import Next, choosable, evidence_input, next_step
from redress.claims.lexicon import Lexicon
from redress.claims.naming import told_items
from redress.claims.ports import Clock, NewId, Orders, Store, TicketDraft
from redress.claims.wording import Wording
from redress.policy import Assessment
from redress.policy.vocabulary import FACTS

STATE_OF_OUTCOME = {"qualifies": "in_review", "referred": "in_review", "awaiting_evidence": "awaiting_evidence"}
AGREEING = ("remedy", "confirm", "appeal_reason")  # questions asked once the outcome has been told


@dataclass(frozen=True)
class Progress:
    """Moves conversations on. Everything it needs from outside is handed in."""

    store: Store
    orders: Orders
    wording: Wording
    lexicon: Lexicon
    clock: Clock
    new_id: NewId

    def afresh(self, conversation: Conversation) -> Conversation:
        """The conversation with an empty draft and no open question.

        What the shop's page vouches for stays known, and the e-mail address that proved an order to be the buyer's;
        that order is offered again where one is asked for.
        """
        known, before = conversation.known, conversation.draft
        proved = before.order is not None or (before.issue is None and before.order_number is None)
        email = known.get("email") or (before.email if proved else None)
        last = before.order_number if before.order is not None else before.last_order
        draft = Draft(id=self.new_id.draft(), order_number=known.get("order"), email=email, last_order=last)
        return replace(conversation, draft=draft, question=None)

    def advance(self, conversation: Conversation, said: tuple[Reply, ...]) -> Change:
        """Go on to the next question, telling the outcome when it has just become certain."""
        replies = list(said)
        draft, told = self._identified(conversation)
        draft = replace(draft, doubted=False)  # whatever was doubted has changed, or is shown again
        replies.extend(told)
        if draft.order is not None and draft.affected is None:
            draft = self._with_told_items(draft)
        draft, next_ = self._next(draft, conversation.shop)
        if next_.assessment:
            if not (conversation.question and conversation.question.topic in AGREEING):
                replies.append(self.wording.outcome(conversation, draft, next_.assessment))
            draft = self._settled(draft, next_.assessment)
            if draft.remedy and next_.question and next_.question.topic == "remedy":
                next_ = next_step(draft, conversation.shop, self.wording.packs)
        moved = replace(conversation, draft=draft, question=next_.question)
        if next_.question is None:
            return self._next_problem(moved, tuple(replies))
        return Change(moved, (*replies, self.wording.ask(moved, next_.question, draft)))

    def _next(self, draft: Draft, shop: str) -> tuple[Draft, Next]:
        """The next question that the buyer has not answered before it was asked, and the draft with such answers."""
        while True:
            next_ = next_step(draft, shop, self.wording.packs)
            question = next_.question
            told = self._volunteered(draft, question) if question and question.topic == "fact" else None
            if question is None or told is None:
                return draft, next_
            draft = draft.with_fact(question.subject, told)

    def _volunteered(self, draft: Draft, question: Question) -> object:
        """What an earlier message says of a fact that is to be asked now, the latest first."""
        name, said = question.subject, draft.told[::-1]
        if question.kind == "yes_no":
            values = [self.lexicon.volunteered(name, text) for text in said]
            return next((value for value in values if value is not None), draft.volunteered.get(name))
        if question.kind == "choice":
            named = (
                [self.lexicon.value(FACTS[name].values, text, asked=False) for text in said] if name in FACTS else []
            )
            return next((value for value in named if value is not None), None)
        if name in self.lexicon.reasons:
            return next((text for text in said if self.lexicon.reasons[name].within(text)), None)
        return None

    def put(self, conversation: Conversation, *said: Reply) -> Change:
        """Say something and put the open question again."""
        question = conversation.question
        again = (self.wording.ask(conversation, question, conversation.draft, again=True),) if question else ()
        return Change(conversation, (*said, *again))

    def confirm(self, conversation: Conversation, reading: Reading) -> Change:
        """Take the answer to "shall I send it": a yes opens the ticket, a no says what can be changed."""
        choice = reading.heard.choice
        agreed = choice.get("confirm") if choice is not None else consent.given(reading.heard, self.lexicon)
        if agreed is not True and choice is None and (other := self._other_remedy(conversation, reading)):
            return self.advance(replace(conversation, draft=replace(conversation.draft, remedy=other)), ())
        draft = conversation.draft
        if agreed is None and draft.remedy and self.lexicon.remedies_in(reading.heard.text, [draft.remedy]):
            return self.put(conversation)  # what was chosen, said once more
        if agreed is None:
            return Change(conversation, answered=False)
        if not agreed:
            doubting = replace(conversation, draft=replace(draft, doubted=True))
            return Change(doubting, (self.wording.not_confirmed(conversation),))
        plainly = choice is not None or self.lexicon.sends.within(reading.heard.text)
        if draft.doubted and not plainly:  # a yes to what? it may be one to a change that was not understood
            return self.advance(conversation, ())
        sent = self.store.ticket_of_draft(conversation.draft.id)
        if sent is not None:  # from another device, a moment ago
            told = Reply(self.wording.texts.say("utter_already_sent", conversation.language, number=sent))
            done = replace(conversation, question=None, last_ticket=sent)
            return self._next_problem(done, (told,), leave=True)
        ticket = self._ticket(conversation)
        opened = self.wording.ticket_opened(conversation, ticket.number, ticket.state, self.clock())
        done = replace(conversation, question=None, last_ticket=ticket.number)
        return replace(self._next_problem(done, (opened,), leave=True), ticket=ticket)

    def _other_remedy(self, conversation: Conversation, reading: Reading) -> str | None:
        """Another remedy on offer, where the answer to the summary asks for just one; a question asks for none."""
        text, said = reading.heard.text, self.lexicon
        if "?" in text or said.questions.begins(text):
            return None
        assessment = next_step(conversation.draft, conversation.shop, self.wording.packs).assessment
        offered = choosable(assessment) if assessment else ()
        asked = self.lexicon.remedies_in(reading.heard.text, (k for k in offered if k != conversation.draft.remedy))
        return asked[0] if len(asked) == 1 else None

    def resume(self, conversation: Conversation, reading: Reading) -> Change:
        """Take the answer to "shall we go on with the unfinished claim"."""
        choice = reading.heard.choice
        wanted = choice.get("resume") if choice is not None else reading.yes_or_no()
        if wanted is None:
            return Change(conversation, answered=False)
        unfinished = conversation.draft.resumable
        if wanted and unfinished is not None:
            return self.go_on_with(conversation, unfinished)
        afresh = replace(conversation.draft, resumable=None)
        return self.advance(replace(conversation, draft=afresh, question=None), ())

    def go_on_with(self, conversation: Conversation, unfinished: JSON) -> Change:
        """Go on with a claim that was begun elsewhere, on the order as the shop knows it now."""
        now = conversation.draft
        resumed = replace(Draft.from_json(unfinished), resumable=None)
        if now.order is not None and now.order_number == resumed.order_number:
            resumed = replace(resumed, order=now.order, tracking=now.tracking, email=now.email)
        return self.advance(replace(conversation, draft=resumed, question=None), ())

    def appeal(self, conversation: Conversation, declined: Draft) -> Change:
        """Begin an appeal against a declined claim; a claim that is being told meanwhile waits."""
        current = conversation.draft
        parked = current.to_json() if current.issue and current.id != declined.id else None
        appealing = replace(declined, appeal=True, appeal_reason=None, queue=(), parked=parked)
        return self.advance(replace(conversation, draft=appealing, question=Question("appeal_reason", "text")), ())

    def evidence_question(self, requirement: str, shop: str) -> Question:
        """The question for a piece of evidence: an upload, or a text where the pack says so."""
        version = self.wording.packs[shop].at(self.clock())
        return Question(f"evidence:{requirement}", evidence_input(requirement, version))

    def unpark(self, conversation: Conversation, said: tuple[Reply, ...]) -> Change:
        """Go on with what an errand interrupted: its question is put again, or nothing was open."""
        parked = conversation.draft.parked
        if parked is None:
            return Change(self.afresh(conversation), said)
        draft = Draft.from_json(parked)
        question = next_step(draft, conversation.shop, self.wording.packs).question
        return self.put(replace(conversation, draft=draft, question=question), *said)

    def decided(self, conversation: Conversation) -> bool:
        """Whether the conversation stands at an outcome after which nothing is asked."""
        draft = conversation.draft
        return conversation.question is None and draft.order is not None and draft.issue is not None

    def tell_again(self, conversation: Conversation) -> Change:
        """Tell the outcome at which the conversation stands once more."""
        assessment = next_step(conversation.draft, conversation.shop, self.wording.packs).assessment
        assert assessment is not None
        return Change(conversation, (self.wording.outcome(conversation, conversation.draft, assessment),))

    def appealable(self, conversation: Conversation) -> bool:
        """Whether the latest claim of the conversation ended by being declined."""
        if not self.decided(conversation):
            return False
        ended = next_step(conversation.draft, conversation.shop, self.wording.packs)
        return ended.assessment is not None and ended.assessment.outcome == "declined"

    def _identified(self, conversation: Conversation) -> tuple[Draft, tuple[Reply, ...]]:
        """The draft with its order, where it can be looked up now, and what is said of that.

        An unfinished claim of the same order is asked about before anything else; a buyer who has just told the same
        problem again is only offered it, and goes on.
        """
        draft = conversation.draft
        if draft.order is not None or not (draft.order_number and draft.email):
            return draft, ()
        found = identify(draft, conversation, self.orders, self.store, self.clock())
        if found.response:
            return found.draft, (Reply(self.wording.texts.say(found.response, conversation.language)),)
        draft = found.draft
        unfinished = self.store.unfinished(
            conversation.id, conversation.shop, draft.order_number or "", draft.email or ""
        )
        if unfinished and draft.issue is None:
            return replace(draft, resumable=dict(unfinished)), ()
        if unfinished and draft.issue == unfinished["issue"]:
            return draft, (self.wording.resume_hint(conversation, unfinished),)
        return draft, ()

    def _with_told_items(self, draft: Draft) -> Draft:
        """The draft with the items that were told before they were asked for; "everything" means all of them."""
        assert draft.order is not None
        wanted = told_items(draft.told, draft, self.lexicon)
        if not wanted and any(self.lexicon.everything.within(text) for text in draft.told):
            wanted = {line["sku"]: line["quantity"] for line in draft.order["items"]}
        told = set_items(draft, wanted) if wanted and draft.affected is None else None
        return told if isinstance(told, Draft) else draft

    def _next_problem(self, conversation: Conversation, said: tuple[Reply, ...], *, leave: bool = False) -> Change:
        """After a claim is done with: the one it interrupted, the next one that was told, or none.

        `leave`: the draft has become a ticket and must not be gone on with.
        """
        draft = conversation.draft
        if draft.parked is not None:
            waiting = replace(conversation, draft=Draft.from_json(draft.parked), question=None)
            return self.advance(waiting, said)
        fresh = self.afresh(conversation)
        taken = problems.take_up(draft, fresh.draft)
        if taken is None:
            return Change(fresh if leave else conversation, said)
        next_draft, problem = taken
        language = conversation.language
        issue = self.wording.texts.say(f"utter_issue_{problem['issue']}", language)
        now = Reply(self.wording.texts.say("utter_next_problem", language, issue=issue))
        return self.advance(replace(fresh, draft=next_draft), (*said, now))

    def _ticket(self, conversation: Conversation) -> TicketDraft:
        draft = conversation.draft
        assessment = next_step(draft, conversation.shop, self.wording.packs).assessment
        assert assessment is not None
        cited = self.wording.cited(conversation, assessment)
        return TicketDraft(
            number=self.new_id.ticket(),
            draft_id=draft.id,
            state="appealed" if draft.appeal else STATE_OF_OUTCOME[assessment.outcome],
            claim=draft.claim(conversation.shop),
            assessment={**assessment.to_json(), "clauses": [clause.to_json() for clause in cited]},
            remedy=draft.remedy,
            email=draft.email or "",
            texts=draft.texts,
            appeal_reason=draft.appeal_reason,
        )

    def _settled(self, draft: Draft, assessment: Assessment) -> Draft:
        """The draft with the only remedy there is, or the one wished for; one no longer on offer is forgotten."""
        offered = choosable(assessment)
        if len(offered) == 1:
            return replace(draft, remedy=offered[0])
        if draft.remedy in offered:
            return draft
        wished = {kind for text in draft.told for kind in self.lexicon.wished(text, offered)}
        return replace(draft, remedy=wished.pop() if len(wished) == 1 else None)
