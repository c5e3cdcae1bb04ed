"""The tables of messaging apps: shops' accounts, what came in, and which conversation a chat is."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from redress.store.tables import Base


class ChannelRow(Base):
    """A shop's account in an app. `credentials` are encrypted; `cursor` is where polling goes on, None: a webhook."""

    __tablename__ = "channels"

    app: Mapped[str] = mapped_column(primary_key=True)
    shop: Mapped[str] = mapped_column(primary_key=True)
    credentials: Mapped[str] = mapped_column(Text)
    cursor: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]


class UpdateRow(Base):
    """Something that an app told, once. `state`: `waiting`, `begun` (its turn was, `tries` times), `done`, `dead`
    (no turn could be taken for it).

    The `body` goes when it is done; the row stays for a while, by which
    a redelivery is known.
    """

    __tablename__ = "channel_updates"
    __table_args__ = (
        UniqueConstraint("app", "shop", "update_id"),
        Index("ix_channel_updates_state", "state", "id"),
        Index("ix_channel_updates_chat", "app", "shop", "chat", "state", "rank"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    app: Mapped[str]
    shop: Mapped[str]
    update_id: Mapped[str]
    chat: Mapped[str]
    rank: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[dict[str, Any]]
    state: Mapped[str]
    tries: Mapped[int]
    created_at: Mapped[datetime]


class WaitingChatRow(Base):
    """A chat in which updates wait: the line in which chats stand for their turns.

    `turns`: how many it has had since it came; `due_at`: when it may have its next, or until when the
    runner has that is taking one.
    """

    __tablename__ = "waiting_chats"
    __table_args__ = (Index("ix_waiting_chats_turns", "turns", "due_at"),)

    app: Mapped[str] = mapped_column(primary_key=True)
    shop: Mapped[str] = mapped_column(primary_key=True)
    chat: Mapped[str] = mapped_column(primary_key=True)
    turns: Mapped[int]
    due_at: Mapped[datetime]


class ChatRow(Base):
    """The conversation that a chat is, when the buyer last wrote there, and what the numbers typed there stand for.

    `album` is the latest one, and the kind of evidence that its first file was.
    """

    __tablename__ = "chats"

    app: Mapped[str] = mapped_column(primary_key=True)
    shop: Mapped[str] = mapped_column(primary_key=True)
    chat: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), unique=True)
    menu: Mapped[list[Any]]
    album: Mapped[dict[str, Any]]
    last_wrote_at: Mapped[datetime]


class ReaderRow(Base):
    """A conversation whose buyer has proved that the ticket is theirs: it may be told of it."""

    __tablename__ = "ticket_readers"

    ticket_number: Mapped[str] = mapped_column(ForeignKey("tickets.number"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True, index=True)
