"""Tickets as they are shown: whole, and in lists."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, literal, select, tuple_
from sqlalchemy.orm import Session

from redress.claims.draft import JSON
from redress.errors import RedressError
from redress.store.errors import NotFound
from redress.store.evidence import evidence_json
from redress.store.tables import EvidenceRow, MessageRow, TicketEventRow, TicketRow


class InvalidCursor(RedressError):
    """A place in a list that there is not."""

    code = "invalid_request"


def ticket_json(session: Session, number: str) -> JSON:
    """A ticket whole, as `redress ticket --json` prints it; NotFound when there is none."""
    row = session.get(TicketRow, number)
    if row is None:
        raise NotFound(f"There is no ticket {number}.", field="number")
    history = session.scalars(
        select(TicketEventRow).where(TicketEventRow.ticket_number == number).order_by(TicketEventRow.seq)
    )
    evidence = session.scalars(
        select(EvidenceRow).where(EvidenceRow.ticket_number == number).order_by(EvidenceRow.created_at, EvidenceRow.id)
    )
    lines = session.scalars(
        select(MessageRow).where(MessageRow.conversation_id == row.conversation_id).order_by(MessageRow.id)
    )
    return {
        **summary_json(row),
        "claim": row.claim,
        "assessment": row.assessment,
        "pack": {"version": row.pack_version, "sha256": row.pack_sha256},
        "clauses": _clauses(row.assessment),
        "texts": row.texts,
        "appeal_reason": row.appeal_reason,
        "evidence": [_evidence(piece) for piece in evidence],
        "wanted": row.wanted,
        "due": {
            "evidence": _iso(row.evidence_due),
            "review": _iso(row.review_due),
            "payout": _iso(row.payout_due),
            "appeal": _iso(row.appeal_until),
        },
        "assignee": row.assignee,
        "decision": _decision(row),
        "rating": {"stars": row.rating, "word": row.rating_word} if row.rating else None,
        "version": row.version,
        "transcript": [
            {"id": str(line.id), "at": line.created_at.isoformat(), "author": line.author, "text": line.text}
            for line in lines
        ],
        "history": [
            {
                "seq": event.seq,
                "at": event.at.isoformat(),
                "actor": event.actor,
                "kind": event.kind,
                "from": event.from_state,
                "to": event.to_state,
                "reason": event.reason,
                "details": event.details,
            }
            for event in history
        ],
    }


def list_tickets(session: Session, *, shop: str | None, state: str | None) -> Iterator[JSON]:
    """Summaries of tickets, the newest first, of one shop or state where given."""
    wanted = select(TicketRow).order_by(TicketRow.created_at.desc(), TicketRow.number)
    if shop:
        wanted = wanted.where(TicketRow.shop == shop)
    if state:
        wanted = wanted.where(TicketRow.state == state)
    for row in session.scalars(wanted.execution_options(yield_per=500)):
        yield summary_json(row)


def page_of_tickets(
    session: Session,
    shop: str,
    *,
    state: str | None = None,
    changed_since: datetime | None = None,
    after: str | None = None,
    limit: int = 50,
) -> tuple[list[JSON], str | None]:
    """A page of a shop's tickets, the latest changed first, and what to give as `after` for the next; None: the last.

    InvalidCursor for an `after` that no page gave.
    """
    wanted = select(TicketRow).where(TicketRow.shop == shop)
    if state:
        wanted = wanted.where(TicketRow.state == state)
    if changed_since:
        wanted = wanted.where(TicketRow.updated_at >= _aware(changed_since))
    if after:
        at, number = _cursor(after)
        wanted = wanted.where(tuple_(TicketRow.updated_at, TicketRow.number) < tuple_(at, literal(number)))
    newest = wanted.order_by(TicketRow.updated_at.desc(), TicketRow.number.desc())
    rows = session.scalars(newest.limit(limit + 1)).all()
    following = f"{rows[limit - 1].updated_at.isoformat()}~{rows[limit - 1].number}" if len(rows) > limit else None
    return [
        {**summary_json(row), "version": row.version, "updated_at": _iso(row.updated_at)} for row in rows[:limit]
    ], following


def summary_json(row: TicketRow) -> JSON:
    """What a list of tickets shows of one."""
    return {
        "number": row.number,
        "shop": row.shop,
        "state": row.state,
        "issue": row.issue,
        "order_number": row.order_number,
        "outcome": row.outcome,
        "remedy": row.remedy,
        "due_at": _iso(row.due_at),
        "overdue": row.overdue,
        "created_at": row.created_at.isoformat(),
    }


def _cursor(after: str) -> tuple[ColumnElement[datetime], str]:
    at, _, number = after.partition("~")
    try:
        return literal(_aware(datetime.fromisoformat(at.replace(" ", "+"))), TicketRow.updated_at.type), number
    except (ValueError, OverflowError) as error:
        raise InvalidCursor("`after` is `next` of an earlier page.", field="after") from error


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise InvalidCursor("Give an instant with its offset, such as 2026-03-04T09:00:00Z.", field="changed_since")
    return at.astimezone(UTC)


def _decision(row: TicketRow) -> JSON | None:
    if row.decided_at is None:
        return None
    return {
        "at": row.decided_at.isoformat(),
        "by": row.decided_by,
        "grants": row.grants,
        "clause": row.decided_clause,
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _evidence(row: EvidenceRow) -> JSON:
    return {**evidence_json(row), **row.details, "created_at": row.created_at.isoformat()}


def _clauses(assessment: JSON) -> list[JSON]:
    cited = [reason["clause"] for reason in assessment["reasons"]] + assessment.get("clauses", [])
    return list({clause["ref"]: clause for clause in cited}.values())
