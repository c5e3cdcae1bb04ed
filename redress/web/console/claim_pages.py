"""The page of a ticket. Each look at one is written into the audit log."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from redress.claims.clocks import running
from redress.claims.rules import evidence_kinds, version_of
from redress.claims.tickets import PENDING, Ticket
from redress.errors import RedressError
from redress.store.accounts import SignedIn
from redress.store.queue import Filters
from redress.web.console import claim_view
from redress.web.console.access import viewer
from redress.web.console.desk import ConsoleDesk, desk_of
from redress.web.console.render import page
from redress.web.evidence import linker

router = APIRouter()
SAID = {
    "approved": "Approved. The buyer has been told in the conversation.",
    "declined": "Declined. The buyer has been told, with the clause, and may appeal.",
    "asked": "The buyer has been asked for evidence.",
    "noted": "Noted.",
    "assigned": "Assigned.",
    "reopened": "Open again.",
    "settled": "Settled. The buyer has been told.",
    "withdrawn": "Closed as withdrawn.",
    "taken": "The review has begun.",
}


@router.get("/tickets/{number}")
def ticket_page(request: Request, number: str, who: Annotated[SignedIn, Depends(viewer())], said: str = "") -> Response:
    """All there is to decide a claim by."""
    return show(request, number, who, told=SAID.get(said))


def show(
    request: Request,
    number: str,
    who: SignedIn,
    *,
    told: str | None = None,
    problem: RedressError | None = None,
    status: int = 200,
    typed: Mapping[str, Mapping[str, Any]] | None = None,
) -> Response:
    """The page, with what was just done, or why it could not be and what was typed into the form for it."""
    desk = desk_of(request)
    ticket = desk.parts.tickets.ticket(number)
    desk.audit.add(who.account.name, "looked at a ticket", ticket.number, desk.clock())
    return page(
        request,
        "claim.html",
        status,
        told=told,
        problem=problem,
        typed=typed or {},
        **seen_by(desk, ticket),
        next_one=_next(desk, ticket),
    )


def seen_by(desk: ConsoleDesk, ticket: Ticket) -> dict[str, Any]:
    """What the template needs of a ticket."""
    parts = desk.parts
    pieces = desk.files.evidence(ticket.number)
    return {
        "ticket": ticket,
        "a": ticket.assessment,
        "order": ticket.claim["order"],
        "zone": parts.packs[ticket.shop].zone,
        "goods": claim_view.goods(ticket),
        "policy": claim_view.policy(desk, ticket),
        "choices": claim_view.choices(desk, ticket),
        "deadline": claim_view.deadline_told(ticket),
        "milestones": claim_view.milestones(ticket),
        "evidence": [(piece, claim_view.marks(piece, ticket)) for piece in pieces],
        "link": linker(parts.signer, desk.clock),
        "labels": _labels(desk, ticket),
        "conversation": desk.files.conversation(ticket.conversation_id),
        "lines": desk.files.lines(ticket.conversation_id),
        "earlier": desk.queue.earlier(ticket.number, ticket.email, ticket.shop, ticket.claim["order"]["number"]),
        "people": [one.name for one in desk.accounts.all() if not one.disabled],
        "pending": ticket.state in PENDING,
        "clock": running(ticket) if ticket.state in PENDING else None,
    }


def _labels(desk: ConsoleDesk, ticket: Ticket) -> dict[str, str]:
    version = version_of(ticket, desk.parts.packs)
    return {kind: version.evidence_kind(kind).label["en"] for kind in evidence_kinds(ticket, desk.parts.packs)}


def _next(desk: ConsoleDesk, ticket: Ticket) -> str | None:
    return desk.queue.next_due(Filters(states=("in_review", "appealed")), desk.clock(), ticket.number)
