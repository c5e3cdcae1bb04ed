"""Conversations, their messages and their steps. Every public method is one transaction."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from redress.claims.conversation import Conversation, Mode, Question, Reply
from redress.claims.draft import JSON, Draft
from redress.claims.ports import Conflict, FoundOrder, Inbound, StepRecord, TicketDraft
from redress.policy.vocabulary import Language
from redress.store.errors import ClientIdReused, NotFound, UnknownChoice
from redress.store.tables import (
    ConversationRow,
    EvidenceRow,
    FailureRow,
    MessageRow,
    OfferRow,
    ShopOrderRow,
    StepRow,
)
from redress.store.tickets import open_ticket


class SqlStore:
    """The store of the desk on SQLAlchemy."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(write=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are committed at its end, or all undone."""
        with Session(self._writing) as session, session.begin():
            yield session

    # conversations

    def add_conversation(
        self, conversation: Conversation, token_hash: str, greeting: Sequence[Reply], at: datetime
    ) -> list[JSON]:
        """Keep a conversation that just opened, and its greeting; the greeting as the buyer gets it."""
        with self.write() as session:
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
            said = _offer(session, conversation, greeting)
            return [_say(session, conversation.id, reply, None, at) for reply in said]

    def conversation(self, conversation_id: str) -> Conversation:
        """The conversation as it is; NotFound when there is none."""
        with self.read() as session:
            row = session.get(ConversationRow, conversation_id)
            if row is None:
                raise NotFound("There is no such conversation.")
            return _conversation(row)

    def token_hash(self, conversation_id: str) -> str | None:
        """The hash of the conversation's bearer token, or None."""
        with self.read() as session:
            return session.scalar(select(ConversationRow.token_hash).where(ConversationRow.id == conversation_id))

    # turns

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
        with self.write() as session:
            row = session.scalar(
                select(MessageRow).where(
                    MessageRow.conversation_id == conversation_id, MessageRow.client_id == client_id
                )
            )
            if row is None:
                choice: JSON | None = None
                if payload is not None:
                    offer = _offered(session, conversation_id, payload)
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
        with self.read() as session:
            row = session.scalar(
                select(MessageRow).where(
                    MessageRow.conversation_id == conversation_id, MessageRow.client_id == client_id
                )
            )
            if row is None:
                raise NotFound("There is no such message.")
            return Inbound(row.id, row.text, row.choice, row.created_at, None)

    def finish_turn(
        self, conversation_id: str, inbound: Inbound, replies: Sequence[JSON], at: datetime
    ) -> tuple[JSON, ...]:
        """Write the replies into the transcript and mark the line answered; what is already there when it is."""
        with self.write() as session:
            row = session.get_one(MessageRow, inbound.id)
            if not row.answered:
                row.answered = True
                for reply in replies:
                    _say(session, conversation_id, reply, inbound.id, at)
                session.flush()
            return _replies_to(session, inbound.id)

    def offer_choices(self, conversation_id: str, choices: Sequence[tuple[str, JSON]]) -> list[JSON]:
        """Put choices on offer that stay good whatever is asked; `{title, payload}` each."""
        with self.write() as session:
            return [_put_on_offer(session, conversation_id, title, value, "", None) for title, value in choices]

    def transcript(self, conversation_id: str, after: int = 0) -> list[JSON]:
        """The lines of a conversation in order, those with a greater id than `after`."""
        with self.read() as session:
            rows = session.scalars(
                select(MessageRow)
                .where(MessageRow.conversation_id == conversation_id, MessageRow.id > after)
                .order_by(MessageRow.id)
            )
            return [_line(row) for row in rows]

    # steps

    def step(self, conversation_id: str, key: str) -> StepRecord | None:
        """The record of a committed step."""
        with self.read() as session:
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
            with self.write() as session:
                changed = session.execute(
                    update(ConversationRow)
                    .where(ConversationRow.id == conversation.id, ConversationRow.version == conversation.version)
                    .values(**_changing(conversation), version=conversation.version + 1, updated_at=at)
                )
                if cast("CursorResult[Any]", changed).rowcount != 1:
                    raise Conflict("The conversation has changed.")
                if ticket:
                    open_ticket(session, ticket, conversation, at)
                said = _offer(session, conversation, replies)
                session.add(
                    StepRow(conversation_id=conversation.id, key=key, answered=answered, replies=said, created_at=at)
                )
                return StepRecord(tuple(said), answered)
        except IntegrityError as error:  # the same step, or the same ticket, was committed a moment ago
            raise Conflict("The conversation has changed.") from error

    # evidence

    def add_evidence(self, conversation: Conversation, client_id: str, fields: Mapping[str, Any], at: datetime) -> JSON:
        """Keep a piece of evidence under its client id; the one already kept when it came before (same content)."""
        with self.write() as session:
            row = session.scalar(
                select(EvidenceRow).where(
                    EvidenceRow.conversation_id == conversation.id, EvidenceRow.client_id == client_id
                )
            )
            if row is None:
                row = EvidenceRow(
                    id=secrets.token_hex(8),
                    conversation_id=conversation.id,
                    draft_id=conversation.draft.id,
                    client_id=client_id,
                    created_at=at,
                    **fields,
                )
                session.add(row)
            elif row.sha256 != fields["sha256"]:
                raise ClientIdReused("This client_id was used for another file. Use a new one.", field="client_id")
            return evidence_json(row)

    # identification

    def failures(self, keys: Sequence[str], since: datetime) -> Mapping[str, int]:
        """Failed identifications by key since that instant."""
        with self.read() as session:
            counted = session.execute(
                select(FailureRow.key, func.count())
                .where(FailureRow.key.in_(keys), FailureRow.at > since)
                .group_by(FailureRow.key)
            )
            return {key: count for key, count in counted}

    def add_failure(self, keys: Sequence[str], at: datetime) -> None:
        """Count one failed identification against every key."""
        with self.write() as session:
            session.execute(insert(FailureRow), [{"key": key, "at": at} for key in keys])

    # orders that are kept here

    def find_order(self, shop: str, number: str, email: str) -> FoundOrder | None:
        """The shop's order with that number and e-mail address (letter case aside), or None."""
        with self.read() as session:
            row = session.get(ShopOrderRow, (shop, number))
            if row is None or row.email.casefold() != email.casefold():
                return None
            return FoundOrder(row.order, row.tracking)

    def put_order(self, shop: str, email: str, order: JSON, tracking: str) -> None:
        """Keep an order, in place of the one with its number."""
        with self.write() as session:
            session.merge(ShopOrderRow(shop=shop, number=order["number"], email=email, order=order, tracking=tracking))


def evidence_json(row: EvidenceRow) -> JSON:
    """A piece of evidence as the HTTP contract shows it."""
    return {
        "id": row.id,
        "kind": row.kind,
        "sha256": row.sha256,
        "bytes": row.bytes,
        "media_type": row.media_type,
        "width": row.width,
        "height": row.height,
    }


def _changing(conversation: Conversation) -> JSON:
    return {
        "mode": conversation.mode,
        "draft": conversation.draft.to_json(),
        "question": asdict(conversation.question) if conversation.question else None,
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


def _offer(session: Session, conversation: Conversation, replies: Sequence[Reply]) -> list[JSON]:
    """The replies as the buyer gets them (ids aside), their choices on offer under opaque payloads."""
    open_question = conversation.question.id if conversation.question else None
    said = []
    for reply in replies:
        choices = [
            _put_on_offer(
                session,
                conversation.id,
                choice.title,
                dict(choice.value),
                conversation.draft.id,
                open_question if reply.question else None,
            )
            for choice in reply.choices
        ]
        said.append({**asdict(replace(reply, choices=())), "choices": choices})
    return said


def _put_on_offer(
    session: Session, conversation_id: str, title: str, value: JSON, draft_id: str, question: str | None
) -> JSON:
    payload = secrets.token_urlsafe(9)
    session.add(
        OfferRow(
            payload=payload,
            conversation_id=conversation_id,
            question=question,
            draft_id=draft_id,
            title=title[:200],
            value=value,
        )
    )
    return {"title": title, "payload": payload}


def _offered(session: Session, conversation_id: str, payload: str) -> OfferRow:
    offer = session.get(OfferRow, payload)
    row = session.get_one(ConversationRow, conversation_id)
    now_open = row.question["id"] if row.question else None
    if offer is None or offer.conversation_id != conversation_id:
        raise UnknownChoice("This conversation never offered that choice.", field="payload")
    stale = offer.draft_id not in ("", row.draft["id"]) or (offer.question and offer.question != now_open)
    if stale:
        raise UnknownChoice("That choice belongs to a question that is no longer open.", field="payload")
    return offer


def _say(session: Session, conversation_id: str, reply: JSON, answers: int | None, at: datetime) -> JSON:
    row = MessageRow(
        conversation_id=conversation_id,
        author="bot",
        text=reply["text"],
        reply=reply,
        answers=answers,
        answered=True,
        created_at=at,
    )
    session.add(row)
    session.flush()
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
