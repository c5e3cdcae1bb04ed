"""Shared by every test: the running desk. Imported by both environments, so nothing of either at the top."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from redress.store.database import Database
    from tests.desk import Desk
    from tests.store.databases import Postgres

# The dialogue's tests need Rasa, which lives in an environment of its own.
collect_ignore = [] if importlib.util.find_spec("rasa") else ["dialogue"]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The whole desk, started once: both processes on free ports, the demo shops seeded, in a folder of its own."""
    from tests.desk import Desk

    with Desk(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL server, started once."""
    from tests.store.databases import binaries, postgres

    if binaries() is None:
        pytest.skip("no PostgreSQL here (Debian: apt-get install postgresql)")
    with postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new, empty database, of each kind that the store knows."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'redress.db'}"
    server: Postgres = request.getfixturevalue("postgres_server")
    return server.fresh()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with the tables in it."""
    from redress.store.database import Database
    from redress.store.engine import make_engine
    from redress.store.migrate import migrate

    engine = make_engine(database_url)
    migrate(engine)
    yield Database(engine)
    engine.dispose()
