"""Tickets in the database."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from redress.claims.conversation import Conversation
from redress.claims.draft import JSON
from redress.claims.ports import TicketDraft
from redress.store.errors import NotFound
from redress.store.tables import EvidenceRow, MessageRow, TicketEventRow, TicketRow


def open_ticket(session: Session, draft: TicketDraft, conversation: Conversation, at: datetime) -> None:
    """Open the ticket of a draft within the session's transaction, with its first event and its evidence."""
    pack: dict[str, Any] = draft.assessment["pack"]
    session.add(
        TicketRow(
            number=draft.number,
            shop=conversation.shop,
            state=draft.state,
            issue=draft.claim["issue"],
            order_number=draft.claim["order"]["number"],
            email=draft.email.lower(),
            conversation_id=conversation.id,
            draft_id=draft.draft_id,
            claim=draft.claim,
            assessment=draft.assessment,
            pack_version=str(pack["version"]),
            pack_sha256=pack["sha256"],
            remedy=draft.remedy,
            texts=dict(draft.texts),
            appeal_reason=draft.appeal_reason,
            version=1,
            created_at=at,
        )
    )
    session.flush()
    session.add(
        TicketEventRow(
            ticket_number=draft.number,
            seq=1,
            at=at,
            actor="buyer",
            from_state=None,
            to_state=draft.state,
            reason=draft.appeal_reason or "confirmed in the conversation",
        )
    )
    session.execute(
        update(EvidenceRow)
        .where(EvidenceRow.conversation_id == conversation.id, EvidenceRow.draft_id == draft.draft_id)
        .values(ticket_number=draft.number)
    )


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
        "transcript": [
            {"id": str(line.id), "at": line.created_at.isoformat(), "author": line.author, "text": line.text}
            for line in lines
        ],
        "history": [
            {
                "seq": event.seq,
                "at": event.at.isoformat(),
                "actor": event.actor,
                "from": event.from_state,
                "to": event.to_state,
                "reason": event.reason,
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
        "outcome": row.assessment["outcome"],
        "remedy": row.remedy,
        "created_at": row.created_at.isoformat(),
    }


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
