"""One intake with a real decoding process for all tests of evidence."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from redress.evidence import Accepted, DecoderProcesses, Intake, Storage, open_storage, receive

Take = Callable[[bytes], Accepted]


@pytest.fixture(scope="session")
def decoder() -> Iterator[DecoderProcesses]:
    with DecoderProcesses(1) as processes:
        yield processes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where uploads lie while they are taken in."""
    return tmp_path_factory.mktemp("incoming")


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Storage:
    return open_storage(str(tmp_path_factory.mktemp("evidence")))


@pytest.fixture(scope="module")
def take(folder: Path, storage: Storage, decoder: DecoderProcesses) -> Iterator[Take]:
    """Takes a file's content in, as a buyer's upload is."""
    intake = Intake(storage, decoder)

    def take(content: bytes) -> Accepted:
        with receive([content], folder) as upload:
            return intake.accept(upload)

    yield take
    intake.close()
