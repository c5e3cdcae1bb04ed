"""Conversations with a person: who waits, taking one over, writing, handing back to the bot."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from redress.claims.draft import JSON
from redress.store.accounts import SignedIn
from redress.store.errors import NotFound
from redress.web.console.access import actor, viewer
from redress.web.console.desk import ConsoleDesk, desk_of
from redress.web.console.render import page

router = APIRouter(prefix="/talks")
type Viewer = Annotated[SignedIn, Depends(viewer())]
type Reviewer = Annotated[SignedIn, Depends(actor())]


@router.get("")
def talks(request: Request, who: Viewer) -> Response:
    """Buyers who wait for a person, and those who have one."""
    desk = desk_of(request)
    zones = {shop: pack.zone for shop, pack in desk.parts.packs.items()}
    return page(request, "talks.html", talks=desk.handover.talks(), zones=zones)


@router.get("/count")
def count(request: Request, who: Viewer) -> Response:
    """How many wait, for the bar at the top; empty when nobody does."""
    waiting = desk_of(request).handover.waiting()
    return PlainTextResponse(str(waiting) if waiting else "")


@router.get("/{conversation_id}")
def talk(request: Request, conversation_id: str, who: Viewer) -> Response:
    """One conversation."""
    desk = desk_of(request)
    found = _found(desk, conversation_id)
    desk.audit.add(who.account.name, "looked at a conversation", conversation_id, desk.clock())
    return page(request, "talk.html", **_seen(desk, found), client_id=str(uuid.uuid4()))


@router.get("/{conversation_id}/lines")
def lines(request: Request, conversation_id: str, who: Viewer) -> Response:
    """The lines as they are now: what the page asks for every few seconds, and thereby marks as read."""
    desk = desk_of(request)
    found = _found(desk, conversation_id)
    shown = _seen(desk, found)
    if found["held_by"] == who.account.name and shown["lines"]:
        newest = shown["lines"][-1].id
        now = desk.clock()
        mine = desk.handover.presence(conversation_id, "desk", now)
        if newest > mine.read_id:
            desk.handover.seen(conversation_id, "desk", newest, now, typing=mine.typing)
    return page(request, "lines.html", **shown)


@router.post("/{conversation_id}/take")
def take(request: Request, conversation_id: str, who: Reviewer) -> Response:
    """Answer this buyer from now on; the bot is silent."""
    desk = desk_of(request)
    language = _found(desk, conversation_id)["language"]
    told = desk.parts.texts.say("utter_person_joined", language, person=who.account.name)
    desk.handover.take(conversation_id, who.account.name, told, desk.clock())
    desk.audit.add(who.account.name, "took over a conversation", conversation_id, desk.clock())
    return RedirectResponse(f"/console/talks/{conversation_id}", 303)


@router.post("/{conversation_id}/write")
def write(
    request: Request,
    conversation_id: str,
    who: Reviewer,
    text: Annotated[str, Form(max_length=4000)],
    client_id: Annotated[uuid.UUID, Form()],
) -> Response:
    """Write to the buyer, as a person."""
    desk = desk_of(request)
    if text.strip():
        desk.handover.write(conversation_id, who.account.name, text.strip(), str(client_id), desk.clock())
        desk.audit.add(who.account.name, "wrote to a buyer", conversation_id, desk.clock())
    return RedirectResponse(f"/console/talks/{conversation_id}", 303)


@router.post("/{conversation_id}/typing")
def typing(request: Request, conversation_id: str, who: Reviewer) -> Response:
    """The person is typing."""
    desk = desk_of(request)
    if _found(desk, conversation_id)["held_by"] == who.account.name:
        desk.handover.seen(conversation_id, "desk", 0, desk.clock(), typing=True)
    return Response(status_code=204)


@router.post("/{conversation_id}/give-back")
def give_back(request: Request, conversation_id: str, who: Reviewer) -> Response:
    """Let the bot go on: it puts the question again that was open."""
    desk = desk_of(request)
    told = desk.parts.texts.say("utter_person_left", _found(desk, conversation_id)["language"])
    desk.handover.give_back(conversation_id, who.account.name, told, desk.clock())
    again = desk.parts.desk.put_again(conversation_id, f"{uuid.uuid4()}:back")
    desk.handover.say(conversation_id, again.replies, desk.clock())
    desk.audit.add(who.account.name, "handed back a conversation", conversation_id, desk.clock())
    return RedirectResponse(f"/console/talks/{conversation_id}", 303)


def _found(desk: ConsoleDesk, conversation_id: str) -> JSON:
    found = desk.files.conversation(conversation_id)
    if found is None:
        raise NotFound("There is no such conversation.")
    return found


def _seen(desk: ConsoleDesk, found: JSON) -> JSON:
    return {
        "talk": found,
        "zone": desk.parts.packs[found["shop"]].zone,
        "lines": desk.files.lines(found["id"]),
        "buyer": desk.handover.presence(found["id"], "buyer", desk.clock()),
    }
