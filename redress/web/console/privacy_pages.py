"""A buyer's data, for admins: what there is, handed over as a zip, or forgotten for good."""

import tempfile
from collections.abc import Iterator
from typing import IO, Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import StreamingResponse

from redress.export import write_export
from redress.store.accounts import SignedIn
from redress.store.privacy import Subject
from redress.store.tables import EMAIL_LENGTH
from redress.web.console.access import acting, actor, viewer
from redress.web.console.desk import ConsoleDesk, desk_of
from redress.web.console.render import page
from redress.web.errors import REFUSED

router = APIRouter(prefix="/privacy")
CHUNK = 64 * 1024
IN_MEMORY = 8 * 1024 * 1024  # of a zip; larger ones are written to a temporary file
type Admin = Annotated[SignedIn, Depends(actor("admin"))]
type Email = Annotated[str, Form(min_length=3, max_length=EMAIL_LENGTH, pattern=r"^[^@\s\x00]+@[^@\s\x00]+$")]


@router.get("")
def privacy(request: Request, who: Annotated[SignedIn, Depends(viewer("admin"))]) -> Response:
    """The form that asks whose data it is about."""
    return page(request, "privacy.html", email="", found=None, told="", problem="")


@router.post("/find")
def find(request: Request, who: Admin, email: Email) -> Response:
    """What there is of a buyer. By POST: an e-mail address must not stand in an address."""
    desk = desk_of(request)
    found = desk.parts.privacy.subject(email)
    _remember(desk, who, "looked for a buyer's data", found)
    return page(request, "privacy.html", email=email, found=found, told="", problem="")


@router.post("/export")
def export(request: Request, who: Admin, email: Email) -> Response:
    """All that is kept of a buyer, as a zip."""
    desk = desk_of(request)
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  closed when it has been sent
    write_export(file, email, desk.parts.privacy, desk.parts.storage)
    _remember(desk, who, "handed over a buyer's data", desk.parts.privacy.subject(email))
    file.seek(0)
    headers = {"Content-Disposition": 'attachment; filename="redress-export.zip"'}
    return StreamingResponse(_chunks(file), media_type="application/zip", headers=headers)


@router.post("/erase")
def erase(request: Request, who: Admin, email: Email, sure: Annotated[bool, Form()] = False) -> Response:
    """Forget a buyer, as `redress erase` does; the worker sees to files and trackers."""
    desk = desk_of(request)
    if not sure:
        found = desk.parts.privacy.subject(email)
        problem = "Nothing was erased. Tick the box first: what is erased does not come back."
        return page(request, "privacy.html", REFUSED, email=email, found=found, told="", problem=problem)
    found = desk.parts.privacy.erase(email, acting(who), desk.clock())
    _remember(desk, who, "erased a buyer's data", found)
    told = f"Erased: {_counted(found)}. What the books need of the tickets stays."
    return page(request, "privacy.html", email="", found=None, told=told, problem="")


def _remember(desk: ConsoleDesk, who: SignedIn, action: str, found: Subject) -> None:
    """A line of the audit log for each ticket, and one in any case; the address is in none."""
    counted = {"tickets": len(found.tickets), "conversations": len(found.conversations)}
    for subject in found.tickets or ("",):
        desk.audit.add(who.account.name, action, subject, desk.clock(), **counted)


def _counted(found: Subject) -> str:
    return f"{len(found.tickets)} tickets, {len(found.conversations)} conversations"


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk
