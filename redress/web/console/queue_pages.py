"""The queue: what is to be done, what is due first on top; searching; assigning many at once."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from redress.claims.draft import JSON
from redress.claims.tickets import PENDING, STATES
from redress.policy.vocabulary import ISSUES
from redress.store.accounts import SignedIn
from redress.store.errors import NotFound
from redress.store.queue import MOST_COUNTED, Filters
from redress.web.console.access import acting, actor, viewer
from redress.web.console.desk import ConsoleDesk, desk_of
from redress.web.console.render import page

router = APIRouter()
type View = Literal["todo", "mine", "unassigned", "overdue", "flagged", "waiting", "approved", "all"]
VIEWS: Mapping[View, tuple[str, Mapping[str, Any]]] = {
    "todo": ("To decide", {"states": ("in_review", "appealed")}),
    "mine": ("Mine", {}),
    "unassigned": ("Nobody's", {"unassigned": True}),
    "overdue": ("Overdue", {"overdue": True}),
    "flagged": ("Flagged", {"flagged": True}),
    "waiting": ("Waits for the buyer", {"states": ("awaiting_evidence",)}),
    "approved": ("To pay or send", {"states": ("approved",)}),
    "all": ("All, closed too", {"open": False}),
}
COUNTED: tuple[View, ...] = ("mine", "unassigned", "overdue", "flagged")


def filters_of(view: View, me: str, shop: str | None, issue: str | None, state: str | None) -> Filters:
    """The filters that a view and the selected words make."""
    own: dict[str, Any] = dict(VIEWS[view][1])
    if view == "mine":
        own["assignee"] = me
    if state:
        own["states"] = (state,)
        own["open"] = own.get("open", True) and state in PENDING  # nobody has anything to do with the others
    return Filters(**{"shop": shop or None, "issue": issue or None, **own})


@router.get("/queue")
def queue(
    request: Request,
    who: Annotated[SignedIn, Depends(viewer())],
    view: View = "todo",
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
        people=_people(desk),
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
    shown = rows(desk, found.tickets)
    return page(request, "found.html", tickets=shown, q=q, after=found.after, people=_people(desk))


@router.post("/assign")
def assign(
    request: Request,
    who: Annotated[SignedIn, Depends(actor())],
    numbers: Annotated[list[str], Form()],
    assignee: Annotated[str, Form()] = "",
    view: Annotated[View, Form()] = "todo",
    shop: Annotated[str, Form()] = "",
    issue: Annotated[str, Form()] = "",
    state: Annotated[str, Form()] = "",
) -> Response:
    """Give the selected tickets to somebody, or to nobody; back to the list that they were selected in."""
    desk = desk_of(request)
    to = somebody(desk, assignee)
    failed = desk.parts.casework.assign_all(numbers[:500], acting(who), to)
    if failed:
        told = [error.message for error in failed.values()]
        return page(request, "problem.html", 409, message=" ".join(told))
    kept = {"view": view, "shop": shop, "issue": issue, "state": state}
    return RedirectResponse(f"/console/queue?{urlencode({k: v for k, v in kept.items() if v})}", 303)


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
    if name not in _people(desk):
        raise NotFound(f"There is no account {name}.", field="assignee")
    return name


def _people(desk: ConsoleDesk) -> list[str]:
    return [one.name for one in desk.accounts.all() if not one.disabled]
