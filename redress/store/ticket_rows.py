"""Tickets to rows and back."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from redress.claims.clocks import next_alarm, running
from redress.claims.draft import JSON
from redress.claims.tickets import PENDING, Decision, Due, Event, Grant, Kind, State, Ticket
from redress.policy.vocabulary import Language
from redress.store.tables import TicketEventRow, TicketRow


def ticket_fields(ticket: Ticket) -> JSON:
    """The columns of a ticket that a change may alter."""
    clock, decision, due = running(ticket), ticket.decision, ticket.due
    grants = decision.grants if decision else ()
    amounts = [grant.amount for grant in grants if grant.amount is not None]
    pack: dict[str, Any] = ticket.assessment["pack"]
    return {
        "state": ticket.state,
        "outcome": ticket.assessment["outcome"],
        "rule": ticket.assessment["rule"],
        "email": ticket.email.lower(),
        "claim": ticket.claim,
        "assessment": ticket.assessment,
        "pack_version": str(pack["version"]),
        "pack_sha256": pack["sha256"],
        "remedy": ticket.remedy,
        "texts": dict(ticket.texts),
        "appeal_reason": ticket.appeal_reason,
        "wanted": list(ticket.wanted),
        "evidence_due": due.evidence,
        "remind_at": due.remind,
        "review_due": due.review,
        "payout_due": due.payout,
        "appeal_until": due.appeal,
        "due_at": clock[1] if clock else None,
        "due_kind": clock[0] if clock else None,
        "next_alarm_at": next_alarm(ticket),
        "overdue": ticket.overdue,
        "open": ticket.state in PENDING,
        "assignee": ticket.assignee,
        "decided_at": decision.at if decision else None,
        "decided_by": decision.by if decision else None,
        "decided_remedy": grants[0].kind if grants else None,
        "amount": sum(amounts, Decimal(0)) if amounts else None,
        "currency": grants[0].currency if grants else None,
        "decided_clause": decision.clause if decision else None,
        "grants": [grant_json(grant) for grant in grants],
        "rating": ticket.rating,
        "rating_word": ticket.rating_word,
        "version": ticket.version,
        "updated_at": ticket.history[-1].at,
    }


def event_row(number: str, event: Event) -> TicketEventRow:
    """The row of a history's entry."""
    return TicketEventRow(
        ticket_number=number,
        seq=event.seq,
        at=event.at,
        actor=event.actor,
        kind=event.kind,
        from_state=event.before,
        to_state=event.after,
        reason=event.why,
        key=event.key,
        details=dict(event.details),
    )


def to_ticket(row: TicketRow, events: Iterable[TicketEventRow]) -> Ticket:
    """The ticket of a row and its history's rows, in order."""
    return Ticket(
        number=row.number,
        shop=row.shop,
        conversation_id=row.conversation_id,
        draft_id=row.draft_id,
        language=cast("Language", row.language),
        email=row.email,
        claim=row.claim,
        assessment=row.assessment,
        state=cast("State", row.state),
        history=tuple(to_event(event) for event in events),
        remedy=row.remedy,
        texts=row.texts,
        appeal_reason=row.appeal_reason,
        wanted=tuple(row.wanted),
        due=Due(row.evidence_due, row.remind_at, row.review_due, row.payout_due, row.appeal_until),
        overdue=row.overdue,
        flagged=row.flagged,
        assignee=row.assignee,
        decision=_decision(row),
        rating=row.rating,
        rating_word=row.rating_word,
    )


def to_event(row: TicketEventRow) -> Event:
    """A history's entry."""
    before = cast("State | None", row.from_state)
    kind, after = cast("Kind", row.kind), cast("State", row.to_state)
    return Event(row.seq, row.at, row.actor, kind, before, after, row.reason, row.key, row.details)


def grant_json(grant: Grant) -> JSON:
    """A grant as it is kept and shown; the amount as a string."""
    amount = None if grant.amount is None else str(grant.amount)
    return {"kind": grant.kind, "amount": amount, "currency": grant.currency}


def _decision(row: TicketRow) -> Decision | None:
    if row.decided_at is None:
        return None
    grants = tuple(
        Grant(one["kind"], None if one["amount"] is None else Decimal(one["amount"]), one["currency"])
        for one in row.grants
    )
    return Decision(row.decided_at, row.decided_by or "", grants, row.decided_clause)
