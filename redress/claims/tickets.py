"""Tickets: their states, the changes that are possible between them, and the history that keeps every one. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, get_args

from redress.claims.draft import JSON
from redress.errors import RedressError
from redress.policy.vocabulary import Language

State = Literal["awaiting_evidence", "in_review", "appealed", "approved", "declined", "settled", "withdrawn", "expired"]
Role = Literal["buyer", "clock", "reviewer", "lead", "admin"]
Kind = Literal["moved", "evidence", "remedy", "noted", "assigned", "reminded", "overdue", "rated", "erased"]

STATES: tuple[State, ...] = get_args(State)
UNDECIDED: frozenset[State] = frozenset({"awaiting_evidence", "in_review", "appealed"})
PENDING: frozenset[State] = UNDECIDED | {"approved"}  # somebody still has something to do
DECIDED: frozenset[State] = frozenset({"approved", "declined", "settled"})

_PEOPLE: frozenset[Role] = frozenset({"reviewer", "lead", "admin"})
_BUYER: frozenset[Role] = frozenset({"buyer"})
_LEADS: frozenset[Role] = frozenset({"lead", "admin"})

# Who may move a ticket from where to where. What is not here is impossible.
TRANSITIONS: Mapping[tuple[State, State], frozenset[Role]] = {
    ("awaiting_evidence", "in_review"): _BUYER | _PEOPLE,  # complete, or a reviewer does without
    ("awaiting_evidence", "withdrawn"): _BUYER | _PEOPLE,
    ("awaiting_evidence", "expired"): frozenset({"clock"}),
    ("in_review", "approved"): _PEOPLE,
    ("in_review", "declined"): _PEOPLE,
    ("in_review", "awaiting_evidence"): _PEOPLE,  # a reviewer asks for more
    ("in_review", "withdrawn"): _BUYER | _PEOPLE,
    ("appealed", "in_review"): _PEOPLE,
    ("appealed", "withdrawn"): _BUYER | _PEOPLE,
    ("declined", "appealed"): _BUYER,
    ("approved", "settled"): _PEOPLE,
    # reopening; what is settled stays so: the money has moved
    ("approved", "in_review"): _LEADS,
    ("declined", "in_review"): _LEADS,
    ("withdrawn", "in_review"): _LEADS,
    ("expired", "in_review"): _LEADS,
}


class ImpossibleChange(RedressError):
    """A change that the ticket's state does not allow; `state` and `allowed` say what it is and what could follow."""

    code = "impossible_change"

    def __init__(self, ticket: "Ticket", wanted: str) -> None:
        self.number, self.state, self.wanted = ticket.number, ticket.state, wanted
        self.allowed = reachable(ticket.state)
        can = ", ".join(self.allowed) or "no other state"
        super().__init__(f"Ticket {ticket.number} is {ticket.state}: it cannot be {wanted}. It can become {can}.")


class NotAllowed(RedressError):
    """A change that somebody of this role may not make."""

    code = "forbidden"

    def __init__(self, actor: "Actor", what: str, roles: frozenset[Role]) -> None:
        self.actor, self.roles = actor, roles
        super().__init__(f"A {actor.role} may not {what}. Ask a {' or '.join(sorted(roles))}.")


class TicketChanged(RedressError):
    """Somebody else changed the ticket after it was read; `since` are the events that were not seen."""

    code = "ticket_changed"

    def __init__(self, number: str, since: Sequence["Event"]) -> None:
        self.number, self.since = number, tuple(since)
        told = "; ".join(f"{event.kind} by {event.actor}, now {event.after}" for event in since)
        super().__init__(f"Ticket {number} has changed meanwhile ({told}). Look at it again, then decide.")


class BrokenHistory(RedressError):
    """A history that is not the record of possible changes, one after another; the store has been tampered with."""

    code = "broken_history"


@dataclass(frozen=True)
class Actor:
    """Who makes a change: the name that history shows, and the role that allows it."""

    name: str
    role: Role


BUYER = Actor("buyer", "buyer")
CLOCK = Actor("clock", "clock")


@dataclass(frozen=True)
class Event:
    """One entry of a ticket's history. `before` is None where it opened, and equals `after` where no state changed.

    `key` is the step that caused it, where one did: the same step takes effect once.
    """

    seq: int
    at: datetime
    actor: str
    kind: Kind
    before: State | None
    after: State
    why: str = ""
    key: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Due:
    """A ticket's clocks; None where one does not run. All but `remind` are told to people."""

    evidence: datetime | None = None
    remind: datetime | None = None
    review: datetime | None = None
    payout: datetime | None = None
    appeal: datetime | None = None


@dataclass(frozen=True)
class Grant:
    """One thing that an approval gives; `amount` None where it is no sum of money, or one that nobody knows yet."""

    kind: str
    amount: Decimal | None
    currency: str


@dataclass(frozen=True)
class Decision:
    """The latest approval or decline: who, when, and what was granted or which clause was cited."""

    at: datetime
    by: str
    grants: tuple[Grant, ...] = ()
    clause: str | None = None


@dataclass(frozen=True)
class Ticket:
    """A claim that was sent, as it is now. Immutable: each change makes a new one with a longer history.

    `claim` and `assessment` are the contract's JSON, brought up to date by evidence that came later; `wanted` are the
    evidence requirements still waited for (alternatives joined by `|`).
    """

    number: str
    shop: str
    conversation_id: str
    draft_id: str
    language: Language
    email: str
    claim: JSON
    assessment: JSON
    state: State
    history: tuple[Event, ...]
    remedy: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    appeal_reason: str | None = None
    wanted: tuple[str, ...] = ()
    due: Due = Due()
    overdue: bool = False
    flagged: bool = False
    assignee: str | None = None
    decision: Decision | None = None
    rating: int | None = None
    rating_word: str | None = None

    @property
    def version(self) -> int:
        """How many changes there were: what optimistic locking compares."""
        return len(self.history)

    def did(self, key: str | None) -> bool:
        """Whether the step with that key has already changed this ticket."""
        return key is not None and any(event.key == key for event in self.history)


def reachable(state: State) -> tuple[State, ...]:
    """The states that can follow, whoever moves the ticket."""
    return tuple(to for (from_, to) in TRANSITIONS if from_ == state)


def change(
    ticket: Ticket, to: State, actor: Actor, at: datetime, why: str = "", *, key: str | None = None, **fields: Any
) -> Ticket:
    """The ticket moved to another state, with `fields` of it replaced.

    Raises ImpossibleChange where no transition leads there, NotAllowed where this role may not take it.
    """
    roles = TRANSITIONS.get((ticket.state, to))
    if roles is None:
        raise ImpossibleChange(ticket, to)
    if actor.role not in roles:
        raise NotAllowed(actor, f"move a ticket from {ticket.state} to {to}", roles)
    event = _event(ticket, "moved", to, actor, at, why, key, {})
    return replace(ticket, state=to, history=(*ticket.history, event), overdue=False, **fields)


def record(
    ticket: Ticket,
    kind: Kind,
    actor: Actor,
    at: datetime,
    why: str = "",
    *,
    key: str | None = None,
    details: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Ticket:
    """The ticket with something in its history that does not move it, and `fields` of it replaced."""
    event = _event(ticket, kind, ticket.state, actor, at, why, key, details or {})
    return replace(ticket, history=(*ticket.history, event), **fields)


def opening(state: State, actor: Actor, at: datetime, why: str) -> tuple[Event, ...]:
    """The history of a ticket that opens in a state. ValueError for a state in which none opens."""
    if state not in UNDECIDED:
        raise ValueError(f"no ticket opens as {state}")
    return (Event(1, at, actor.name, "moved", None, state, why),)


def replay(history: Sequence[Event]) -> State:
    """The state to which a history leads. BrokenHistory where an entry does not follow from the one before it."""
    state: State | None = None
    for place, event in enumerate(history, start=1):
        fits = event.seq == place and event.before == state
        moves = event.after in UNDECIDED if state is None else (state, event.after) in TRANSITIONS
        if not fits or not (moves if event.kind == "moved" else event.after == state):
            raise BrokenHistory(f"Entry {place} ({event.kind} to {event.after}) cannot follow the state {state}.")
        state = event.after
    if state is None:
        raise BrokenHistory("A history without an entry is no ticket's.")
    return state


def _event(
    ticket: Ticket, kind: Kind, to: State, actor: Actor, at: datetime, why: str, key: str | None, details: Any
) -> Event:
    return Event(ticket.version + 1, at, actor.name, kind, ticket.state, to, why, key, details)
