"""What the bot did not understand: its guesses, and the label that a person gives."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from redress.store.accounts import SignedIn
from redress.web.console.access import actor, viewer
from redress.web.console.desk import desk_of
from redress.web.console.fields import Before, RowId
from redress.web.console.intents import known_intents
from redress.web.console.problems import Refused
from redress.web.console.render import page

router = APIRouter(prefix="/learning")


@router.get("")
def learning(request: Request, who: Annotated[SignedIn, Depends(viewer())], before: Before = 0) -> Response:
    """Lines that wait for a label."""
    desk = desk_of(request)
    missed, older = desk.misunderstood.open(before or None)
    desk.audit.add(who.account.name, "looked at lines not understood", "", desk.clock(), lines=len(missed))
    zones = {shop: pack.zone for shop, pack in desk.parts.packs.items()}
    intents = known_intents(desk.parts.settings.data_dir)
    return page(request, "learning.html", missed=missed, older=older, intents=intents, zones=zones)


@router.post("/{message_id}")
def label(
    request: Request,
    message_id: RowId,
    who: Annotated[SignedIn, Depends(actor())],
    label: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Say what a line meant; without a label: that it teaches nothing."""
    desk = desk_of(request)
    if label and label not in known_intents(desk.parts.settings.data_dir):
        raise Refused(f"There is no intent {label!r}.", field="label")
    desk.misunderstood.label(message_id, label or None, who.account.name, desk.clock())
    if request.headers.get("hx-request"):
        return Response("")
    return RedirectResponse("/console/learning", 303)
