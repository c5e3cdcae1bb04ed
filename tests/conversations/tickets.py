"""Tickets whole, as `redress ticket NUMBER --json` prints them, without a process for each."""

from __future__ import annotations

import json
from typing import Any

from redress.store.database import Database
from redress.store.engine import make_engine
from redress.store.tickets import ticket_json


def read_ticket(database_url: str, number: str) -> dict[str, Any]:
    """The ticket with that number in that desk's database."""
    engine = make_engine(database_url)
    try:
        with Database(engine).read() as session:
            found: dict[str, Any] = json.loads(json.dumps(ticket_json(session, number)))
    finally:
        engine.dispose()
    return found
