"""What the use cases on tickets share: reading one, changing it, and telling whom it concerns, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from redress.claims.draft import JSON
from redress.claims.ports import Clock
from redress.claims.tickets import Event, Ticket, TicketChanged
from redress.policy import Pack

MOST_RETRIES = 5


@dataclass(frozen=True)
class Outgoing:
    """Something that another system must get: a row of the outbox. `key` is the receiver's to tell a repeat by.

    `channel` names the receiver's kind (`mail`, `webhook`, …). What has the same `stream` is sent in order.
    """

    channel: str
    stream: str
    key: str
    body: JSON


@dataclass(frozen=True)
class Notices:
    """Whom a change is told: lines of the buyer's transcript (a reply's JSON, ids aside), and the outbox."""

    lines: tuple[JSON, ...] = ()
    outgoing: tuple[Outgoing, ...] = ()


class TicketStore(Protocol):
    """Where tickets live. Every method is one transaction."""

    def ticket(self, number: str) -> Ticket:
        """The ticket; NotFound when there is none."""
        ...

    def save(self, before: Ticket, after: Ticket, notices: Notices, evidence: Sequence[str] = ()) -> None:
        """Commit the history and fields of `after`, its notices, and to whom the evidence with those ids belongs.

        Raises TicketChanged, with nothing written, when the ticket is no longer at `before`'s version.
        """
        ...

    def of_conversation(self, conversation_id: str) -> tuple[Ticket, ...]:
        """The tickets that a conversation opened, the newest first."""
        ...


class Announcer(Protocol):
    """Words the notices of a change."""

    def announce(self, ticket: Ticket, events: Sequence[Event], *, in_turn: bool) -> Notices:
        """What the events that led to `ticket` tell, and to whom; `in_turn`: the buyer gets the answer in a reply."""
        ...

    def text(self, ticket: Ticket, events: Sequence[Event]) -> str:
        """What the buyer is told of these events, in their language; empty when it is none of their business."""
        ...

    def status(self, ticket: Ticket) -> str:
        """Where the ticket stands: its state, what is missing, what is due when."""
        ...


@dataclass(frozen=True)
class Cases:
    """Changes tickets one transaction at a time."""

    store: TicketStore
    announcer: Announcer
    packs: Mapping[str, Pack]
    clock: Clock
    retries: int = field(default=MOST_RETRIES)

    def alter(
        self,
        number: str,
        how: Callable[[Ticket, datetime], Ticket],
        *,
        seen: int | None = None,
        in_turn: bool = False,
        evidence: Sequence[str] = (),
    ) -> Ticket:
        """The ticket after `how` changed it, committed with its notices.

        `seen` is the version that a person looked at: TicketChanged when the ticket has another by now. Without it the
        change is made anew on whatever the ticket has become. A `how` that returns the ticket itself writes nothing.
        """
        for _ in range(self.retries):
            before = self.store.ticket(number)
            if seen is not None and before.version != seen:
                raise TicketChanged(number, before.history[seen:])
            after = how(before, self.clock())
            events = after.history[before.version :]
            if not events:
                return before
            notices = self.announcer.announce(after, events, in_turn=in_turn)
            try:
                self.store.save(before, after, notices, evidence)
            except TicketChanged:
                if seen is not None:
                    raise
                continue
            return after
        raise TicketChanged(number, ())
