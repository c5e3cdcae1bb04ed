"""What reviewers do with tickets. Each method is one transaction and returns the ticket as it is then.

All take `seen`, the version of the ticket that the reviewer looked at: where it has changed since, TicketChanged tells
what happened, and nothing is written. Without `seen` the change is made on the ticket as it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from redress.claims.cases import Cases
from redress.claims.clocks import due_since
from redress.claims.grants import granted
from redress.claims.rules import clauses_of, evidence_kinds
from redress.claims.tickets import PENDING, Actor, Decision, ImpossibleChange, State, Ticket, change, record
from redress.errors import RedressError


class InvalidDecision(RedressError):
    """A decision that cannot stand; the message says what may."""

    code = "invalid_decision"


class Casework:
    """The reviewers' use cases."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases
        self._packs = cases.packs

    def approve(
        self,
        number: str,
        actor: Actor,
        remedy: str,
        *,
        amount: Decimal | None = None,
        reason: str = "",
        seen: int | None = None,
    ) -> Ticket:
        """Grant a remedy, with what the assessment grants in addition to it. `amount`: see `grants.granted`."""

        def how(ticket: Ticket, at: datetime) -> Ticket:
            grants = granted(ticket, actor, remedy, amount, reason)
            under_review = self._in_review(ticket, actor, at)
            decision = Decision(at, actor.name, grants)
            return self._enter(under_review, "approved", actor, at, reason, remedy=remedy, decision=decision)

        return self._cases.alter(number, how, seen=seen)

    def decline(
        self, number: str, actor: Actor, clause_ref: str, reason: str = "", *, seen: int | None = None
    ) -> Ticket:
        """Decline by a clause of the shop's policy, named by its ref. InvalidDecision for one the pack has not got."""

        def how(ticket: Ticket, at: datetime) -> Ticket:
            clauses = clauses_of(self._packs[ticket.shop])
            if clause_ref not in clauses:
                raise InvalidDecision(
                    f"The policy has no clause {clause_ref!r}; cite one of {', '.join(clauses)}.", field="clause_ref"
                )
            decision = Decision(at, actor.name, clause=clause_ref)
            return self._enter(
                self._in_review(ticket, actor, at), "declined", actor, at, reason, decision=decision, wanted=()
            )

        return self._cases.alter(number, how, seen=seen)

    def ask_for_evidence(
        self, number: str, actor: Actor, kinds: Sequence[str], note: str = "", *, seen: int | None = None
    ) -> Ticket:
        """Ask the buyer for evidence of these kinds (again, where it is there but will not do), saying why."""

        def how(ticket: Ticket, at: datetime) -> Ticket:
            known = evidence_kinds(ticket, self._packs)
            wrong = [kind for kind in kinds if kind not in known]
            if wrong or not kinds:
                raise InvalidDecision(f"Ask for one or more of {', '.join(known)}.", field="kinds")
            under_review = self._in_review(ticket, actor, at)
            return self._enter(under_review, "awaiting_evidence", actor, at, note, wanted=tuple(dict.fromkeys(kinds)))

        return self._cases.alter(number, how, seen=seen)

    def take_up(self, number: str, actor: Actor, reason: str = "", *, seen: int | None = None) -> Ticket:
        """Begin the review of an appeal, or of a ticket whose missing evidence the reviewer does without."""

        def how(ticket: Ticket, at: datetime) -> Ticket:
            if ticket.state not in ("awaiting_evidence", "appealed"):
                raise ImpossibleChange(ticket, "taken up")
            return self._enter(ticket, "in_review", actor, at, reason, wanted=())

        return self._cases.alter(number, how, seen=seen)

    def settle(self, number: str, actor: Actor, reference: str = "", *, seen: int | None = None) -> Ticket:
        """Say that what was approved has been paid or sent; `reference` is the shop's own (a payment, a parcel)."""
        return self._cases.alter(number, self._entering("settled", actor, reference), seen=seen)

    def withdraw(self, number: str, actor: Actor, reason: str = "", *, seen: int | None = None) -> Ticket:
        """Close an undecided ticket that the buyer gave up by other means."""
        return self._cases.alter(number, self._entering("withdrawn", actor, reason), seen=seen)

    def reopen(self, number: str, actor: Actor, reason: str, *, seen: int | None = None) -> Ticket:
        """Take a closed or decided ticket back into review; leads may, and must say why. What is settled stays so."""

        def how(ticket: Ticket, at: datetime) -> Ticket:
            if ticket.state not in ("approved", "declined", "withdrawn", "expired"):
                raise ImpossibleChange(ticket, "reopened")
            if not reason.strip():
                raise InvalidDecision("Say why the ticket is opened again.", field="reason")
            return self._enter(ticket, "in_review", actor, at, reason, decision=None, wanted=())

        return self._cases.alter(number, how, seen=seen)

    def note(self, number: str, actor: Actor, text: str) -> Ticket:
        """Write something down for the other reviewers; the buyer is not told."""
        if not text.strip():
            raise InvalidDecision("A note needs a text.", field="text")
        return self._cases.alter(number, lambda ticket, at: record(ticket, "noted", actor, at, text.strip()))

    def assign(self, number: str, actor: Actor, assignee: str | None) -> Ticket:
        """Give the ticket to a reviewer, by name, or to nobody."""

        def how(ticket: Ticket, at: datetime) -> Ticket:
            if ticket.state not in PENDING:
                raise ImpossibleChange(ticket, "assigned")
            if ticket.assignee == assignee:
                return ticket
            return record(ticket, "assigned", actor, at, details={"assignee": assignee}, assignee=assignee)

        return self._cases.alter(number, how)

    def assign_all(self, numbers: Iterable[str], actor: Actor, assignee: str | None) -> Mapping[str, RedressError]:
        """Assign each ticket; those that could not be, with the reason."""
        failed: dict[str, RedressError] = {}
        for number in numbers:
            try:
                self.assign(number, actor, assignee)
            except RedressError as error:
                failed[number] = error
        return failed

    def _entering(self, to: State, actor: Actor, reason: str) -> Callable[[Ticket, datetime], Ticket]:
        return lambda ticket, at: self._enter(ticket, to, actor, at, reason, wanted=())

    def _enter(self, ticket: Ticket, to: State, actor: Actor, at: datetime, reason: str, **fields: Any) -> Ticket:
        moved = change(ticket, to, actor, at, reason.strip(), **fields)
        return replace(moved, due=due_since(moved, self._packs[ticket.shop], at))

    def _in_review(self, ticket: Ticket, actor: Actor, at: datetime) -> Ticket:
        """The ticket under review: deciding an appeal, or without the missing evidence, begins the review too."""
        if ticket.state in ("awaiting_evidence", "appealed"):
            return self._enter(ticket, "in_review", actor, at, "taken up", wanted=())
        return ticket
