"""Conversations that a person answers: who waits, who answers, what they write, how far each side has read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from redress.claims.draft import JSON
from redress.claims.ports import Conflict
from redress.store.chats import carry
from redress.store.console_tables import PresenceRow
from redress.store.database import Database
from redress.store.errors import NotFound
from redress.store.tables import ConversationRow, MessageRow
from redress.store.transcripts import say

TYPING_FOR = timedelta(seconds=6)
LISTED = 100


@dataclass(frozen=True)
class Talk:
    """A conversation that a person has, or is wanted for."""

    id: str
    shop: str
    language: str
    mode: str
    held_by: str | None
    waiting_since: datetime | None
    updated_at: datetime


@dataclass(frozen=True)
class Presence:
    """One side of a conversation: the last line it has read, and whether it is typing now."""

    read_id: int = 0
    typing: bool = False


class Handover:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def talks(self) -> Sequence[Talk]:
        """Those that wait, the longest first, then those that a person has."""
        wanted = (
            select(ConversationRow)
            .where(ConversationRow.mode.in_(("waiting", "person")))
            .order_by(ConversationRow.mode.desc(), ConversationRow.waiting_since)
            .limit(LISTED)
        )
        with self._database.read() as session:
            return [_talk(row) for row in session.scalars(wanted)]

    def who(self, conversation_id: str) -> Talk:
        """Whose turn a conversation is; NotFound when there is none."""
        with self._database.read() as session:
            return _talk(_row(session, conversation_id))

    def waiting(self) -> int:
        """How many buyers wait for a person."""
        with self._database.read() as session:
            wanted = select(func.count()).where(ConversationRow.mode == "waiting")
            return session.scalar(wanted) or 0

    def take(self, conversation_id: str, person: str, told: str, at: datetime) -> None:
        """Let the person answer from now on, and tell the buyer so. Conflict when another person already does."""
        with self._database.write() as session:
            taken = session.execute(
                update(ConversationRow)
                .where(ConversationRow.id == conversation_id, ConversationRow.mode != "person")
                .values(
                    mode="person",
                    held_by=person,
                    waiting_since=None,
                    version=ConversationRow.version + 1,
                    updated_at=at,
                )
            )
            if cast("CursorResult[Any]", taken).rowcount == 1:
                say(session, conversation_id, plain(told), None, at)
                return
            holder = _row(session, conversation_id).held_by
            if holder != person:
                raise Conflict(f"{holder} already answers this buyer.")

    def write(self, conversation_id: str, person: str, text: str, client_id: str, at: datetime) -> None:
        """A line of the person, once for each `client_id`. Conflict when the conversation is not theirs."""
        with self._database.write() as session:
            if _row(session, conversation_id).held_by != person:
                raise Conflict("This conversation is not yours. Take it over first.")
            same = select(MessageRow.id).where(
                MessageRow.conversation_id == conversation_id, MessageRow.client_id == client_id
            )
            if session.scalar(same) is not None:
                return
            line = MessageRow(
                conversation_id=conversation_id,
                author=person,
                client_id=client_id,
                text=text,
                answered=True,
                created_at=at,
            )
            session.add(line)
            session.flush()
            carry(session, conversation_id, line.id, plain(text), at)
            _seen(session, conversation_id, "desk", typing_at=None)

    def give_back(self, conversation_id: str, person: str, told: str, at: datetime) -> None:
        """Let the bot answer again, and tell the buyer so. Conflict when the conversation is not the person's."""
        with self._database.write() as session:
            given = session.execute(
                update(ConversationRow)
                .where(ConversationRow.id == conversation_id, ConversationRow.held_by == person)
                .values(mode="bot", held_by=None, version=ConversationRow.version + 1, updated_at=at)
            )
            if cast("CursorResult[Any]", given).rowcount != 1:
                raise Conflict("This conversation is not yours.")
            say(session, conversation_id, plain(told), None, at)

    def say(self, conversation_id: str, replies: Sequence[JSON], at: datetime) -> None:
        """Lines of the bot outside of a turn."""
        with self._database.write() as session:
            for reply in replies:
                say(session, conversation_id, reply, None, at)

    def presence(self, conversation_id: str, side: str, now: datetime) -> Presence:
        """How far a side (`buyer`, `desk`) has read, and whether it types."""
        with self._database.read() as session:
            row = session.get(PresenceRow, (conversation_id, side))
            if row is None:
                return Presence()
            return Presence(row.read_id, row.typing_at is not None and row.typing_at > now - TYPING_FOR)

    def seen(self, conversation_id: str, side: str, read_id: int, at: datetime, *, typing: bool) -> None:
        """A side has read up to a line, and types or does not."""
        with self._database.write() as session:
            _row(session, conversation_id)
            _seen(session, conversation_id, side, read_id=read_id, typing_at=at if typing else None)


def plain(text: str) -> JSON:
    """A reply of the bot that is words alone."""
    nothing = dict.fromkeys(("question", "upload", "assessment", "ticket"))
    return {"text": text, "choices": [], **nothing}


def _talk(row: ConversationRow) -> Talk:
    return Talk(row.id, row.shop, row.language, row.mode, row.held_by, row.waiting_since, row.updated_at)


def _row(session: Session, conversation_id: str) -> ConversationRow:
    row = session.get(ConversationRow, conversation_id)
    if row is None:
        raise NotFound("There is no such conversation.")
    return row


def _seen(
    session: Session, conversation_id: str, side: str, *, read_id: int = 0, typing_at: datetime | None = None
) -> None:
    row = session.get(PresenceRow, (conversation_id, side))
    if row is None:
        row = PresenceRow(conversation_id=conversation_id, side=side, read_id=0)
        session.add(row)
    row.read_id, row.typing_at = max(row.read_id, read_id), typing_at
