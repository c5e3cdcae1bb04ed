"""What is kept of a buyer, and how it goes: all but what the shop's bookkeeping needs.

Of a ticket stay its number, states, dates, order number, items and sums. Files and the dialogue's trackers lie
elsewhere: that they shall go is written into the outbox in the same transaction, and the worker sees to it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from redress.claims.cases import Outgoing
from redress.claims.draft import JSON, Draft
from redress.claims.tickets import UNDECIDED, Actor, Ticket, change, record
from redress.policy.vocabulary import FACTS
from redress.store import outbox, search
from redress.store.channel_tables import ChatRow, ReaderRow, UpdateRow, WaitingChatRow
from redress.store.console_tables import AuditRow, MisunderstoodRow, PresenceRow
from redress.store.database import Database
from redress.store.outbox_tables import OutboxRow
from redress.store.tables import (
    ConversationRow,
    EvidenceRow,
    FailureRow,
    MessageRow,
    OfferRow,
    ShopOrderRow,
    StepRow,
    TicketEventRow,
    TicketRow,
)
from redress.store.ticket_rows import event_row, ticket_fields
from redress.store.ticket_store import load
from redress.store.tickets import ticket_json

ERASED = "erased"  # stands where an address or a person stood
BATCH = 200
FAILURES_KEPT = timedelta(days=1)  # they count for minutes; among their keys are clients' addresses


@dataclass(frozen=True)
class Subject:
    """What belongs to one buyer: conversations and tickets."""

    conversations: tuple[str, ...]
    tickets: tuple[str, ...]


class Privacy:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def subject(self, email: str) -> Subject:
        """What belongs to the buyer with that e-mail address, letter case aside."""
        with self._database.read() as session:
            return _subject(session, email.strip().lower())

    def erase(self, email: str, actor: Actor, at: datetime) -> Subject:
        """Forget a buyer: everything they wrote, sent and are reached by, in claims, orders and the audit log, too."""
        address = email.strip().lower()
        found = self.subject(address)  # reads every message: not while the one writer is held
        with self._database.write() as session:
            _forget(session, found, actor, at)
            session.execute(update(ShopOrderRow).where(func.lower(ShopOrderRow.email) == address).values(email=ERASED))
            session.execute(update(AuditRow).where(func.lower(AuditRow.subject) == address).values(subject=ERASED))
            search.compact(session)
            return found

    def let_go(
        self, actor: Actor, at: datetime, *, idle_before: datetime | None, closed_before: datetime | None
    ) -> int:
        """Forget conversations without a ticket that rested since `idle_before`, and tickets closed since
        `closed_before`, a batch at most; None keeps them. How many were forgotten. Failed identifications go after a
        day in any case."""
        with self._database.write() as session:
            session.execute(delete(FailureRow).where(FailureRow.at < at - FAILURES_KEPT))
            idle = _idle(session, idle_before) if idle_before else ()
            closed = _closed(session, closed_before) if closed_before else ()
            talks = select(TicketRow.conversation_id).where(TicketRow.number.in_(closed)).distinct()
            found = Subject((*idle, *session.scalars(talks)), closed)
            _forget(session, found, actor, at)
            return len(found.conversations) + len(found.tickets)

    def export(self, email: str) -> JSON:
        """All that is kept of a buyer, as JSON: conversations line by line, tickets whole, orders."""
        address = email.strip().lower()
        with self._database.read() as session:
            found = _subject(session, address)
            orders = session.scalars(select(ShopOrderRow).where(func.lower(ShopOrderRow.email) == address))
            return {
                "email": address,
                "tickets": [ticket_json(session, number) for number in found.tickets],
                "conversations": [_conversation_json(session, id_) for id_ in found.conversations],
                "orders": [{"shop": row.shop, "tracking": row.tracking, **row.order} for row in orders],
            }

    def files(self, found: Subject) -> list[tuple[str, str]]:
        """The evidence of a buyer: its id and the storage key of what is kept."""
        with self._database.read() as session:
            rows = session.scalars(select(EvidenceRow).where(_evidence_of(found)))
            return [(row.id, row.details["view"]) for row in rows]


def _subject(session: Session, address: str) -> Subject:
    tickets = session.execute(
        select(TicketRow.number, TicketRow.conversation_id).where(TicketRow.email == address).order_by(TicketRow.number)
    ).all()
    # an address may stand in a draft, be vouched for by the shop's page, or have been written into a message
    talks = select(ConversationRow.id).where(
        or_(
            func.lower(ConversationRow.order_email) == address,
            func.lower(ConversationRow.draft["email"].as_string()) == address,
            func.lower(ConversationRow.known["email"].as_string()) == address,
            ConversationRow.id.in_(
                select(MessageRow.conversation_id).where(
                    MessageRow.author == "buyer", func.lower(MessageRow.text).contains(address, autoescape=True)
                )
            ),
        )
    )
    known = {conversation for _, conversation in tickets}
    return Subject(tuple(sorted(known | set(session.scalars(talks)))), tuple(number for number, _ in tickets))


def _forget(session: Session, found: Subject, actor: Actor, at: datetime) -> None:
    _forget_files(session, found, at)
    for number in found.tickets:
        _forget_ticket(session, number, actor, at)
    talks = found.conversations
    _forget_lines(session, talks)
    kept = set(session.scalars(select(TicketRow.conversation_id).where(TicketRow.conversation_id.in_(talks))))
    session.execute(delete(ConversationRow).where(ConversationRow.id.in_(set(talks) - kept)))
    for id_ in kept:
        row = session.get_one(ConversationRow, id_)
        row.token_hash, row.client, row.known, row.time_zone = secrets.token_hex(32), "", {}, None
        row.draft, row.question, row.order_email, row.order_number = Draft(id=ERASED).to_json(), None, None, None
        row.version += 1
    for id_ in talks:
        _later(session, "tracker", id_, {"conversation": id_}, at)
    for number in session.scalars(select(TicketRow.number).where(TicketRow.conversation_id.in_(kept))).all():
        search.index_ticket(session, number)


def _forget_lines(session: Session, talks: Sequence[str]) -> None:
    lines = select(MessageRow.id).where(MessageRow.conversation_id.in_(talks))
    session.execute(delete(MisunderstoodRow).where(MisunderstoodRow.message_id.in_(lines)))
    session.execute(update(MessageRow).where(MessageRow.answers.in_(lines)).values(answers=None))
    for chat in session.scalars(select(ChatRow).where(ChatRow.conversation_id.in_(talks))).all():
        place = f"{chat.app}:{chat.shop}:{chat.chat}"
        session.execute(delete(OutboxRow).where(OutboxRow.stream.in_((place, f"chat:{place}"))))
        for row in (WaitingChatRow, UpdateRow):  # in the order in which a turn locks them
            session.execute(delete(row).where(row.app == chat.app, row.shop == chat.shop, row.chat == chat.chat))
    for table in (MessageRow, OfferRow, StepRow, PresenceRow, ChatRow, ReaderRow):
        session.execute(delete(table).where(table.conversation_id.in_(talks)))
    session.execute(delete(FailureRow).where(FailureRow.key.in_([f"conversation:{id_}" for id_ in talks])))


def _forget_files(session: Session, found: Subject, at: datetime) -> None:
    """Files that no other buyer's evidence is, too: equal content is stored once."""
    rows = session.scalars(select(EvidenceRow).where(_evidence_of(found))).all()
    ids, hashes = [row.id for row in rows], {row.sha256 for row in rows}
    others = select(EvidenceRow.sha256).where(EvidenceRow.sha256.in_(hashes), EvidenceRow.id.not_in(ids))
    shared = set(session.scalars(others))
    gone = {row.sha256: row.details for row in rows if row.sha256 not in shared}
    for sha256, details in gone.items():
        _later(session, "files", sha256, {"sha256": sha256, "keys": [details["view"], details["thumbnail"]]}, at)
    session.execute(delete(EvidenceRow).where(EvidenceRow.id.in_(ids)))


def _forget_ticket(session: Session, number: str, actor: Actor, at: datetime) -> None:
    before = load(session, number)
    after = before
    if before.state in UNDECIDED:  # nobody is left to answer
        after = change(before, "withdrawn", actor, at, wanted=())
    after = record(after, "erased", actor, at, **_bare(after))
    session.execute(delete(OutboxRow).where(OutboxRow.ticket_number == number))
    session.execute(
        update(TicketEventRow)
        .where(TicketEventRow.ticket_number == number, TicketEventRow.actor != "clock")
        .values(reason="")
    )
    session.execute(update(TicketRow).where(TicketRow.number == number).values(**ticket_fields(after), draft_id=number))
    session.add_all(event_row(number, event) for event in after.history[before.version :])
    session.flush()


def _bare(ticket: Ticket) -> dict[str, Any]:
    """A ticket's fields without what the buyer wrote or is reached by; what the books need stays."""
    text_free = {name: known for name, known in ticket.claim["facts"].items() if _is_word(name)}
    claim = {**ticket.claim, "facts": text_free}
    due = replace(ticket.due, evidence=None, remind=None, review=None, appeal=None)
    return {"email": ERASED, "claim": claim, "texts": {}, "appeal_reason": None, "rating_word": None, "due": due}


def _is_word(name: str) -> bool:
    return name in FACTS and FACTS[name].kind != "text"


def _evidence_of(found: Subject) -> Any:
    return or_(EvidenceRow.conversation_id.in_(found.conversations), EvidenceRow.ticket_number.in_(found.tickets))


def _later(session: Session, channel: str, what: str, body: JSON, at: datetime) -> None:
    key = f"{channel}:{what}:{secrets.token_hex(4)}"
    outbox.put(session, None, Outgoing(channel, f"{channel}:{what}", key, body), at)


def _idle(session: Session, before: datetime) -> tuple[str, ...]:
    talks = (
        select(ConversationRow.id)
        .where(ConversationRow.updated_at < before)
        .where(~select(TicketRow.number).where(TicketRow.conversation_id == ConversationRow.id).exists())
        .where(
            ~select(EvidenceRow.id)
            .where(EvidenceRow.conversation_id == ConversationRow.id, EvidenceRow.ticket_number.is_not(None))
            .exists()
        )
    )
    return tuple(session.scalars(talks.limit(BATCH)))


def _closed(session: Session, before: datetime) -> tuple[str, ...]:
    """Tickets long closed, of conversations all of whose tickets are; the first of a batch."""
    other = aliased(TicketRow)
    running = select(other.number).where(
        other.conversation_id == TicketRow.conversation_id, or_(other.open, other.updated_at >= before)
    )
    closed = select(TicketRow.number).where(
        TicketRow.open.is_(False), TicketRow.updated_at < before, TicketRow.email != ERASED, ~running.exists()
    )
    return tuple(session.scalars(closed.order_by(TicketRow.updated_at).limit(BATCH)))


def _conversation_json(session: Session, id_: str) -> JSON:
    row = session.get_one(ConversationRow, id_)
    lines = session.scalars(select(MessageRow).where(MessageRow.conversation_id == id_).order_by(MessageRow.id))
    pieces = session.scalars(select(EvidenceRow).where(EvidenceRow.conversation_id == id_))
    return {
        "id": id_,
        "shop": row.shop,
        "language": row.language,
        "created_at": row.created_at.isoformat(),
        "known": row.known,
        "draft": row.draft,
        "lines": [{"at": one.created_at.isoformat(), "author": one.author, "text": one.text} for one in lines],
        "evidence": [{"id": one.id, "kind": one.kind, "at": one.created_at.isoformat()} for one in pieces],
    }
