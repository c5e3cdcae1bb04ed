"""What a reviewer does with a ticket. Each act names the version looked at; a changed ticket is shown again instead."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from redress.claims.casework import InvalidDecision
from redress.errors import RedressError
from redress.store.accounts import SignedIn
from redress.web.console.access import acting, actor
from redress.web.console.claim_pages import show
from redress.web.console.desk import desk_of
from redress.web.console.problems import status_of
from redress.web.console.queue_pages import somebody

router = APIRouter(prefix="/tickets/{number}")
type Reviewer = Annotated[SignedIn, Depends(actor())]
type Lead = Annotated[SignedIn, Depends(actor("lead"))]
type Seen = Annotated[int, Form()]
type Words = Annotated[str, Form(max_length=4000)]


@router.post("/approve")
def approve(
    request: Request, number: str, who: Reviewer, seen: Seen, remedy: Words, amount: Words = "", reason: Words = ""
) -> Response:
    """Grant a remedy. Only a lead may lower the amount that the policy gives."""
    casework = desk_of(request).parts.casework
    return _done(
        request,
        number,
        who,
        "approved",
        lambda: casework.approve(number, acting(who), remedy, amount=_amount(amount), reason=reason, seen=seen),
        {"remedy": remedy, "amount": amount, "reason": reason},
    )


@router.post("/decline")
def decline(request: Request, number: str, who: Reviewer, seen: Seen, clause: Words, reason: Words = "") -> Response:
    """Decline by a clause."""
    casework = desk_of(request).parts.casework
    return _done(
        request,
        number,
        who,
        "declined",
        lambda: casework.decline(number, acting(who), clause, reason, seen=seen),
        {"clause": clause, "reason": reason},
    )


@router.post("/ask")
def ask(
    request: Request,
    number: str,
    who: Reviewer,
    seen: Seen,
    kinds: Annotated[tuple[str, ...], Form()] = (),
    reason: Words = "",
) -> Response:
    """Ask the buyer for evidence."""
    casework = desk_of(request).parts.casework
    return _done(
        request,
        number,
        who,
        "asked",
        lambda: casework.ask_for_evidence(number, acting(who), kinds, reason, seen=seen),
        {"kinds": kinds, "reason": reason},
    )


@router.post("/note")
def note(request: Request, number: str, who: Reviewer, text: Words) -> Response:
    """Write something down for the other reviewers."""
    casework = desk_of(request).parts.casework
    return _done(request, number, who, "noted", lambda: casework.note(number, acting(who), text))


@router.post("/assign")
def assign(request: Request, number: str, who: Reviewer, assignee: Words = "") -> Response:
    """Give the ticket to somebody, or to nobody."""
    desk = desk_of(request)
    return _done(
        request,
        number,
        who,
        "assigned",
        lambda: desk.parts.casework.assign(number, acting(who), somebody(desk, assignee)),
    )


@router.post("/take-up")
def take_up(request: Request, number: str, who: Reviewer, seen: Seen, reason: Words = "") -> Response:
    """Begin the review of an appeal, or go without the missing evidence."""
    casework = desk_of(request).parts.casework
    return _done(request, number, who, "taken", lambda: casework.take_up(number, acting(who), reason, seen=seen))


@router.post("/settle")
def settle(request: Request, number: str, who: Reviewer, seen: Seen, reference: Words = "") -> Response:
    """Say that what was approved is paid or sent."""
    casework = desk_of(request).parts.casework
    return _done(request, number, who, "settled", lambda: casework.settle(number, acting(who), reference, seen=seen))


@router.post("/withdraw")
def withdraw(request: Request, number: str, who: Reviewer, seen: Seen, reason: Words = "") -> Response:
    """Close a claim that the buyer gave up."""
    casework = desk_of(request).parts.casework
    return _done(request, number, who, "withdrawn", lambda: casework.withdraw(number, acting(who), reason, seen=seen))


@router.post("/reopen")
def reopen(request: Request, number: str, who: Lead, seen: Seen, reason: Words = "") -> Response:
    """Take a closed or decided ticket back into review."""
    casework = desk_of(request).parts.casework
    return _done(
        request,
        number,
        who,
        "reopened",
        lambda: casework.reopen(number, acting(who), reason, seen=seen),
        {"reason": reason},
    )


def _done(
    request: Request,
    number: str,
    who: SignedIn,
    said: str,
    act: Callable[[], object],
    typed: Mapping[str, Any] | None = None,
) -> Response:
    """Do it, and show the ticket as it is then: afresh when it is done; with the reason when it cannot be, and with
    what was typed, so that nobody has to type it again."""
    desk = desk_of(request)
    try:
        act()
    except RedressError as error:
        return show(
            request, number, who, problem=error, status=status_of(error), typed={said: typed} if typed else None
        )
    desk.audit.add(who.account.name, said, number, desk.clock())
    return RedirectResponse(f"/console/tickets/{number}?said={said}", 303)


def _amount(written: str) -> Decimal | None:
    try:
        return Decimal(written.strip().replace(",", "")) if written.strip() else None
    except InvalidOperation as error:
        raise InvalidDecision(f"{written!r} is no amount; write it as 12.50.", field="amount") from error
