"""Who is there while a person answers: how far the other side has read, and whether it is typing."""

from typing import Annotated

from fastapi import APIRouter, Header
from pydantic import BaseModel, ConfigDict, Field

from redress.bootstrap import Parts
from redress.claims.draft import JSON
from redress.store.handover import Handover
from redress.web import auth


class Seen(BaseModel):
    """The last line that the buyer has seen, and whether they are typing."""

    model_config = ConfigDict(extra="forbid")
    read: int = Field(0, ge=0, le=2**63 - 1)
    typing: bool = False


def presence(parts: Parts) -> APIRouter:
    """The buyer's side of typing and read marks."""
    router = APIRouter(prefix="/api/conversations", tags=["conversations"])
    handover = Handover(parts.database)

    @router.post("/{conversation_id}/seen")
    def seen(conversation_id: str, body: Seen, authorization: Annotated[str | None, Header()] = None) -> JSON:
        """Tell what the buyer has seen; the answer tells the same of the desk, and who answers."""
        auth.check_bearer(authorization, parts.conversations.token_hash(conversation_id))
        now = parts.clock()
        handover.seen(conversation_id, "buyer", body.read, now, typing=body.typing)
        desk, who = handover.presence(conversation_id, "desk", now), handover.who(conversation_id)
        return {"read": str(desk.read_id), "typing": desk.typing, "mode": who.mode, "person": who.held_by}

    return router
