"""Shared by every test: the running desk. Imported by both environments, so nothing of either at the top."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.desk import Desk

# The dialogue's tests need Rasa, which lives in an environment of its own.
collect_ignore = [] if importlib.util.find_spec("rasa") else ["dialogue"]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The whole desk, started once: both processes on free ports, the demo shops seeded, in a folder of its own."""
    from tests.desk import Desk

    with Desk(tmp_path_factory.mktemp("desk")) as running:
        yield running
