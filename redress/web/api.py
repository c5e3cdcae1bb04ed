"""The buyer's HTTP API: conversations, messages, evidence, history."""

import uuid
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Header, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from redress.bootstrap import Parts
from redress.claims.conversation import Conversation
from redress.claims.draft import JSON, Draft
from redress.errors import RedressError
from redress.evidence import Form, read_form
from redress.texts import language_of
from redress.web import auth
from redress.web.cors import check_origin
from redress.web.links import shown_line, transcript_link, with_links

type Bearer = Annotated[str | None, Header(alias="authorization")]


class InvalidRequest(RedressError):
    """A field of a request that cannot be; the message names what may stand there."""

    code = "invalid_request"


class NewConversation(BaseModel):
    """What opens a conversation."""

    model_config = ConfigDict(extra="forbid")
    shop: str = Field(max_length=100)
    locale: str = Field("en", max_length=35)
    time_zone: str | None = Field(None, max_length=64, pattern=r"^[^\x00]*$")
    customer_token: str | None = Field(None, max_length=4096)


class NewMessage(BaseModel):
    """One line of the buyer: a text or the payload of a choice."""

    model_config = ConfigDict(extra="forbid")
    client_id: uuid.UUID
    text: str | None = Field(None, max_length=1_000_000)
    payload: str | None = Field(None, max_length=200)


def conversations(parts: Parts) -> APIRouter:
    """The routes under /api/conversations."""
    router = APIRouter(prefix="/api/conversations", tags=["conversations"])

    @router.post("", status_code=201)
    def open_conversation(body: NewConversation, request: Request, afterwards: BackgroundTasks) -> JSON:
        if body.shop not in parts.packs:
            raise InvalidRequest(f"There is no shop {body.shop!r}; there is {', '.join(parts.packs)}.", field="shop")
        check_origin(request, parts.settings.origins.get(body.shop, ()))
        known = {}
        if body.customer_token:
            known = dict(auth.read_customer_token(body.customer_token, parts.settings.shop_secret(body.shop)))
        opened, greeting = parts.desk.open(
            Conversation(
                id=uuid.uuid4().hex,
                shop=body.shop,
                language=language_of(body.locale),
                time_zone=body.time_zone,
                draft=Draft(id=""),
                question=None,
                client=request.client.host if request.client else "",
                known=known,
            )
        )
        token, kept = auth.new_token()
        said = parts.conversations.add(opened, kept, greeting, parts.clock())
        afterwards.add_task(parts.dialogue.prepare, opened)
        person = (parts.texts.say("utter_choice_person", opened.language), {"say": "/talk_to_human"})
        return {
            "id": opened.id,
            "token": token,
            "greeting": said,
            "menu": parts.transcripts.offer_choices(opened.id, [person]),
        }

    @router.post("/{conversation_id}/messages")
    def take_turn(conversation_id: str, body: NewMessage, authorization: Bearer = None) -> JSON:
        auth.check_bearer(authorization, parts.conversations.token_hash(conversation_id))
        replies = parts.turns.take(conversation_id, str(body.client_id), text=body.text, payload=body.payload)
        return {"replies": replies}

    @router.get("/{conversation_id}/messages")
    def history(conversation_id: str, after: int = 0, authorization: Bearer = None) -> JSON:
        auth.check_bearer(authorization, parts.conversations.token_hash(conversation_id))
        lines = [shown_line(parts, line) for line in parts.transcripts.transcript(conversation_id, after)]
        return {"messages": lines, "links": {"transcript": transcript_link(parts, conversation_id)}}

    @router.post("/{conversation_id}/evidence", status_code=201, openapi_extra=MULTIPART)
    async def upload(conversation_id: str, request: Request, authorization: Bearer = None) -> JSON:
        kept = await run_in_threadpool(parts.conversations.token_hash, conversation_id)
        auth.check_bearer(authorization, kept)
        form = await read_form(request.headers.get("content-type", ""), request.stream(), incoming(parts))
        with form.upload:
            client_id = _client_id(form)
            conversation = await run_in_threadpool(parts.conversations.conversation, conversation_id)
            uploads = parts.uploads
            done = await run_in_threadpool(uploads.replayed, conversation, client_id, form.upload.sha256)
            if done is None:
                kind = await run_in_threadpool(uploads.kind, conversation, form.fields.get("kind"))
                accepted = asdict(await parts.intake.accept_async(form.upload))
                done = await run_in_threadpool(uploads.keep, conversation, client_id, kind, accepted)
        return {"evidence": with_links(parts, done.evidence), "replies": done.replies}

    return router


def incoming(parts: Parts) -> Path:
    """Where uploads lie while they are taken in."""
    return parts.settings.evidence_dir / "incoming"


def _client_id(form: Form) -> str:
    try:
        return str(uuid.UUID(form.fields.get("client_id", "")))
    except ValueError as error:
        raise InvalidRequest("client_id must be a UUID.", field="client_id") from error


_TEXT = {"type": "string"}
MULTIPART = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "client_id"],
                    "properties": {"file": {**_TEXT, "format": "binary"}, "client_id": _TEXT, "kind": _TEXT},
                }
            }
        },
    }
}
