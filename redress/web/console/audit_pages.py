"""Who looked at what, for admins; and what could not be delivered, for leads."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from redress.store.accounts import SignedIn
from redress.store.audit import PAGE
from redress.web.console.access import actor, viewer
from redress.web.console.desk import desk_of
from redress.web.console.fields import Before, RowId
from redress.web.console.render import page

router = APIRouter()
LISTED = 50


@router.get("/audit")
def audit(
    request: Request,
    who: Annotated[SignedIn, Depends(viewer("admin"))],
    by: str = "",
    subject: str = "",
    before: Before = 0,
) -> Response:
    """The audit log, the newest first, of one person or about one ticket where wanted."""
    desk = desk_of(request)
    entries = desk.audit.entries(actor=by or None, subject=subject or None, before=before or None)
    older = entries[-1].id if len(entries) == PAGE else None
    people = [one.name for one in desk.accounts.all()]
    return page(request, "audit.html", entries=entries, older=older, by=by, subject=subject, people=people)


@router.get("/undelivered")
def undelivered(request: Request, who: Annotated[SignedIn, Depends(viewer("lead"))], before: Before = 0) -> Response:
    """What was to leave the desk and did not, or may not have; and what came from apps and was not answered."""
    parts = desk_of(request).parts
    found = parts.outbox.undelivered(before=before or None, limit=LISTED)
    older = found[-1]["id"] if len(found) == LISTED else None
    unanswered = [] if before else parts.updates.dead(LISTED)
    return page(request, "undelivered.html", found=found, older=older, unanswered=unanswered)


@router.post("/undelivered/{row}/again")
def again(request: Request, row: RowId, who: Annotated[SignedIn, Depends(actor("lead"))]) -> Response:
    """Send it once more."""
    desk = desk_of(request)
    desk.parts.outbox.send_again(row, desk.clock())
    desk.audit.add(who.account.name, "sent again", str(row), desk.clock())
    return RedirectResponse("/console/undelivered", 303)


@router.post("/unanswered/{row}/again")
def answer_again(request: Request, row: RowId, who: Annotated[SignedIn, Depends(actor("lead"))]) -> Response:
    """Try a turn for it once more."""
    desk = desk_of(request)
    desk.parts.updates.again(row, desk.clock())
    desk.audit.add(who.account.name, "answered again", str(row), desk.clock())
    return RedirectResponse("/console/undelivered", 303)


@router.post("/undelivered/{row}/dismiss")
def dismiss(request: Request, row: RowId, who: Annotated[SignedIn, Depends(actor("lead"))]) -> Response:
    """Take it off the list."""
    desk = desk_of(request)
    desk.parts.outbox.dismiss(row, desk.clock())
    desk.audit.add(who.account.name, "dismissed", str(row), desk.clock())
    return RedirectResponse("/console/undelivered", 303)
