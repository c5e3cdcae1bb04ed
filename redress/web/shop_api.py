"""The API for a shop's own programs: its tickets, and decisions on them, under keys with scopes."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from redress.bootstrap import Parts
from redress.claims.draft import JSON
from redress.claims.tickets import Actor, State, Ticket
from redress.errors import RedressError
from redress.store.api_keys import ApiKey
from redress.store.errors import NotFound
from redress.store.tickets import page_of_tickets, ticket_json
from redress.web.auth import Unauthorized, token_hash

BEARER = HTTPBearer(auto_error=False, description="A shop's API key: `redress key add SHOP NAME --scope …`")
Number = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,40}$", description="The ticket's number")]
Text = Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*$")]


class OutOfScope(RedressError):
    """A key that does not open this."""

    code = "forbidden"


class Body(BaseModel):
    """What every decision may say: the version of the ticket that it is about (409 when it has another by now)."""

    model_config = ConfigDict(extra="forbid")
    seen: int | None = Field(None, ge=1, le=2**31 - 1, description="`version` of the ticket when it was read")


class Approve(Body):
    """Grant a remedy."""

    decision: Literal["approve"]
    remedy: str = Field(max_length=100)
    amount: Decimal | None = Field(None, ge=0, max_digits=12, decimal_places=2)
    reason: Text = ""


class Decline(Body):
    """Decline by a clause of the policy."""

    decision: Literal["decline"]
    clause: str = Field(max_length=20, description="paragraph.sentence, as the pack names it")
    reason: Text = ""


class AskForEvidence(Body):
    """Ask the buyer for more evidence."""

    decision: Literal["ask_for_evidence"]
    kinds: list[str] = Field(min_length=1, max_length=20)
    note: Text = ""


class Settle(Body):
    """Say that what was approved has been paid or sent."""

    decision: Literal["settle"]
    reference: Text = ""


class Reopen(Body):
    """Take a closed ticket back into review (scope tickets:lead)."""

    decision: Literal["reopen"]
    reason: Text


class Note(Body):
    """Write something down for the reviewers."""

    decision: Literal["note"]
    text: Text


Decision = Annotated[Approve | Decline | AskForEvidence | Settle | Reopen | Note, Field(discriminator="decision")]


def shop_tickets(parts: Parts) -> APIRouter:
    """The routes under /api/shop."""
    answers: dict[int | str, dict[str, Any]] = {
        401: {"description": "no key, or one that opens nothing"},
        403: {"description": "the key has not got the scope"},
        404: {"description": "no such ticket of this shop"},
        409: {"description": "the ticket's state does not allow it, or it has changed since it was seen"},
        422: {"description": "something that cannot be; the message says what may"},
    }
    router = APIRouter(prefix="/api/shop", tags=["shop"], responses=answers)
    reader, decider = _key(parts, "tickets:read"), _key(parts, "tickets:decide")

    @router.get("/tickets")
    def tickets(
        key: Annotated[ApiKey, Depends(reader)],
        state: State | None = None,
        changed_since: datetime | None = None,
        after: Annotated[str | None, Query(max_length=100, description="`next` of the page before")] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> JSON:
        """The shop's tickets, the latest changed first, page by page: `next` is null on the last."""
        with parts.database.read() as session:
            found, following = page_of_tickets(
                session, key.shop, state=state, changed_since=changed_since, after=after, limit=limit
            )
        return {"tickets": found, "next": following}

    @router.get("/tickets/{number}")
    def ticket(number: Number, key: Annotated[ApiKey, Depends(reader)]) -> JSON:
        """A ticket whole, as `redress ticket --json` prints it."""
        return _shown(parts, _own(parts, number, key))

    @router.post("/tickets/{number}/decisions")
    def decide(number: Number, body: Decision, key: Annotated[ApiKey, Depends(decider)]) -> JSON:
        """Decide a ticket, as a reviewer does in the console; the ticket as it is then."""
        _own(parts, number, key)
        role: Literal["lead", "reviewer"] = "lead" if "tickets:lead" in key.scopes else "reviewer"
        return _shown(parts, _decide(parts, number.upper(), body, Actor(f"api:{key.name}", role)))

    return router


def _decide(parts: Parts, number: str, body: Any, actor: Actor) -> Ticket:
    work, seen = parts.casework, body.seen
    match body:
        case Approve():
            return work.approve(number, actor, body.remedy, amount=body.amount, reason=body.reason, seen=seen)
        case Decline():
            return work.decline(number, actor, body.clause, body.reason, seen=seen)
        case AskForEvidence():
            return work.ask_for_evidence(number, actor, body.kinds, body.note, seen=seen)
        case Settle():
            return work.settle(number, actor, body.reference, seen=seen)
        case Reopen():
            return work.reopen(number, actor, body.reason, seen=seen)
        case _:
            return work.note(number, actor, body.text)


def _key(parts: Parts, scope: str) -> Callable[..., ApiKey]:
    def check(credentials: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)]) -> ApiKey:
        key = parts.api_keys.by_hash(token_hash(credentials.credentials.strip())) if credentials else None
        if key is None:
            raise Unauthorized("This call needs the shop's API key: Authorization: Bearer <key>.")
        if scope not in key.scopes:
            raise OutOfScope(f"The key {key.name!r} has not got the scope {scope}.")
        return key

    return check


def _own(parts: Parts, number: str, key: ApiKey) -> Ticket:
    """The ticket, unless it is another shop's, which is answered as if there were none."""
    ticket = parts.tickets.ticket(number)
    if ticket.shop != key.shop:
        raise NotFound(f"There is no ticket {number.upper()}.", field="number")
    return ticket


def _shown(parts: Parts, ticket: Ticket) -> JSON:
    with parts.database.read() as session:
        return ticket_json(session, ticket.number)
