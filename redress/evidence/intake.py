"""From what a buyer sent to evidence: checked, decoded, cleaned, stored, described.

The original is identified by its SHA-256 and then deleted; kept are a re-encoded copy and a thumbnail, which hold the
pixels and nothing else. What the camera said of the time becomes a fact, where the photo was taken is forgotten.
"""

import asyncio
import tempfile
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from redress.evidence.decoder import Decode, Decoded
from redress.evidence.errors import Empty
from redress.evidence.receive import TEMPORARY, Upload
from redress.evidence.scan import Scan, open_scanner
from redress.evidence.sniff import HEAD, sniff
from redress.evidence.storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Decoded):
    """A file that was taken. All but the two keys tells of what was sent, which is not kept."""

    sha256: str
    bytes: int
    media_type: str
    view: str
    """The storage key of the clean copy: a JPEG, or for a PDF a PDF of page images."""
    thumbnail: str
    """The storage key of a JPEG of at most 320 by 320 pixels."""


class Intake:
    """Takes uploads in. `decode` bounds how many are decoded at once; `executor` runs the blocking work of
    `accept_async`, by default on four threads, so that waiting uploads never use up the service's own threads."""

    def __init__(
        self, storage: Storage, decode: Decode, *, scan: Scan | None = None, executor: Executor | None = None
    ) -> None:
        self._storage, self._decode, self._scan = storage, decode, scan or open_scanner("")
        self._executor = executor or ThreadPoolExecutor(4, thread_name_prefix="evidence")

    def accept(self, upload: Upload) -> Accepted:
        """Takes one file in; blocks. Raises an EvidenceError that says what is wrong, and then has stored nothing."""
        if upload.bytes == 0:
            raise Empty
        with upload.path.open("rb") as file:
            media_type = sniff(file.read(HEAD))
        self._scan(upload.path)
        with tempfile.TemporaryDirectory(dir=upload.path.parent, prefix=TEMPORARY) as name:
            folder = Path(name)
            decoded = self._decode(upload.path, media_type, folder)
            view = self._storage.put(folder / ("view.pdf" if media_type == "application/pdf" else "view.jpg"))
            thumbnail = self._storage.put(folder / "thumbnail.jpg")
        return Accepted(
            **asdict(decoded),
            sha256=upload.sha256,
            bytes=upload.bytes,
            media_type=media_type,
            view=view,
            thumbnail=thumbnail,
        )

    async def accept_async(self, upload: Upload) -> Accepted:
        """`accept` for a coroutine; the event loop goes on meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, self.accept, upload)

    def close(self) -> None:
        """Waits for what is being taken in."""
        self._executor.shutdown()
