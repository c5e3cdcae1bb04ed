"""A ticket desk on a database of its own; the store's tests run on every kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from redress.store.database import Database
from redress.store.engine import make_engine
from redress.store.migrate import migrate
from tests.ticketing import TicketDesk


@pytest.fixture
def plain_database(tmp_path: Path) -> Iterator[Database]:
    """A database in a file."""
    engine = make_engine(f"sqlite:///{tmp_path / 'redress.db'}")
    migrate(engine)
    yield Database(engine)
    engine.dispose()


@pytest.fixture
def desk(plain_database: Database) -> TicketDesk:
    """Mail and the webhooks of two shops are configured, and so is who is told of what is overdue."""
    shops = ("1688order", "platform-15")
    return TicketDesk(plain_database, mail=True, webhooks=shops, escalate_to="lead@example.com")
