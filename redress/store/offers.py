"""What replies offer: choices under opaque payloads, and what each stands for."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, replace

from sqlalchemy.orm import Session

from redress.claims.conversation import Conversation, Reply
from redress.claims.draft import JSON
from redress.store.errors import UnknownChoice
from redress.store.tables import ConversationRow, OfferRow

# choices that mean the same whatever is asked by then: a message to the dialogue, an appeal that carries its claim
ALWAYS_GOOD = frozenset({"say", "appeal"})


def offer_replies(session: Session, conversation: Conversation, replies: Sequence[Reply]) -> list[JSON]:
    """The replies as the buyer gets them (ids aside), their choices on offer under opaque payloads."""
    open_question = conversation.question.id if conversation.question else None
    said = []
    for reply in replies:
        choices = [
            put_on_offer(
                session,
                conversation.id,
                choice.title,
                dict(choice.value),
                "" if ALWAYS_GOOD.intersection(choice.value) else conversation.draft.id,
                open_question if reply.question and not ALWAYS_GOOD.intersection(choice.value) else None,
            )
            for choice in reply.choices
        ]
        said.append({**asdict(replace(reply, choices=())), "choices": choices})
    return said


def put_on_offer(
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


def offered(session: Session, conversation_id: str, payload: str) -> OfferRow:
    offer = session.get(OfferRow, payload)
    row = session.get_one(ConversationRow, conversation_id)
    now_open = row.question["id"] if row.question else None
    if offer is None or offer.conversation_id != conversation_id:
        raise UnknownChoice("This conversation never offered that choice.", field="payload")
    stale = offer.draft_id not in ("", row.draft["id"]) or (offer.question and offer.question != now_open)
    if stale:
        raise UnknownChoice("That choice belongs to a question that is no longer open.", field="payload")
    return offer
