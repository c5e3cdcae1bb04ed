"""`python -m tools.leash COMMAND …` becomes COMMAND, which Linux then ends when the one who started it dies.

However a start or a test run is killed, it leaves no desk behind that holds its ports. Elsewhere it only runs COMMAND.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def leashed(*command: str) -> list[str]:
    """`command` as it must be called from the project's root to be leashed to the caller."""
    return [sys.executable, "-m", "tools.leash", *command]


if __name__ == "__main__":
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.execvp(sys.argv[1], sys.argv[1:])
