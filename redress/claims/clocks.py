"""A ticket's clocks, on its shop's calendar: what is due when, and what happens when a time has come. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta

from redress.claims.grants import MONEY
from redress.claims.tickets import CLOCK, Due, Ticket, change, record
from redress.policy import Pack, parse_claim
from redress.policy.calendar import end_of
from redress.policy.format import Row
from redress.policy.parts import Period

APPEAL_WINDOW = Period(days=30)
REMIND_BEFORE = timedelta(days=3)  # before evidence expires; half of the time where there is less than twice that


def due_since(ticket: Ticket, pack: Pack, at: datetime) -> Due:
    """The clocks of a ticket that entered its present state at that instant.

    Evidence: the pack's `evidence_within`. Review: the assessment's `review_due` where the ticket opened for review;
    where it came to review later, the same span again from then, for the shop cannot review what it has not got.
    Payout: the assessment's, until the ticket is settled; where the rule counts it from the approval, so long after one
    that grants money. Appeal: 30 days after a decline.
    """
    if ticket.state == "awaiting_evidence":
        due = end_of(pack.file.evidence_within, at, pack.zone, pack.file.holidays)
        remind = due - min(REMIND_BEFORE, (due - at) / 2)
        return Due(evidence=due, remind=remind, review=_instant(ticket.assessment.get("review_due")))
    if ticket.state in ("in_review", "appealed"):
        return Due(review=_review_due(ticket, pack, at), payout=_instant(ticket.assessment.get("payout_due")))
    if ticket.state == "approved":
        return Due(payout=_instant(ticket.assessment.get("payout_due")) or _paid_by(ticket, pack, at))
    if ticket.state == "declined":
        return Due(appeal=end_of(APPEAL_WINDOW, at, pack.zone, pack.file.holidays))
    return Due()


def running(ticket: Ticket) -> tuple[str, datetime] | None:
    """The clock that runs now, by name (`evidence`, `review`, `payout`), and when it is over; the earliest of them."""
    due = ticket.due
    if ticket.state == "awaiting_evidence":
        clocks = {"evidence": due.evidence}
    elif ticket.state in ("in_review", "appealed"):
        clocks = {"review": due.review, "payout": due.payout}
    else:
        clocks = {"payout": due.payout}
    known = [(at, name) for name, at in clocks.items() if at is not None]
    at, name = min(known) if known else (None, "")
    return None if at is None else (name, at)


def next_alarm(ticket: Ticket) -> datetime | None:
    """When `ring` will next have something to do."""
    alarms = [ticket.due.remind] if ticket.state == "awaiting_evidence" else []
    clock = running(ticket)
    if clock and not ticket.overdue:
        alarms.append(clock[1])
    return min((at for at in alarms if at is not None), default=None)


def ring(ticket: Ticket, now: datetime) -> Ticket:
    """The ticket after what its clocks bring about now: expired, reminded once, or overdue; itself when nothing.

    A time that has come is one that has passed: at the very second that is due all is still in time.
    """
    clock = running(ticket)
    if clock and clock[1] < now and not ticket.overdue:
        name, at = clock
        if name == "evidence":
            return change(ticket, "expired", CLOCK, now, "the evidence did not come in time", due=Due(), wanted=())
        return record(ticket, "overdue", CLOCK, now, f"{name} was due {at.isoformat()}", overdue=True)
    if ticket.state == "awaiting_evidence" and ticket.due.remind and ticket.due.remind < now:
        return record(ticket, "reminded", CLOCK, now, due=replace(ticket.due, remind=None))
    return ticket


def _review_due(ticket: Ticket, pack: Pack, at: datetime) -> datetime | None:
    if ticket.version == 1 and ticket.state == "in_review":
        return _instant(ticket.assessment.get("review_due"))
    review = _rule(ticket, pack).review
    return end_of(review, at, pack.zone, pack.file.holidays) if review else None


def _paid_by(ticket: Ticket, pack: Pack, at: datetime) -> datetime | None:
    within = _rule(ticket, pack).paid_within
    money = ticket.decision is not None and any(grant.kind in MONEY for grant in ticket.decision.grants)
    return end_of(within, at, pack.zone, pack.file.holidays) if within and money else None


def _rule(ticket: Ticket, pack: Pack) -> Row:
    claim = parse_claim(ticket.claim, {ticket.shop: pack})
    return pack.version_for(claim).row(claim.issue, pack.case(claim).stage)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
