"""What the dialogue's tests share: the trained model, and what it makes of messages."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dialogue import ROOT
from dialogue.measure.pipelines import parse as parse_with
from dialogue.server import logs

# Rasa's logs as the process has them: without what a message says
logs.configure("WARNING", stream=sys.__stderr__)

Parse = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model; `make test` trains it before."""
    archive = ROOT / "models" / "redress.tar.gz"
    if not archive.exists():
        pytest.fail("There is no trained model: run `make train` before these tests.")
    return archive


@pytest.fixture(scope="session")
def parse(model: Path) -> Parse:
    """Rasa's parse of messages by the trained model."""

    def parsed(texts: list[str], metadata: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
        return parse_with(model, texts, metadata)

    return parsed
