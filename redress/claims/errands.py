"""What buyers want of their tickets: how one stands, more evidence, another remedy, withdrawing, an appeal, a rating.

A ticket that this conversation opened needs no proof; for another, its number and the e-mail address are asked. A claim
that is being told meanwhile is parked, and gone on with afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from redress.claims import consent
from redress.claims.answers import Reading, stars_of
from redress.claims.change import Change
from redress.claims.conversation import Choice, Conversation, Heard, Question, Reply
from redress.claims.draft import Draft
from redress.claims.naming import email_address, ticket_number
from redress.claims.own_tickets import OwnTickets, Told, choosable
from redress.claims.progress import Progress
from redress.claims.tickets import DECIDED, UNDECIDED, Ticket
from redress.errors import RedressError

Errand = Literal["status", "evidence", "remedy", "withdraw", "appeal", "rate"]

# What is said in the middle of a claim where no ticket is known.
WITHOUT_TICKET: Mapping[str, str] = {"status": "utter_ticket_which"}

# The question that each errand asks once its ticket is known; evidence asks for what is still wanted.
ASKED: Mapping[str, Question] = {
    "remedy": Question("remedy", "choice"),
    "withdraw": Question("confirm", "yes_no"),
    "appeal": Question("appeal_reason", "text"),
    "rate": Question("feedback", "choice"),
}


@dataclass(frozen=True)
class Errands:
    """Runs errands. Changes of tickets are transactions of their own, each taking effect once under the step's key."""

    progress: Progress
    tickets: OwnTickets

    def begin(self, conversation: Conversation, heard: Heard, errand: Errand) -> Change:
        """Begin an errand: about the ticket that the message names, else the newest of this conversation."""
        bare = not any(character.isalpha() for character in heard.text)
        if errand == "rate" and bare and not self._rated(conversation):  # a number that answers nothing
            return Change(conversation, (Reply(self._say(conversation, "utter_not_understood")),))
        named = ticket_number(heard.text)
        known = self.known(conversation)
        ticket = next((one for one in known if one.number == named), None) if named else next(iter(known), None)
        if ticket is None and named is None and conversation.question is not None:
            # a claim is being told: it is not left for a ticket that nobody has named
            attach = errand == "evidence" and conversation.question.kind == "upload"
            means_one = self.progress.lexicon.tickets.within(heard.text)
            which = WITHOUT_TICKET.get(errand, "utter_not_understood") if means_one else "utter_no_ticket_yet"
            if which == "utter_ticket_which" and conversation.draft.issue is not None:
                which = "utter_ticket_which_other"
            name = "utter_attach" if attach else which
            person = Choice(self._say(conversation, "utter_choice_person"), {"say": "/talk_to_human"})
            choices = (person,) if errand == "appeal" else ()  # nothing is declined, but a person is wanted
            return Change(conversation, (Reply(self._say(conversation, name), choices),))
        if ticket is None:
            return self._identify(conversation, self._parking(conversation, errand, named, email_address(heard.text)))
        if errand == "rate" and ticket.state in DECIDED and (stars := stars_of(heard.text)):
            told = self.tickets.rate(
                ticket.number, stars, heard.own_words, key=f"{conversation.id}:{heard.at.isoformat()}"
            )
            return self.progress.put(conversation, _of(told.ticket, told.text))
        return self._about(conversation, ticket, errand, self._parked(conversation))

    def another_remedy(self, conversation: Conversation, heard: Heard, key: str) -> Change:
        """Take another remedy that the message names for the open ticket; ask which, where it names none or several."""
        ticket = self.open_ticket(conversation)
        assert ticket is not None
        named = self.progress.lexicon.remedies_in(
            heard.text, [one for one in choosable(ticket) if one != ticket.remedy]
        )
        if len(named) != 1:
            return self.begin(conversation, heard, "remedy")
        told = self.tickets.choose_remedy(ticket.number, named[0], key=f"{conversation.id}:{key}")
        return self.progress.put(conversation, _of(told.ticket, told.text))

    def hear(self, conversation: Conversation, reading: Reading, key: str) -> Change:
        """Take the answer to an errand's question."""
        draft, question = conversation.draft, reading.question
        if question.topic in ("ticket_number", "email"):
            told = reading.read()
            if not isinstance(told, Draft):
                return Change(conversation, answered=False)
            email = told.email or email_address(reading.heard.text)
            return self._identify(conversation, replace(told, email=email))
        assert draft.ticket is not None
        try:
            done = self._do(conversation, reading, f"{conversation.id}:{key}")
        except RedressError as error:
            return self._end(conversation, Reply(self._refusal(conversation, error)))
        return done or Change(conversation, answered=False)

    def received(self, conversation: Conversation, kind: str, evidence_id: str, key: str) -> Change:
        """Add an uploaded piece of evidence to the errand's ticket, or else to the newest of this conversation."""
        draft = conversation.draft
        number = draft.ticket or next(iter(self.known(conversation))).number
        pieces = [draft.poor[kind], evidence_id] if kind in draft.poor else [evidence_id]
        try:
            told = self.tickets.add_evidence(number, kind, key=f"{conversation.id}:{key}", evidence=pieces)
        except RedressError as error:
            return self._end(conversation, Reply(self._refusal(conversation, error)))
        return self._more_evidence(conversation, told)

    def tell(self, conversation: Conversation) -> Change:
        """How the errand's ticket stands, and why."""
        return Change(conversation, (self.status(self.tickets.proved(conversation.draft.ticket or "")),))

    def leave(self, conversation: Conversation) -> Change:
        """The buyer wants nothing of the ticket after all: what was interrupted goes on."""
        return self._end(conversation, Reply(self._say(conversation, "utter_errand_left")))

    def open_ticket(self, conversation: Conversation) -> Ticket | None:
        """The newest ticket that needs no proof here and is not decided yet."""
        return next((one for one in self.known(conversation) if one.state in UNDECIDED), None)

    def granted(self, conversation: Conversation) -> bool:
        """Whether the newest ticket that needs no proof here is approved and not paid yet."""
        return next((one.state == "approved" for one in self.known(conversation)), False)

    def _do(self, conversation: Conversation, reading: Reading, key: str) -> Change | None:
        draft = conversation.draft
        number = draft.ticket or ""
        if draft.errand == "withdraw":
            agreed = (
                reading.heard.choice.get("confirm")
                if reading.heard.choice
                else consent.given(reading.heard, reading.lexicon)
            )
            if agreed is None:
                return None
            if not agreed:
                return self.leave(conversation)
            return self._told(conversation, self.tickets.withdraw(number, key=key))
        if draft.errand == "rate":
            stars = (reading.heard.choice or {}).get("stars") or reading.stars()
            if stars is None:  # asked once: whoever says something else is not asked again
                return replace(self._end(conversation), replies=(), answered=False)
            return self._told(conversation, self.tickets.rate(number, stars, reading.heard.own_words, key=key))
        told = reading.read()
        if not isinstance(told, Draft):
            return None
        if draft.errand == "remedy":
            return self._told(conversation, self.tickets.choose_remedy(number, told.remedy or "", key=key))
        if draft.errand == "appeal":
            return self._told(conversation, self.tickets.appeal(number, told.appeal_reason or "", key=key))
        kind = reading.question.subject
        if kind in told.skipped:
            return self._end(conversation, Reply(self._say(conversation, "utter_evidence_waits")))
        if poor := draft.poor_of(kind):
            kept = self.tickets.add_evidence(number, poor, key=key, evidence=[draft.poor[poor]])
            return self._more_evidence(conversation, kept)
        added = self.tickets.add_evidence(number, kind.partition("|")[0], key=key, text=told.texts[kind])
        return self._more_evidence(conversation, added)

    def _identify(self, conversation: Conversation, draft: Draft) -> Change:
        """Ask for the ticket's number and e-mail address, then look it up."""
        if draft.ticket is None or draft.email is None:
            missing = Question("ticket_number", "text") if draft.ticket is None else Question("email", "email")
            asking = replace(conversation, draft=draft, question=missing)
            return Change(asking, (self.progress.wording.ask(asking, missing, draft),))
        try:
            ticket = self.tickets.find(draft.ticket, draft.email, conversation)
        except RedressError as error:
            return self._end(replace(conversation, draft=draft), Reply(self._refusal(conversation, error)))
        return self._about(conversation, ticket, draft.errand or "status", draft.parked)

    def _about(self, conversation: Conversation, ticket: Ticket, errand: str, parked: object) -> Change:
        draft = replace(self._as_draft(ticket, errand), parked=parked)  # type: ignore[arg-type]
        about = replace(conversation, draft=draft, last_ticket=ticket.number)
        if errand == "status":
            return self._end(about, self.status(ticket))
        possible = {
            "remedy": ticket.state in UNDECIDED and len(choosable(ticket)) > 1,
            "rate": ticket.state in DECIDED,
            "withdraw": ticket.state in UNDECIDED,
        }.get(errand, True)
        question = self._wanted(ticket) if errand == "evidence" else ASKED[errand] if possible else None
        if question is None:
            return self._end(about, self.status(ticket))
        asking = replace(about, question=question)
        return Change(asking, (self.progress.wording.ask(asking, question, draft),))

    def _more_evidence(self, conversation: Conversation, told: Told) -> Change:
        reply = _of(told.ticket, told.text)
        question = self._wanted(told.ticket)
        if question is None or conversation.draft.errand != "evidence":
            return self._end(conversation, reply)
        draft = replace(self._as_draft(told.ticket, "evidence"), parked=conversation.draft.parked)
        asking = replace(conversation, draft=draft, question=question)
        return Change(asking, (reply, self.progress.wording.ask(asking, question, draft)))

    def _wanted(self, ticket: Ticket) -> Question | None:
        if not ticket.wanted:
            return None
        return self.progress.evidence_question(ticket.wanted[0], ticket.shop)

    def _told(self, conversation: Conversation, told: Told) -> Change:
        return self._end(conversation, _of(told.ticket, told.text))

    def status(self, ticket: Ticket) -> Reply:
        """How a ticket stands."""
        return _of(ticket, self.tickets.status(ticket))

    def _end(self, conversation: Conversation, *said: Reply) -> Change:
        """The errand is over: what it interrupted goes on."""
        if conversation.draft.errand is None:
            return self.progress.put(conversation, *said)
        return self.progress.unpark(conversation, said)

    def known(self, conversation: Conversation) -> tuple[Ticket, ...]:
        """The tickets that need no proof here: those that this conversation opened, and the one it has proved."""
        mine = self.tickets.of_conversation(conversation.id)
        proved = conversation.last_ticket
        if proved is None or any(ticket.number == proved for ticket in mine):
            return mine
        return (self.tickets.proved(proved), *mine)

    def _rated(self, conversation: Conversation) -> bool:
        """Whether a ticket of this conversation can be rated."""
        return any(ticket.state in DECIDED for ticket in self.known(conversation))

    def _parking(self, conversation: Conversation, errand: str, number: str | None, email: str | None) -> Draft:
        fresh = self.progress.afresh(conversation).draft
        known = email or conversation.draft.email
        parked = self._parked(conversation)
        return replace(fresh, errand=errand, ticket=number, email=known, order_number=None, parked=parked)

    def _parked(self, conversation: Conversation) -> dict[str, object] | None:
        draft = conversation.draft
        if draft.errand is not None:
            return draft.parked
        return draft.to_json() if conversation.question is not None else None

    def _as_draft(self, ticket: Ticket, errand: str) -> Draft:
        """The ticket's claim in the form in which questions are worded; never sent again."""
        claim = ticket.claim
        return Draft(
            id=self.progress.new_id.draft(),
            issue=claim["issue"],
            reported_at=claim["reported_at"],
            order_number=claim["order"]["number"],
            email=ticket.email,
            order=claim["order"],
            tracking=(claim.get("tracking") or {}).get("status", "unknown"),
            affected={one["sku"]: one["quantity"] for one in claim["affected"]} if claim.get("affected") else None,
            facts=claim["facts"],
            evidence=tuple(claim["evidence"]),
            errand=errand,
            ticket=ticket.number,
        )

    def _refusal(self, conversation: Conversation, error: RedressError) -> str:
        return self._say(conversation, REFUSALS.get(error.code, "utter_ticket_not_possible"))

    def _say(self, conversation: Conversation, name: str) -> str:
        return self.progress.wording.texts.say(name, conversation.language)


# How a refused errand is told; any other refusal: it is not possible as the ticket stands.
REFUSALS = {
    "not_found": "utter_ticket_unknown",
    "too_many_attempts": "utter_identification_locked",
    "too_late": "utter_ticket_too_late",
}


def _of(ticket: Ticket, text: str) -> Reply:
    return Reply(text, ticket={"number": ticket.number, "state": ticket.state})
