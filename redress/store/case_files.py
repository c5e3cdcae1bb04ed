"""All that lies beside a ticket for whoever decides it: the evidence with what speaks against it, the conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from redress.claims.draft import JSON
from redress.store.database import Database
from redress.store.likeness import like
from redress.store.tables import ConversationRow, EvidenceRow, MessageRow, TicketRow

MOST_LINES = 1000
MOST_ALIKE = 10


@dataclass(frozen=True)
class Piece:
    """A piece of evidence; `also_on` are other tickets that were sent the very same file, `like` those with a picture
    so much like it that it may be the same one, cut or brightened."""

    id: str
    kind: str
    media_type: str
    width: int | None
    height: int | None
    details: JSON
    created_at: datetime
    also_on: Sequence[str]
    like: Sequence[str]


@dataclass(frozen=True)
class Line:
    """One line of a conversation. `author`: buyer, bot, or a person's name."""

    id: int
    author: str
    text: str
    at: datetime


class CaseFiles:
    """Every method is one transaction that only reads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def evidence(self, number: str) -> list[Piece]:
        """The ticket's evidence in the order in which it came."""
        wanted = (
            select(EvidenceRow)
            .where(EvidenceRow.ticket_number == number)
            .order_by(EvidenceRow.created_at, EvidenceRow.id)
        )
        with self._database.read() as session:
            return [_piece(session, row) for row in session.scalars(wanted).all()]

    def lines(self, conversation_id: str, after: int = 0) -> list[Line]:
        """The lines of a conversation after the one with that id: the last MOST_LINES."""
        wanted = (
            select(MessageRow)
            .where(MessageRow.conversation_id == conversation_id, MessageRow.id > after)
            .order_by(MessageRow.id.desc())
            .limit(MOST_LINES)
        )
        with self._database.read() as session:
            found = [Line(row.id, row.author, row.text, row.created_at) for row in session.scalars(wanted)]
        return found[::-1]

    def conversation(self, conversation_id: str) -> JSON | None:
        """Whose turn a conversation is, its shop and language, and its latest ticket."""
        with self._database.read() as session:
            row = session.get(ConversationRow, conversation_id)
            if row is None:
                return None
            ticket = session.scalar(
                select(TicketRow.number)
                .where(TicketRow.conversation_id == conversation_id)
                .order_by(TicketRow.created_at.desc())
                .limit(1)
            )
            return {
                "id": row.id,
                "shop": row.shop,
                "language": row.language,
                "mode": row.mode,
                "held_by": row.held_by,
                "waiting_since": row.waiting_since,
                "ticket": ticket,
                "updated_at": row.updated_at,
            }


def _piece(session: Session, row: EvidenceRow) -> Piece:
    also = select(EvidenceRow.ticket_number).where(
        EvidenceRow.sha256 == row.sha256,
        EvidenceRow.ticket_number.is_not(None),
        EvidenceRow.ticket_number != row.ticket_number,
    )
    same = sorted({number for number in session.scalars(also.limit(MOST_ALIKE)) if number})
    alike = [number for number in like(session, row, MOST_ALIKE) if number not in same]
    return Piece(row.id, row.kind, row.media_type, row.width, row.height, row.details, row.created_at, same, alike)
