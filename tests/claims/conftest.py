"""Desks for the tests of the use cases, each on a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.claims.talk import World, new_world, prepare


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the tables and the demo orders, to copy."""
    return prepare(tmp_path_factory.mktemp("prepared") / "redress.db")


@pytest.fixture
def world(prepared: Path, tmp_path: Path) -> Iterator[World]:
    """A desk with the demo orders."""
    made = new_world(prepared, tmp_path)
    yield made
    made.close()
