"""`python -m tests.tickets.deciding URL NUMBER …` approves tickets as fast as it can, until a test kills it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from redress.claims.tickets import ImpossibleChange
from redress.store.database import Database
from redress.store.engine import make_engine
from tests.ticketing import REVIEWER, TicketDesk


def main(url: str, numbers: list[str]) -> None:
    """Approve each ticket that is not yet approved, four at a time."""
    desk = TicketDesk(Database(make_engine(url)), mail=True, webhooks=("1688order",))
    desk.clock.at = datetime.now(UTC)

    def decide(number: str) -> None:
        try:
            desk.casework.approve(number, REVIEWER, "refund")
        except ImpossibleChange:
            assert desk.tickets.ticket(number).state == "approved"

    print("begun", flush=True)
    with ThreadPoolExecutor(4) as people:
        list(people.map(decide, numbers))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
