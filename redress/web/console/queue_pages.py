"""The queue: what is to be done, what is due first on top; searching; assigning many at once."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from redress.claims.draft import JSON
from redress.claims.tickets import STATES
from redress.policy.vocabulary import ISSUES
from redress.store.accounts import SignedIn
from redress.store.errors import NotFound
from redress.store.queue import MOST_COUNTED, Filters
from redress.web.console.access import acting, actor, viewer
from redress.web.console.desk import ConsoleDesk, desk_of
from redress.web.console.render import page

router = APIRouter()
VIEWS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "todo": ("To decide", {"states": ("in_review", "appealed")}),
    "mine": ("Mine", {}),
    "unassigned": ("Nobody's", {"unassigned": True}),
    "overdue": ("Overdue", {"overdue": True}),
    "flagged": ("Flagged", {"flagged": True}),
    "waiting": ("Waits for the buyer", {"states": ("awaiting_evidence",)}),
    "approved": ("To pay or send", {"states": ("approved",)}),
    "all": ("All, closed too", {"open": False}),
}
COUNTED = ("mine", "unassigned", "overdue", "flagged")


def filters_of(view: str, me: str, shop: str | None, issue: str | None, state: str | None) -> Filters:
    """The filters that a view and the selected words make."""
    own: dict[str, Any] = dict(VIEWS[view][1])
    if view == "mine":
        own["assignee"] = me
    if state:
        own["states"] = (state,)
    return Filters(**{"shop": shop or None, "issue": issue or None, **own})


@router.get("/queue")
def queue(
    request: Request,
    who: Annotated[SignedIn, Depends(viewer())],
    view: Annotated[str, Query(pattern="^(" + "|".join(VIEWS) + ")$")] = "todo",
    shop: str = "",
    issue: str = "",
    state: str = "",
    after: str = "",
    part: bool = False,
) -> Response:
    """The tickets of a view, narrowed, a page at a time."""
    desk = desk_of(request)
    filters = filters_of(view, who.account.name, shop, issue, state)
    found = desk.queue.page(filters, desk.clock(), after or None)
    kept = {"view": view, "shop": shop, "issue": issue, "state": state}
    more = f"/console/queue?{urlencode({**kept, 'after': found.after})}" if found.after else None
    return page(
        request,
        "rows.html" if part else "queue.html",
        tickets=rows(desk, found.tickets),
        more=more,
        kept=kept,
        views={name: label for name, (label, _) in VIEWS.items()},
        shops=list(desk.parts.packs),
        issues=ISSUES,
        states=STATES,
        people=[one.name for one in desk.accounts.all() if not one.disabled],
        first_page=not after,
    )


@router.get("/queue/counts")
def counts(request: Request, who: Annotated[SignedIn, Depends(viewer())]) -> Response:
    """How many tickets the views have, for their tabs."""
    desk = desk_of(request)
    counted = {
        view: desk.queue.count(filters_of(view, who.account.name, None, None, None), desk.clock()) for view in COUNTED
    }
    return page(request, "counts.html", counted=counted, most=MOST_COUNTED)


@router.post("/search")
def search(
    request: Request,
    who: Annotated[SignedIn, Depends(actor())],
    q: Annotated[str, Form(max_length=300)] = "",
    after: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Tickets by number, order, e-mail or words. By POST: what is searched for may be personal, and addresses are
    logged by whoever carries them."""
    desk = desk_of(request)
    found = desk.queue.search(q, after or None)
    desk.audit.add(who.account.name, "searched", "", desk.clock(), found=len(found.tickets))
    if len(found.tickets) == 1 and not after:
        return RedirectResponse(f"/console/tickets/{found.tickets[0]['number']}", 303)
    return page(request, "found.html", tickets=rows(desk, found.tickets), q=q, after=found.after)


@router.post("/assign")
def assign(
    request: Request,
    who: Annotated[SignedIn, Depends(actor())],
    numbers: Annotated[list[str], Form()],
    assignee: Annotated[str, Form()] = "",
) -> Response:
    """Give the selected tickets to somebody, or to nobody."""
    desk = desk_of(request)
    to = somebody(desk, assignee)
    failed = desk.parts.casework.assign_all(numbers[:500], acting(who), to)
    if failed:
        told = [error.message for error in failed.values()]
        return page(request, "problem.html", 409, message=" ".join(told))
    return RedirectResponse("/console/queue?view=todo", 303)


def rows(desk: ConsoleDesk, tickets: Sequence[JSON]) -> list[JSON]:
    """The tickets as a list shows them: with what they are worth, and their shop's zone."""
    return [{**one, "worth": worth(one), "zone": zone_of(desk, one["shop"])} for one in tickets]


def worth(ticket: JSON) -> tuple[str | None, str] | None:
    """(amount, currency): what was granted, else what the policy gives by the remedy chosen."""
    if ticket["amount"] is not None:
        return ticket["amount"], ticket["currency"]
    remedies = ticket["remedies"]
    chosen = next((one for one in remedies if one["kind"] == ticket["remedy"]), None)
    return (chosen["net"], chosen["currency"]) if chosen and chosen["net"] is not None else None


def zone_of(desk: ConsoleDesk, shop: str) -> tzinfo:
    """The zone in which a shop's times are told."""
    return desk.parts.packs[shop].zone


def somebody(desk: ConsoleDesk, name: str) -> str | None:
    """The name of an account in use, None for nobody; NotFound for any other."""
    if not name:
        return None
    if name not in {one.name for one in desk.accounts.all() if not one.disabled}:
        raise NotFound(f"There is no account {name}.", field="assignee")
    return name
