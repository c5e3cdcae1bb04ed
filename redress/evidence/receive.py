"""Taking an upload in, chunk by chunk, into a file of our own: never whole in memory, never past the limit."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from redress.evidence.errors import TooLarge
from redress.evidence.limits import MAX_BYTES

TEMPORARY = "intake-"
"""What the name of everything begins with that only lives while a file is taken in; see `sweep`."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What a buyer sent, in a file that is gone when the `with` block ends: it may hold where the photo was taken."""

    path: Path
    sha256: str
    bytes: int

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)


class Receiver:
    """Fed with chunks as they arrive; `finish` gives the `Upload`. As a context manager it leaves nothing behind
    unless it was finished.

    Raises TooLarge from `feed` with the first byte past `limit`.
    """

    def __init__(self, folder: Path, limit: int = MAX_BYTES) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=TEMPORARY, dir=folder)
        self._file = os.fdopen(descriptor, "wb")
        self._path, self._limit, self._bytes, self._hash = Path(name), limit, 0, hashlib.sha256()

    def feed(self, chunk: bytes) -> None:
        self._bytes += len(chunk)
        if self._bytes > self._limit:
            raise TooLarge(limit_mb=self._limit // (1024 * 1024))
        self._hash.update(chunk)
        self._file.write(chunk)

    def finish(self) -> Upload:
        self._file.close()
        return Upload(self._path, self._hash.hexdigest(), self._bytes)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        if not self._file.closed:
            self._file.close()
            self._path.unlink(missing_ok=True)


def receive(chunks: Iterable[bytes], folder: Path, limit: int = MAX_BYTES) -> Upload:
    """An upload from chunks that are at hand already, such as a messaging app's download."""
    with Receiver(folder, limit) as receiver:
        for chunk in chunks:
            receiver.feed(chunk)
        return receiver.finish()


def sweep(folder: Path, older_than_seconds: float = 3600) -> int:
    """Deletes what killed processes left in `folder`, and says how much that was. Call it now and then."""
    left = [path for path in folder.glob(f"{TEMPORARY}*") if path.stat().st_mtime < time.time() - older_than_seconds]
    for path in left:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(left)
