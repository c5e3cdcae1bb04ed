"""What buyers do with their tickets. Each method is one transaction; repeating it under its `key` changes nothing more.

The buyer's answer is in `Told.text`, for the reply of the turn in which they asked: no line is added to the transcript.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from redress.claims.cases import Cases
from redress.claims.clocks import due_since
from redress.claims.conversation import Conversation
from redress.claims.identify import LOCKED_FOR, MOST_FAILURES, MOST_FAILURES_PER_ADDRESS
from redress.claims.interview import ACCOMPANYING
from redress.claims.tickets import BUYER, DECIDED, UNDECIDED, ImpossibleChange, Ticket, change, record
from redress.errors import RedressError
from redress.policy import assess, parse_claim

MOST_STARS = 5


class TicketUnknown(RedressError):
    """No ticket with that number and e-mail address; which of the two is wrong is not told."""

    code = "not_found"


class TooManyAttempts(RedressError):
    """Five failed attempts within 15 minutes; the next is refused unseen."""

    code = "too_many_attempts"


class TooLate(RedressError):
    """An appeal after its window; `until` was its end."""

    code = "too_late"

    def __init__(self, ticket: Ticket, until: datetime) -> None:
        self.number, self.until = ticket.number, until
        super().__init__(f"Ticket {ticket.number} could be appealed until {until.isoformat()}.")


class Unusable(RedressError):
    """An answer about a ticket that cannot stand; `allowed` is what could."""

    code = "unusable"

    def __init__(self, message: str, field: str, allowed: Sequence[str]) -> None:
        self.allowed = tuple(allowed)
        super().__init__(message, field=field)


class Failures(Protocol):
    """Counts failed identifications; the store of conversations does."""

    def failures(self, keys: Sequence[str], since: datetime) -> Mapping[str, int]: ...

    def add_failure(self, keys: Sequence[str], at: datetime) -> None: ...


@dataclass(frozen=True)
class Told:
    """A ticket after the buyer changed it, and what they are told, in the ticket's language."""

    ticket: Ticket
    text: str


class OwnTickets:
    """The buyer's use cases. `key` is the step that asks (conversation and client id): it takes effect once."""

    def __init__(self, cases: Cases, failures: Failures) -> None:
        self._cases = cases
        self._failures = failures

    def of_conversation(self, conversation_id: str) -> tuple[Ticket, ...]:
        """The tickets that this conversation opened, the newest first: nothing more has to be proved for them."""
        return self._cases.store.of_conversation(conversation_id)

    def proved(self, number: str) -> Ticket:
        """A ticket that the conversation has proved to be its buyer's before."""
        return self._cases.store.ticket(number)

    def find(self, number: str, email: str, conversation: Conversation) -> Ticket:
        """The ticket with that number whose e-mail address is that one, letter case aside.

        Raises TicketUnknown for either being wrong, TooManyAttempts when the number, the conversation or its address
        has failed too often.
        """
        number, now = number.strip().upper(), self._cases.clock()
        limits = {
            f"ticket:{number[:40]}": MOST_FAILURES,
            f"conversation:{conversation.id}": MOST_FAILURES,
            f"address:{conversation.client}": MOST_FAILURES_PER_ADDRESS,
        }
        failed = self._failures.failures(list(limits), now - LOCKED_FOR)
        if any(failed.get(key, 0) >= most for key, most in limits.items()):
            raise TooManyAttempts("Too many attempts that did not match. Try again in 15 minutes.")
        try:
            ticket = self._cases.store.ticket(number)
        except RedressError:
            ticket = None
        same = ticket is not None and ticket.email.casefold() == email.strip().casefold()
        if ticket is None or not same or ticket.shop != conversation.shop:
            self._failures.add_failure(list(limits), now)
            raise TicketUnknown("There is no ticket with that number and that e-mail address.", field="number")
        return ticket

    def add_evidence(
        self, number: str, kind: str, *, key: str, text: str | None = None, evidence: Sequence[str] = ()
    ) -> Told:
        """Add evidence of a kind: a text, or uploads that the store already keeps under the ids `evidence`.

        The claim is assessed again with all there is, as reported when it was reported. A ticket that waited for
        nothing else goes into review.
        """

        def how(ticket: Ticket, at: datetime) -> Ticket:
            if ticket.state not in UNDECIDED:
                raise ImpossibleChange(ticket, "given evidence")
            added = self._assessed_with(ticket, kind, text)
            wanted = tuple(one for one in ticket.wanted if kind not in one.split("|"))
            complete = ticket.state == "awaiting_evidence" and not wanted
            step = None if complete else key
            added = record(added, "evidence", BUYER, at, key=step, details={"evidence": kind}, wanted=wanted)
            if not complete:
                return added
            moved = change(added, "in_review", BUYER, at, "the evidence is complete", key=key)
            return replace(moved, due=due_since(moved, self._cases.packs[ticket.shop], at))

        return self._once(number, key, how, evidence)

    def withdraw(self, number: str, *, key: str, reason: str = "") -> Told:
        """Give the claim up. ImpossibleChange once it has been decided."""
        return self._once(
            number, key, lambda t, at: self._moved(change(t, "withdrawn", BUYER, at, reason, key=key, wanted=()), at)
        )

    def appeal(self, number: str, reason: str, *, key: str) -> Told:
        """Ask that a person looks again at a decline. TooLate after the window, ImpossibleChange in another state."""

        def how(ticket: Ticket, at: datetime) -> Ticket:
            if ticket.due.appeal and at > ticket.due.appeal:
                raise TooLate(ticket, ticket.due.appeal)
            return self._moved(change(ticket, "appealed", BUYER, at, reason, key=key, appeal_reason=reason), at)

        return self._once(number, key, how)

    def choose_remedy(self, number: str, kind: str, *, key: str) -> Told:
        """Wish for another of the remedies that the assessment offers, until it has been decided."""

        def how(ticket: Ticket, at: datetime) -> Ticket:
            allowed = choosable(ticket)
            if ticket.state not in UNDECIDED:
                raise ImpossibleChange(ticket, "given another remedy")
            if kind not in allowed:
                raise Unusable(f"The policy offers {', '.join(allowed) or 'no choice'}.", "remedy", allowed)
            return record(ticket, "remedy", BUYER, at, key=key, details={"remedy": kind}, remedy=kind)

        return self._once(number, key, how)

    def rate(self, number: str, stars: int, word: str = "", *, key: str) -> Told:
        """Say how it went, 1 to 5 stars and a word, once it has been decided; the latest rating counts."""

        def how(ticket: Ticket, at: datetime) -> Ticket:
            if ticket.state not in DECIDED:
                raise ImpossibleChange(ticket, "rated")
            if not 1 <= stars <= MOST_STARS:
                raise Unusable("Give one to five stars.", "stars", [str(n) for n in range(1, MOST_STARS + 1)])
            word_ = word.strip() or None
            return record(
                ticket, "rated", BUYER, at, key=key, details={"stars": stars}, rating=stars, rating_word=word_
            )

        return self._once(number, key, how)

    def status(self, ticket: Ticket) -> str:
        """Where the ticket stands, in its language: the state, what is still missing, what is due when."""
        return self._cases.announcer.status(ticket)

    def _moved(self, ticket: Ticket, at: datetime) -> Ticket:
        return replace(ticket, due=due_since(ticket, self._cases.packs[ticket.shop], at))

    def _assessed_with(self, ticket: Ticket, kind: str, text: str | None) -> Ticket:
        packs = self._cases.packs
        if kind not in packs[ticket.shop].evidence_kinds:
            raise Unusable(f"There is no evidence kind {kind!r}.", "kind", packs[ticket.shop].evidence_kinds)
        claim = {**ticket.claim, "evidence": sorted({*ticket.claim["evidence"], kind})}
        cited = ticket.assessment.get("clauses", [])  # the same row decides, by the same clauses
        assessment = {**assess(parse_claim(claim, packs), packs[ticket.shop]).to_json(), "clauses": cited}
        texts = ticket.texts if text is None else {**ticket.texts, kind: text}
        return replace(ticket, claim=claim, assessment=assessment, texts=texts)

    def _once(
        self, number: str, key: str, how: Callable[[Ticket, datetime], Ticket], evidence: Sequence[str] = ()
    ) -> Told:
        def unless_done(ticket: Ticket, at: datetime) -> Ticket:
            return ticket if ticket.did(key) else how(ticket, at)

        ticket = self._cases.alter(number, unless_done, in_turn=True, evidence=evidence)
        events = [event for event in ticket.history if event.key == key]
        return Told(ticket, self._cases.announcer.text(ticket, events))


def choosable(ticket: Ticket) -> tuple[str, ...]:
    """The kinds of remedy among which the buyer of this ticket chooses one."""
    kinds = (remedy["kind"] for remedy in ticket.assessment["remedies"])
    return tuple(dict.fromkeys(kind for kind in kinds if kind not in ACCOMPANYING))
