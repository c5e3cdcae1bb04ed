"""The tables of what leaves the desk, and of who may ask it: the outbox, its tries, the shops' API keys."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from redress.store.tables import Base


class OutboxRow(Base):
    """Something that another system must get, written with the change that it tells of.

    `state`: `waiting` (from `due_at` on), `sending` (its worker has until `due_at`), `sent`, `dead` (will not go),
    `dismissed` (by a person),
    `doubtful` (may have gone, and nobody can tell). What has the same `stream` goes out in the order of `id`.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "state", "due_at"),
        Index("ix_outbox_stream", "stream", "state", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    channel: Mapped[str]
    stream: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    ticket_number: Mapped[str | None] = mapped_column(ForeignKey("tickets.number"), index=True)
    body: Mapped[dict[str, Any]]
    state: Mapped[str]
    tries: Mapped[int]
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class TryRow(Base):
    """One try to send a row of the outbox. `result` stays empty where the worker died before it could tell."""

    __tablename__ = "outbox_tries"

    outbox_id: Mapped[int] = mapped_column(
        ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    result: Mapped[str | None]  # sent, later, refused, doubtful
    detail: Mapped[str] = mapped_column(Text)  # a status or an error's name; never what was sent


class ApiKeyRow(Base):
    """A shop's key to the API, kept as its hash."""

    __tablename__ = "api_keys"

    name: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    shop: Mapped[str] = mapped_column(index=True)
    scopes: Mapped[list[Any]]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
