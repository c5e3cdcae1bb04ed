"""The console's tables: who may look, who looked, what was not understood, who is typing, the figures."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from redress.store.tables import Base


class AccountRow(Base):
    """Somebody who may use the console. Without a password hash only the sign-in service lets them in."""

    __tablename__ = "accounts"

    name: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    password_hash: Mapped[str | None]
    subject: Mapped[str | None] = mapped_column(unique=True)  # issuer and subject at the sign-in service
    disabled: Mapped[bool]
    created_at: Mapped[datetime]


class SessionRow(Base):
    """A signed-in browser. The cookie's token is kept as its hash."""

    __tablename__ = "console_sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.name"), index=True)
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class AuditRow(Base):
    """One look at a buyer's data, or one act in the console. Rows are only ever added."""

    __tablename__ = "audit_log"
    __table_args__ = (Index("ix_audit_log_actor", "actor", "id"), Index("ix_audit_log_subject", "subject", "id"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]  # a ticket's number, a conversation's id, an account's name
    detail: Mapped[dict[str, Any]]


class MisunderstoodRow(Base):
    """A buyer's line that the bot did not understand, with its guesses and, once somebody gave it, its label."""

    __tablename__ = "misunderstood"
    __table_args__ = (Index("ix_misunderstood_open", "labelled_at", "message_id"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    guesses: Mapped[list[Any]]  # [[intent, confidence], ...] best first
    label: Mapped[str | None]  # an intent; None with labelled_at set: dismissed
    labelled_by: Mapped[str | None]
    labelled_at: Mapped[datetime | None]


class PresenceRow(Base):
    """How far one side of a conversation has read, and when it last typed."""

    __tablename__ = "presence"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)  # buyer or desk
    read_id: Mapped[int]
    typing_at: Mapped[datetime | None]


class FiguresRow(Base):
    """One table of figures as it was last counted."""

    __tablename__ = "figures"

    name: Mapped[str] = mapped_column(primary_key=True)
    rows: Mapped[list[Any]]
    counted_at: Mapped[datetime]


class SearchRow(Base):
    """A ticket's place in the full-text index, which is ordered by it: the later opened, the greater."""

    __tablename__ = "search_documents"

    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    number: Mapped[str] = mapped_column(ForeignKey("tickets.number"), unique=True)
