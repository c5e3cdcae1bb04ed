"""The decoding process: `python -m redress.evidence.worker`.

Reads one JSON request a line from its input, `{"source", "media_type", "folder", "seconds"}`, and answers each with one
line, `{"ok": fields}` or `{"error": code, "data": {...}}`. It ends when its input does, hence with the service, and
when a file takes longer than `seconds`.
"""

import json
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from redress.evidence import document, picture
from redress.evidence.errors import EvidenceError

NICENESS = 10
AUTOGROUP = Path("/proc/self/autogroup")
MEMORY_BYTES = 1536 * 1024 * 1024
"""Address space of the process: what it takes to decode 50 megapixels of HEIC, and not much more."""


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a C library prints must not end up among the answers
    step_back()
    with suppress(ValueError, OSError):  # macOS knows this limit and refuses it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold a buyer's photo
    serve(sys.stdin, answers)


def step_back() -> None:
    """Let the turns of conversations go first. Where Linux shares the processor between sessions (sched(7),
    "autogroup"), a process's own nice value counts within its session alone, and this process has one to itself."""
    os.nice(NICENESS)
    with suppress(OSError):
        AUTOGROUP.write_text(str(NICENESS))


def serve(requests: IO[str], answers: IO[str]) -> None:
    """Says once that it is ready, then answers until the requests end."""
    _say(answers, {"ok": {}})
    for line in requests:
        request = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])  # unhandled, so that it ends C code as well
        answer = _answer(request)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _say(answers, answer)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    decode = document.decode if request["media_type"] == "application/pdf" else picture.decode
    try:
        return {"ok": decode(Path(request["source"]), request["media_type"], Path(request["folder"]))}
    except EvidenceError as error:
        return {"error": error.code, "data": error.data}


def _say(answers: IO[str], line: dict[str, Any]) -> None:
    answers.write(json.dumps(line) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
