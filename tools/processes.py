"""`honcho start` that can lose its terminal, run by the service's Python: `tools.run` starts it.

honcho prints before it stops its processes. Where nobody reads any more (the terminal was closed, `make run | tee` was
interrupted) that print fails, honcho falls over it, and what it should have stopped goes on.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any, TextIO

from honcho.command import main


class Outlet:
    """A stream whose failed writes are passed over; everything else about it is `stream`'s."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes `text`, if it can."""
        with contextlib.suppress(OSError):
            return self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flushes, if it can."""
        with contextlib.suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


if __name__ == "__main__":
    sys.stdout = Outlet(sys.stdout)
    # It would let .env overrule the environment, where the service does the opposite; tools.run has read it already.
    main(["--env", os.devnull, "start"])
