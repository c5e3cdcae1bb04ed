"""Tickets as they are shown: whole, and in lists."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from redress.claims.draft import JSON
from redress.store.errors import NotFound
from redress.store.tables import EvidenceRow, MessageRow, TicketEventRow, TicketRow


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
    return {
        "id": row.id,
        "kind": row.kind,
        "sha256": row.sha256,
        "bytes": row.bytes,
        "media_type": row.media_type,
        "width": row.width,
        "height": row.height,
        **row.details,
        "created_at": row.created_at.isoformat(),
    }


def _clauses(assessment: JSON) -> list[JSON]:
    cited = [reason["clause"] for reason in assessment["reasons"]] + assessment.get("clauses", [])
    return list({clause["ref"]: clause for clause in cited}.values())
