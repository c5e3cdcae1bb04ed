"""A conversation as a text file, opened by a signed link: a page can offer no file of its own making under a strict
Content-Security-Policy, and a bearer token must not stand in an address."""

from datetime import UTC, datetime

from babel.dates import format_datetime
from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from redress.bootstrap import Parts
from redress.claims.conversation import Conversation
from redress.claims.draft import JSON
from redress.claims.zones import named
from redress.web.links import transcript_key

LOCALES = {"zh-CN": "zh_Hans_CN"}


def transcript_routes(parts: Parts) -> APIRouter:
    """The route of the download."""
    router = APIRouter(tags=["conversations"])

    @router.get("/api/conversations/{conversation_id}/transcript", response_class=PlainTextResponse)
    def transcript(conversation_id: str, expires: str = "", signature: str = "") -> PlainTextResponse:
        parts.signer.verify(transcript_key(conversation_id), expires, signature)
        conversation = parts.conversations.conversation(conversation_id)
        names = {
            author: parts.texts.say(f"utter_transcript_{author}", conversation.language) for author in ("buyer", "bot")
        }
        lines = [_line(line, conversation, names) for line in parts.transcripts.transcript(conversation_id)]
        headers = {
            "Content-Disposition": f'attachment; filename="{conversation.shop}-conversation.txt"',
            "Cache-Control": "private, no-store",
            "Referrer-Policy": "no-referrer",
        }
        return PlainTextResponse("\n\n".join([*lines, ""]), headers=headers)

    return router


def _line(line: JSON, conversation: Conversation, names: dict[str, str]) -> str:
    at = datetime.fromisoformat(line["created_at"]).astimezone(named(conversation.time_zone) or UTC)
    when = format_datetime(at, "medium", locale=LOCALES.get(conversation.language, conversation.language))
    choices = [f"  [{choice['title']}]" for choice in line.get("choices") or ()]
    return "\n".join([f"{names.get(line['author'], line['author'])}, {when} ({at:%Z}):", line["text"], *choices])
