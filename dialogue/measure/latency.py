"""How long the running process takes to understand one message."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, List, Sequence

from dialogue import ROOT

START_SECONDS = 120


@dataclass(frozen=True)
class Latency:
    """Milliseconds of `/model/parse`: the median, and what 95 % stay below."""

    p50: float
    p95: float


def quantiles(milliseconds: Sequence[float]) -> Latency:
    """Return median and 95th percentile."""
    ordered = sorted(milliseconds)
    return Latency(ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)])


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(model: Path, one_core: bool = False, **settings: str) -> Iterator[int]:
    """Run the dialogue process with a model and yield its port; `one_core` pins it by taskset where there is one."""
    port = free_port()
    environment: Dict[str, str] = {**os.environ, "REDRESS_MODELS": str(model), "REDRESS_DIALOGUE_PORT": str(port)}
    pin = ["taskset", "-c", "0"] if one_core and shutil.which("taskset") else []
    command = [*pin, sys.executable, "-m", "dialogue.serve"]
    process = subprocess.Popen(command, cwd=ROOT, env={**environment, **settings}, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"The dialogue process ended at its start with code {process.returncode}.")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/status")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            pass  # not listening yet
        time.sleep(0.2)
    raise RuntimeError(f"The dialogue process did not answer within {START_SECONDS} s.")


def of_parsing(port: int, texts: Sequence[str]) -> Latency:
    """Send the texts one after the other over one connection; a first round of fifty warms the process up."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken: List[float] = []
    for text in [*texts[:50], *texts]:
        body = json.dumps({"text": text}).encode()
        started = time.perf_counter()
        connection.request("POST", "/model/parse", body, {"Content-Type": "application/json"})
        connection.getresponse().read()
        taken.append((time.perf_counter() - started) * 1000)
    return quantiles(taken[50:])
