"""Conversations, the steps taken in them, and failed identifications."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from redress.claims.conversation import Conversation, Mode, Question, Reply
from redress.claims.draft import JSON, Draft
from redress.claims.opening import Openings
from redress.claims.ports import Conflict, StepRecord, TicketDraft
from redress.policy.vocabulary import Language
from redress.store.chats import read_by
from redress.store.database import Database
from redress.store.errors import NotFound
from redress.store.offers import offer_replies
from redress.store.tables import ConversationRow, FailureRow, StepRow, TicketRow
from redress.store.ticket_store import add_ticket
from redress.store.transcripts import say


class BuyersZones:
    """What time zones the buyers' browsers named."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __call__(self, conversation_id: str) -> str | None:
        """The name of a conversation's zone, as it was sent; None where none was, or there is no such conversation."""
        with self._database.read() as session:
            return session.scalar(select(ConversationRow.time_zone).where(ConversationRow.id == conversation_id))


class Conversations:
    """Every method is one transaction."""

    def __init__(self, database: Database, openings: Openings) -> None:
        self._database = database
        self._openings = openings

    def add(self, conversation: Conversation, token_hash: str, greeting: Sequence[Reply], at: datetime) -> list[JSON]:
        """Keep a conversation that just opened, and its greeting; the greeting as the buyer gets it."""
        with self._database.write() as session:
            session.add(
                ConversationRow(
                    id=conversation.id,
                    shop=conversation.shop,
                    language=conversation.language,
                    time_zone=conversation.time_zone,
                    token_hash=token_hash,
                    client=conversation.client,
                    known=dict(conversation.known),
                    created_at=at,
                    **_changing(conversation),
                    updated_at=at,
                    version=1,
                )
            )
            session.flush()
            said = offer_replies(session, conversation, greeting)
            return [say(session, conversation.id, reply, None, at) for reply in said]

    def conversation(self, conversation_id: str) -> Conversation:
        """The conversation as it is; NotFound when there is none."""
        with self._database.read() as session:
            row = session.get(ConversationRow, conversation_id)
            if row is None:
                raise NotFound("There is no such conversation.")
            return _conversation(row)

    def token_hash(self, conversation_id: str) -> str | None:
        """The hash of the conversation's bearer token, or None."""
        with self._database.read() as session:
            return session.scalar(select(ConversationRow.token_hash).where(ConversationRow.id == conversation_id))

    def step(self, conversation_id: str, key: str) -> StepRecord | None:
        """The record of a committed step."""
        with self._database.read() as session:
            row = session.get(StepRow, (conversation_id, key))
            return StepRecord(tuple(row.replies), row.answered) if row else None

    def commit_step(
        self,
        conversation: Conversation,
        key: str,
        replies: Sequence[Reply],
        *,
        answered: bool,
        ticket: TicketDraft | None = None,
        at: datetime,
    ) -> StepRecord:
        """Commit a step whole; Conflict, and nothing written, when the conversation has changed since it was read."""
        try:
            with self._database.write() as session:
                changed = session.execute(
                    update(ConversationRow)
                    .where(ConversationRow.id == conversation.id, ConversationRow.version == conversation.version)
                    .values(
                        **_changing(conversation),
                        waiting_since=func.coalesce(ConversationRow.waiting_since, at)
                        if conversation.mode == "waiting"
                        else None,
                        version=conversation.version + 1,
                        updated_at=at,
                    )
                )
                if cast("CursorResult[Any]", changed).rowcount != 1:
                    raise Conflict("The conversation has changed.")
                if ticket:
                    add_ticket(session, *self._openings.open(ticket, conversation, at))
                if conversation.last_ticket:
                    read_by(session, conversation.last_ticket, conversation.id)
                said = offer_replies(session, conversation, replies)
                session.add(
                    StepRow(conversation_id=conversation.id, key=key, answered=answered, replies=said, created_at=at)
                )
                return StepRecord(tuple(said), answered)
        except IntegrityError as error:
            sent = ticket is not None and self.ticket_of_draft(ticket.draft_id) is not None
            if sent or self.step(conversation.id, key) is not None:  # somebody was faster, a moment ago
                raise Conflict("The conversation has changed.") from error
            raise

    def ticket_of_draft(self, draft_id: str) -> str | None:
        """The number of the ticket that the draft has become, if it has."""
        with self._database.read() as session:
            return session.scalar(select(TicketRow.number).where(TicketRow.draft_id == draft_id))

    def unfinished(self, conversation_id: str, shop: str, order_number: str, email: str) -> JSON | None:
        """The latest unfinished draft of that order in another conversation, where more than the order is known."""
        with self._database.read() as session:
            rows = session.scalars(
                select(ConversationRow)
                .where(
                    ConversationRow.shop == shop,
                    ConversationRow.order_number == order_number,
                    ConversationRow.order_email == email.lower(),
                    ConversationRow.id != conversation_id,
                )
                .order_by(ConversationRow.updated_at.desc())
                .limit(5)
            )
            unfinished = [row.draft for row in rows if row.question is not None]
        claims = (draft for draft in unfinished if not draft.get("errand"))  # a ticket is no unfinished claim
        begun = (draft for draft in claims if draft["affected"] or draft["facts"] or draft["evidence"])
        return next(begun, None)

    def failures(self, keys: Sequence[str], since: datetime) -> Mapping[str, int]:
        """Failed identifications by key since that instant."""
        with self._database.read() as session:
            counted = session.execute(
                select(FailureRow.key, func.count())
                .where(FailureRow.key.in_(keys), FailureRow.at > since)
                .group_by(FailureRow.key)
            )
            return dict(counted.all())

    def add_failure(self, keys: Sequence[str], at: datetime) -> None:
        """Count one failed identification against every key."""
        with self._database.write() as session:
            session.execute(insert(FailureRow), [{"key": key, "at": at} for key in keys])


def _changing(conversation: Conversation) -> JSON:
    return {
        "mode": conversation.mode,
        "draft": conversation.draft.to_json(),
        "question": asdict(conversation.question) if conversation.question else None,
        "order_number": conversation.draft.order_number if conversation.draft.order else None,
        "order_email": (conversation.draft.email or "").lower() if conversation.draft.order else None,
        "last_ticket": conversation.last_ticket,
    }


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(
        id=row.id,
        shop=row.shop,
        language=cast("Language", row.language),
        time_zone=row.time_zone,
        draft=Draft.from_json(row.draft),
        question=Question(**row.question) if row.question else None,
        client=row.client,
        version=row.version,
        last_ticket=row.last_ticket,
        mode=cast("Mode", row.mode),
        known=row.known,
    )
