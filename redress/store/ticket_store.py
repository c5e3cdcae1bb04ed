"""Opening, reading and changing tickets. A change is committed whole: fields, history, transcript, outbox."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from redress import metrics
from redress.claims.cases import Notices
from redress.claims.tickets import Ticket, TicketChanged
from redress.store import chats, outbox, search
from redress.store.database import Database
from redress.store.errors import NotFound
from redress.store.likeness import like
from redress.store.tables import EvidenceRow, TicketEventRow, TicketRow
from redress.store.ticket_rows import event_row, ticket_fields, to_event, to_ticket
from redress.store.transcripts import say
from redress.store.turns import take_turns


class Tickets:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ticket(self, number: str) -> Ticket:
        """The ticket, letter case aside; NotFound when there is none."""
        with self._database.read() as session:
            return load(session, number.upper())

    def of_conversation(self, conversation_id: str) -> tuple[Ticket, ...]:
        """The tickets that a conversation opened, the newest first."""
        with self._database.read() as session:
            numbers = session.scalars(
                select(TicketRow.number)
                .where(TicketRow.conversation_id == conversation_id)
                .order_by(TicketRow.created_at.desc(), TicketRow.number)
            )
            return tuple(load(session, number) for number in numbers)

    def alarming(self, now: datetime, most: int) -> list[str]:
        """The numbers of tickets of which a clock has something to say, the longest waiting first."""
        with self._database.read() as session:
            return list(
                session.scalars(
                    select(TicketRow.number)
                    .where(TicketRow.next_alarm_at < now)
                    .order_by(TicketRow.next_alarm_at)
                    .limit(most)
                )
            )

    def overdue(self) -> int:
        """How many tickets somebody should have dealt with by now."""
        with self._database.read() as session:
            return session.scalar(select(func.count()).where(TicketRow.open, TicketRow.overdue)) or 0

    def save(self, before: Ticket, after: Ticket, notices: Notices, evidence: Sequence[str] = ()) -> None:
        """Commit `after`, with its notices and the evidence of those ids; TicketChanged if `before` is not current."""
        with self._database.write() as session:
            changed = session.execute(
                update(TicketRow)
                .where(TicketRow.number == before.number, TicketRow.version == before.version)
                .values(**ticket_fields(after))
            )
            if cast("CursorResult[Any]", changed).rowcount != 1:
                raise TicketChanged(before.number, _since(session, before))
            if evidence:
                session.execute(
                    update(EvidenceRow).where(EvidenceRow.id.in_(evidence)).values(ticket_number=after.number)
                )
                session.execute(
                    update(TicketRow).where(TicketRow.number == after.number).values(flagged=_flagged(session, after))
                )
            _follow(session, after, after.history[before.version :], notices)
        metrics.ticket_changed(after, after.history[before.version :])


def add_ticket(session: Session, ticket: Ticket, notices: Notices) -> None:
    """Open a ticket within the session's transaction, with its first event and its draft's evidence."""
    fields = ticket_fields(ticket)
    row = TicketRow(
        number=ticket.number,
        shop=ticket.shop,
        issue=ticket.claim["issue"],
        language=ticket.language,
        order_number=ticket.claim["order"]["number"],
        conversation_id=ticket.conversation_id,
        draft_id=ticket.draft_id,
        flagged=False,
        created_at=ticket.history[0].at,
        **fields,
    )
    session.add(row)
    session.flush()
    session.execute(
        update(EvidenceRow)
        .where(EvidenceRow.conversation_id == ticket.conversation_id, EvidenceRow.draft_id == ticket.draft_id)
        .values(ticket_number=ticket.number)
    )
    row.flagged = _flagged(session, ticket)
    _follow(session, ticket, ticket.history, notices)
    metrics.ticket_changed(ticket, ticket.history)


def _follow(session: Session, ticket: Ticket, events: Sequence[Any], notices: Notices) -> None:
    """Write what comes with a change: its events, what the buyer reads, what others shall get, the search index."""
    session.add_all(event_row(ticket.number, event) for event in events)
    at = events[-1].at
    here = chats.last_written(session, ticket.number, ticket.conversation_id) if notices.lines else ""
    for one in sorted({ticket.conversation_id, here}) if notices.lines else ():
        take_turns(session, one)  # in one order: two tickets of a buyer may each tell the other's conversation
    for line in notices.lines:
        own = here == ticket.conversation_id
        say(session, ticket.conversation_id, line, None, at, author="desk", carried=own)
        if not own:
            say(session, here, line, None, at, author="desk")
    for outgoing in notices.outgoing:
        outbox.put(session, ticket.number, outgoing, at)
    search.index_ticket(session, ticket.number)


def load(session: Session, number: str) -> Ticket:
    """The ticket with its history; NotFound when there is none."""
    row = session.get(TicketRow, number)
    if row is None:
        raise NotFound(f"There is no ticket {number}.", field="number")
    # a change may be committed between the two reads: what came after the row was read is left out
    events = select(TicketEventRow).where(TicketEventRow.ticket_number == number, TicketEventRow.seq <= row.version)
    return to_ticket(row, session.scalars(events.order_by(TicketEventRow.seq)))


def _since(session: Session, ticket: Ticket) -> list[Any]:
    newer = (
        select(TicketEventRow)
        .where(TicketEventRow.ticket_number == ticket.number, TicketEventRow.seq > ticket.version)
        .order_by(TicketEventRow.seq)
    )
    return [to_event(row) for row in session.scalars(newer)]


def _flagged(session: Session, ticket: Ticket) -> bool:
    """Whether a piece of its evidence carries a mark of quality, or is, or is like, another ticket's as well."""
    own = session.scalars(select(EvidenceRow).where(EvidenceRow.ticket_number == ticket.number)).all()
    if any(row.details.get("quality") for row in own):
        return True
    same = select(EvidenceRow.id).where(
        EvidenceRow.sha256.in_([row.sha256 for row in own]),
        EvidenceRow.ticket_number.is_not(None),
        EvidenceRow.ticket_number != ticket.number,
    )
    return session.scalar(same.limit(1)) is not None or any(like(session, row, 1) for row in own)
