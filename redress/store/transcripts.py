"""The lines of conversations: what buyers wrote, what was replied."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from redress.claims.draft import JSON
from redress.claims.ports import Inbound
from redress.store.chats import carry
from redress.store.database import Database
from redress.store.errors import ClientIdReused, NotFound
from redress.store.evidence import stored_json
from redress.store.offers import offered, put_on_offer
from redress.store.tables import EvidenceRow, MessageRow
from redress.store.turns import take_turns

OUTSIDE_OF_TURNS = (MessageRow.author != "buyer", MessageRow.answers.is_(None))


class Transcripts:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def receive(
        self,
        conversation_id: str,
        client_id: str,
        content_hash: str,
        *,
        text: str,
        payload: str | None,
        at: datetime,
    ) -> Inbound:
        """Keep a buyer's line under its client id; the one already kept when it came before.

        Raises ClientIdReused when that was another content, UnknownChoice for a payload not on offer (any more).
        """
        with self._database.write() as session:
            take_turns(session, conversation_id)
            row = session.scalar(
                select(MessageRow).where(
                    MessageRow.conversation_id == conversation_id, MessageRow.client_id == client_id
                )
            )
            if row is None:
                choice: JSON | None = None
                if payload is not None:
                    offer = offered(session, conversation_id, payload)
                    text, choice = offer.title, offer.value
                row = MessageRow(
                    conversation_id=conversation_id,
                    author="buyer",
                    client_id=client_id,
                    content_hash=content_hash,
                    text=text,
                    choice=choice,
                    answered=False,
                    created_at=at,
                )
                session.add(row)
                session.flush()
            elif row.content_hash != content_hash:
                raise ClientIdReused("This client_id was used for other content. Use a new one.", field="client_id")
            replies = _replies_to(session, row.id) if row.answered else None
            return Inbound(row.id, row.text, row.choice, row.created_at, replies)

    def inbound(self, conversation_id: str, client_id: str) -> Inbound:
        """The buyer's line with that client id; NotFound when there is none."""
        with self._database.read() as session:
            row = session.scalar(
                select(MessageRow).where(
                    MessageRow.conversation_id == conversation_id, MessageRow.client_id == client_id
                )
            )
            if row is None:
                raise NotFound("There is no such message.")
            return Inbound(row.id, row.text, row.choice, row.created_at, None)

    def client_ids(self, conversation_id: str, among: Sequence[str]) -> set[str]:
        """Those of some client ids under which the buyer's lines are kept."""
        wanted = select(MessageRow.client_id).where(
            MessageRow.conversation_id == conversation_id, MessageRow.client_id.in_(among)
        )
        with self._database.read() as session:
            return {found for found in session.scalars(wanted) if found is not None}

    def finish_turn(
        self, conversation_id: str, inbound: Inbound, replies: Sequence[JSON], at: datetime
    ) -> tuple[JSON, ...]:
        """Write the replies into the transcript and mark the line answered; what is already there when it is."""
        with self._database.write() as session:
            take_turns(session, conversation_id)
            row = session.get_one(MessageRow, inbound.id)
            if not row.answered:
                row.answered = True
                for reply in replies:
                    say(session, conversation_id, reply, inbound.id, at)
                session.flush()
            return _replies_to(session, inbound.id)

    def offer_choices(self, conversation_id: str, choices: Sequence[tuple[str, JSON]]) -> list[JSON]:
        """Put choices on offer that stay good whatever is asked; `{title, payload}` each."""
        with self._database.write() as session:
            return [put_on_offer(session, conversation_id, title, value, "", None) for title, value in choices]

    def transcript(self, conversation_id: str, after: int = 0) -> list[JSON]:
        """The lines of a conversation in order, those with a greater id than `after`."""
        with self._database.read() as session:
            rows = session.scalars(
                select(MessageRow)
                .where(MessageRow.conversation_id == conversation_id, MessageRow.id > after)
                .order_by(MessageRow.id)
            )
            return _with_evidence(session, conversation_id, [_line(row) for row in rows])

    def newest(self) -> int:
        """The greatest id of any line of any conversation; 0 when there is none."""
        with self._database.read() as session:
            return session.scalar(select(func.max(MessageRow.id))) or 0

    def news(self, conversation_id: str, after: int) -> list[JSON]:
        """The lines with a greater id than `after` that came outside of a turn, such as a decision."""
        with self._database.read() as session:
            rows = session.scalars(
                select(MessageRow)
                .where(MessageRow.conversation_id == conversation_id, MessageRow.id > after, *OUTSIDE_OF_TURNS)
                .order_by(MessageRow.id)
            )
            return [_line(row) for row in rows]

    def with_news(self, after: int) -> set[str]:
        """The ids of the conversations that have news with a greater id than `after`."""
        with self._database.read() as session:
            found = select(MessageRow.conversation_id).where(MessageRow.id > after, *OUTSIDE_OF_TURNS).distinct()
            return set(session.scalars(found))


def say(
    session: Session,
    conversation_id: str,
    reply: JSON,
    answers: int | None,
    at: datetime,
    author: str = "bot",
    *,
    carried: bool = True,
) -> JSON:
    """Write a line of ours. Outside of a turn (`answers` None) it is carried to the chat that the conversation is."""
    take_turns(session, conversation_id)
    row = MessageRow(
        conversation_id=conversation_id,
        author=author,
        text=reply["text"],
        reply=reply,
        answers=answers,
        answered=True,
        created_at=at,
    )
    session.add(row)
    session.flush()
    if answers is None and carried:
        carry(session, conversation_id, row.id, reply, at)
    return {"id": str(row.id), **reply}


def _replies_to(session: Session, inbound_id: int) -> tuple[JSON, ...]:
    rows = session.scalars(select(MessageRow).where(MessageRow.answers == inbound_id).order_by(MessageRow.id))
    return tuple({"id": str(row.id), **(row.reply or {})} for row in rows)


def _line(row: MessageRow) -> JSON:
    shown = dict(row.reply) if row.reply else {"text": row.text, "choices": [], "question": None}
    return {
        **shown,
        "id": str(row.id),
        "author": row.author,
        "client_id": row.client_id,
        "created_at": row.created_at.isoformat(),
    }


def _with_evidence(session: Session, conversation_id: str, lines: list[JSON]) -> list[JSON]:
    """The lines, those by which the buyer sent a file with `evidence`: as stored, with its storage keys."""
    rows = session.scalars(select(EvidenceRow).where(EvidenceRow.conversation_id == conversation_id))
    sent = {row.client_id: stored_json(row) for row in rows}
    return [{**line, "evidence": sent[line["client_id"]]} if line["client_id"] in sent else line for line in lines]
