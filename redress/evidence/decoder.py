"""Decoding in processes of their own, so that a file that crashes, hangs or bloats a decoder hurts nothing but itself.

There are as many processes as files may be decoded at once; each has a thread of the service waiting for it at most.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Self

from redress.errors import RedressError
from redress.evidence.errors import Broken, error_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What a decoder says of a file."""

    width: int
    height: int
    """Pixels of what was sent, upright; of a PDF: of its first page as drawn."""
    pages: int
    """Of a PDF; 1 for a picture."""
    animated: bool
    """Whether it was an animation, of which only the first picture is kept."""
    captured_at: str | None
    """When the camera says it was taken: ISO 8601, its local time, with the offset only where the camera wrote one.
    The sender could have changed it."""
    phash: str | None
    """For `likeness.alike`; None for PDFs and for pictures without contrast."""
    quality: tuple[str, ...]
    """Of `too_small`, `too_dark`, `too_blurred`; empty when it is good."""


Decode = Callable[[Path, str, Path], Decoded]
"""decode(source, media_type, folder): leaves `view.jpg` or `view.pdf`, and `thumbnail.jpg`, in `folder`."""


class DecoderFailed(RedressError):
    """The decoding process does not even start: a fault of the installation."""

    code = "decoder_failed"


class DecoderProcesses:
    """A `Decode` that runs in `count` processes; more callers than that wait for their turn.

    A file that takes longer than `seconds`, or ends its process, is Broken; the process is replaced.
    """

    def __init__(self, count: int | None = None, seconds: float = 30.0) -> None:
        self._seconds = seconds
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        self._count = count or min(2, max(1, (os.cpu_count() or 1) // 2))
        for _ in range(self._count):
            self._idle.put(_Process())

    def __call__(self, source: Path, media_type: str, folder: Path) -> Decoded:
        process = self._idle.get()
        try:
            answer = process.ask(
                {"source": str(source), "media_type": media_type, "folder": str(folder), "seconds": self._seconds}
            )
        finally:
            self._idle.put(process)
        if answer is None:
            raise Broken
        if "error" in answer:
            raise error_from(answer["error"], answer["data"])
        return Decoded(**answer["ok"] | {"quality": tuple(answer["ok"]["quality"])})

    def close(self) -> None:
        """Waits for what is being decoded, then ends the processes."""
        for _ in range(self._count):
            self._idle.get().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Process:
    """One decoding process and its pipe, started again when a file ended it. Not for two threads at once."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "redress.evidence.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # a fixed threshold makes glibc give the memory of every picture back when it is done
            env=os.environ | {"MALLOC_MMAP_THRESHOLD_": "131072"},
            start_new_session=True,  # Ctrl-C is for the service, which finishes what it began
        )
        if self._read() is None:
            raise DecoderFailed("The decoding process does not start; `python -m redress.evidence.worker` shows why.")

    def ask(self, request: dict[str, str | float]) -> dict[str, Any] | None:
        """The answer, or None when the process ended over it."""
        if self._process.poll() is not None:
            self._start()
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any] | None:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith("\n"):
            self.close()
            return None
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """Ends the process and gives its pipes back."""
        self._process.kill()
        self._process.communicate()
