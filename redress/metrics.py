"""What is counted, for Prometheus. Labels are words of ours: never a buyer's, never a ticket's."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prometheus_client import Counter, Gauge

if TYPE_CHECKING:
    from redress.claims.tickets import Event, Ticket

TICKETS = Counter("redress_ticket_changes", "Changes of tickets, by what changed", ["shop", "kind", "state"])
TRIES = Counter(
    "redress_outbox_tries", "Tries to send what stands in the outbox, by how they ended", ["channel", "result"]
)
OUTBOX = Gauge("redress_outbox_rows", "Rows of the outbox that are not sent", ["state"])
OVERDUE = Gauge("redress_tickets_overdue", "Tickets that somebody should have dealt with by now")


def ticket_changed(ticket: "Ticket", events: "Sequence[Event]") -> None:
    """Count the events that were just committed."""
    for event in events:
        TICKETS.labels(ticket.shop, event.kind, event.after).inc()
