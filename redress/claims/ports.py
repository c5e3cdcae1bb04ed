"""What the use cases need from outside: the store, the shops' orders, the texts, the dialogue, the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from redress.claims.conversation import Conversation, Reply
from redress.claims.draft import JSON
from redress.errors import RedressError


class Conflict(RedressError):
    """The conversation changed between reading and committing; the step is taken again on what it is now."""

    code = "conflict"


class Clock(Protocol):
    """The present instant, aware."""

    def __call__(self) -> datetime: ...


class NewId(Protocol):
    """Fresh identifiers, from an injected source of randomness."""

    def draft(self) -> str:
        """An id for a draft claim."""
        ...

    def ticket(self) -> str:
        """A ticket number that nobody can guess, short enough to be typed on a phone."""
        ...


class Texts(Protocol):
    """The sentences of `data/responses/`, in the buyer's language."""

    def say(self, name: str, language: str, **values: object) -> str:
        """The text of the response `name`, its placeholders filled; KeyError-like error when there is none."""
        ...


class Orders(Protocol):
    """The shops' orders. A connector per shop system implements it."""

    def find(self, shop: str, number: str, email: str) -> "FoundOrder | None":
        """The order with that number whose e-mail address is that one (letter case aside), or None."""
        ...


@dataclass(frozen=True)
class FoundOrder:
    """An order as a shop's system knows it: the contract's `order` JSON, and the carrier's word on it."""

    order: JSON
    tracking: str


@dataclass(frozen=True)
class Inbound:
    """A buyer's line that the store keeps: its row id, and its replies once it has been answered."""

    id: int
    text: str
    choice: JSON | None
    created_at: datetime
    replies: tuple[JSON, ...] | None


@dataclass(frozen=True)
class StepRecord:
    """What one step of a turn did, kept so that repeating it replays it: the stored replies, and what it meant."""

    replies: tuple[JSON, ...]
    answered: bool


@dataclass(frozen=True)
class TicketDraft:
    """A ticket about to be opened. One draft opens one ticket: `draft_id` makes a second opening impossible."""

    number: str
    draft_id: str
    state: str
    claim: JSON
    assessment: JSON
    remedy: str | None
    email: str
    texts: Mapping[str, str]
    appeal_reason: str | None


class Store(Protocol):
    """Where conversations, tickets and failures live. Every method is one transaction."""

    def conversation(self, conversation_id: str) -> Conversation: ...

    def step(self, conversation_id: str, key: str) -> StepRecord | None:
        """The record of the step with that key, when it has been committed."""
        ...

    def commit_step(
        self,
        conversation: Conversation,
        key: str,
        replies: Sequence[Reply],
        *,
        answered: bool,
        ticket: TicketDraft | None = None,
        at: datetime,
    ) -> StepRecord:
        """Commit the conversation as changed, its replies and its ticket together, under `key`.

        Raises Conflict when the conversation changed since it was read, with nothing written.
        """
        ...

    def unfinished(self, conversation_id: str, shop: str, order_number: str, email: str) -> JSON | None:
        """The latest unfinished draft of that order in another conversation, where more than the order is known."""
        ...

    def ticket_of_draft(self, draft_id: str) -> str | None:
        """The number of the ticket that the draft has become, if it has."""
        ...

    def failures(self, keys: Sequence[str], since: datetime) -> Mapping[str, int]:
        """How many failed identifications each key has had since then."""
        ...

    def add_failure(self, keys: Sequence[str], at: datetime) -> None: ...


class Transcript(Protocol):
    """The lines of conversations. Every method is one transaction."""

    def receive(
        self, conversation_id: str, client_id: str, content_hash: str, *, text: str, payload: str | None, at: datetime
    ) -> Inbound:
        """Keep a buyer's line under its client id, or find the one already kept."""
        ...

    def finish_turn(
        self, conversation_id: str, inbound: Inbound, replies: Sequence[JSON], at: datetime
    ) -> tuple[JSON, ...]:
        """Write the replies and mark the line answered; the replies with their ids."""
        ...

    def offer_choices(self, conversation_id: str, choices: Sequence[tuple[str, JSON]]) -> list[JSON]:
        """Put choices on offer that stay good whatever is asked; `{title, payload}` each."""
        ...


class Inbox(Protocol):
    """Looks up what a client id's message was."""

    def inbound(self, conversation_id: str, client_id: str) -> Inbound: ...
