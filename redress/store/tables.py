"""The tables. Instants are stored in UTC, money and documents as JSON in the contract's form."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

EMAIL_LENGTH = 320  # RFC 5321: 64 before the @, 255 after it
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC also where the database knows no zones (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive instant cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Money(TypeDecorator[Decimal]):
    """An amount of two decimals, kept as a whole number of hundredths: exact, and summed by every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value.scaleb(2).to_integral_exact())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        # PostgreSQL sums whole numbers to a numeric
        return None if value is None else (Decimal(value) / 100).quantize(Decimal("0.01"))


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        datetime: Instant(),
        Decimal: Money(),
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(),
        str: String(200),
    }


class ConversationRow(Base):
    """A conversation and the draft claim that is open in it."""

    __tablename__ = "conversations"
    __table_args__ = (Index("ix_conversations_mode_waiting_since", "mode", "waiting_since"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    shop: Mapped[str]
    language: Mapped[str]
    time_zone: Mapped[str | None]
    token_hash: Mapped[str] = mapped_column(unique=True)
    client: Mapped[str]
    known: Mapped[dict[str, Any]]
    mode: Mapped[str]
    held_by: Mapped[str | None]  # the person who answers, in mode `person`
    waiting_since: Mapped[datetime | None]  # for a person
    draft: Mapped[dict[str, Any]]
    question: Mapped[dict[str, Any] | None]
    order_number: Mapped[str | None]  # of the draft, once it is identified
    order_email: Mapped[str | None] = mapped_column(String(EMAIL_LENGTH))
    last_ticket: Mapped[str | None]
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)  # what rested long is let go


class MessageRow(Base):
    """One line of a transcript, and for the buyer's lines the key under which it takes effect once."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_id"),
        Index("ix_messages_conversation_id_id", "conversation_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    author: Mapped[str]  # buyer, bot, or a person's name
    client_id: Mapped[str | None]  # of the buyer's lines
    content_hash: Mapped[str | None]
    text: Mapped[str] = mapped_column(Text)
    choice: Mapped[dict[str, Any] | None]  # what the pressed choice stood for
    reply: Mapped[dict[str, Any] | None]  # of the bot's lines: the reply as the buyer got it
    answers: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    answered: Mapped[bool]
    created_at: Mapped[datetime]


class OfferRow(Base):
    """A choice that a reply offered: the opaque payload, and what it stands for."""

    __tablename__ = "offers"

    payload: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    question: Mapped[str | None]  # the question it answers; None stays good as long as the draft does
    draft_id: Mapped[str]
    title: Mapped[str]
    value: Mapped[dict[str, Any]]


class StepRow(Base):
    """What a step of a turn committed, so that a repeated call replays it."""

    __tablename__ = "steps"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    answered: Mapped[bool]
    replies: Mapped[list[Any]]
    created_at: Mapped[datetime]


class EvidenceRow(Base):
    """A piece of evidence; the bytes lie in the evidence storage under their SHA-256."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("conversation_id", "client_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    draft_id: Mapped[str]
    ticket_number: Mapped[str | None] = mapped_column(ForeignKey("tickets.number"), index=True)
    client_id: Mapped[str]
    kind: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    bytes: Mapped[int]
    media_type: Mapped[str]
    width: Mapped[int | None]
    height: Mapped[int | None]
    details: Mapped[dict[str, Any]]  # capture time, perceptual hash, quality marks
    created_at: Mapped[datetime]


class LikenessRow(Base):
    """A part of a picture's fingerprint (`redress.store.likeness`), by which pictures like it are found."""

    __tablename__ = "likeness"

    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    evidence_id: Mapped[str] = mapped_column(
        ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    fingerprint: Mapped[str] = mapped_column(String(32))


class AlikeRow(Base):
    """Of two pictures that are alike: the one, and the other. Each pair stands here both ways."""

    __tablename__ = "alike"

    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[str] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True, index=True)


class TicketRow(Base):
    """A claim that was sent, as it is now. `claim` and `assessment` are the contract's JSON.

    What lists and figures need stands in columns of its own: `due_at` is the clock that runs (`due_kind` names it),
    `open` means that somebody still has something to do, `next_alarm_at` is when the worker looks again.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        Index(
            "ix_tickets_queue",
            *("open", "due_at", "created_at", "number"),  # the order of the queue
            *("shop", "issue", "state", "flagged", "assignee"),  # what it is narrowed by
        ),
        Index(
            "ix_tickets_queue_by_state",
            *("open", "state", "due_at", "created_at", "number"),
            *("shop", "issue", "flagged", "assignee"),
        ),
        Index("ix_tickets_queue_by_assignee", "assignee", "open", "due_at", "created_at", "number"),
        Index("ix_tickets_order_number", "order_number", "shop", "created_at", "number"),
        Index("ix_tickets_email", "email", "created_at", "number"),
        # all tickets, the newest first, narrowed by what follows the order
        Index("ix_tickets_created", "created_at", "number"),
        Index("ix_tickets_shop", "shop", "created_at", "number"),
        Index("ix_tickets_shop_issue", "shop", "issue", "created_at", "number", "state"),
        Index("ix_tickets_state", "state", "created_at", "number", "shop", "issue"),
        Index("ix_tickets_issue", "issue", "created_at", "number", "state"),
        Index("ix_tickets_shop_updated", "shop", "updated_at", "number"),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    shop: Mapped[str]
    state: Mapped[str]
    issue: Mapped[str]
    outcome: Mapped[str]
    rule: Mapped[str]
    language: Mapped[str]
    order_number: Mapped[str]
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    draft_id: Mapped[str] = mapped_column(unique=True)
    claim: Mapped[dict[str, Any]]
    assessment: Mapped[dict[str, Any]]
    pack_version: Mapped[str]
    pack_sha256: Mapped[str]
    remedy: Mapped[str | None]
    texts: Mapped[dict[str, Any]]  # evidence that is text, by kind
    appeal_reason: Mapped[str | None] = mapped_column(Text)
    wanted: Mapped[list[Any]]  # the evidence still waited for
    evidence_due: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    review_due: Mapped[datetime | None]
    payout_due: Mapped[datetime | None]
    appeal_until: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    due_kind: Mapped[str | None]
    next_alarm_at: Mapped[datetime | None] = mapped_column(index=True)
    overdue: Mapped[bool]
    open: Mapped[bool]
    flagged: Mapped[bool]
    assignee: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decided_remedy: Mapped[str | None]
    amount: Mapped[Decimal | None]  # of all that was granted
    currency: Mapped[str | None]
    decided_clause: Mapped[str | None]
    grants: Mapped[list[Any]]  # [{kind, amount, currency}]
    rating: Mapped[int | None]
    rating_word: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class TicketEventRow(Base):
    """One change of a ticket. Rows are only ever added."""

    __tablename__ = "ticket_events"
    __table_args__ = (UniqueConstraint("ticket_number", "key"),)

    ticket_number: Mapped[str] = mapped_column(ForeignKey("tickets.number"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    kind: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    key: Mapped[str | None] = mapped_column(String(300))  # of the buyer's step that caused it
    details: Mapped[dict[str, Any]]


class FailureRow(Base):
    """A failed identification, counted against each of its keys."""

    __tablename__ = "identification_failures"
    __table_args__ = (Index("ix_identification_failures_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str]
    at: Mapped[datetime]


class ShopOrderRow(Base):
    """An order of a shop that keeps its orders here (the demo shops): the contract's JSON, and the carrier's word."""

    __tablename__ = "shop_orders"

    shop: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    order: Mapped[dict[str, Any]]
    tracking: Mapped[str]
