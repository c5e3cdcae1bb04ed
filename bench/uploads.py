"""What a crowd of uploads does to a running desk: `python -m bench.uploads [--uploads 200] [--clients 20]`.

A whole desk runs; clients, each in a conversation of its own, send 12 megapixel photos of about 3 MB over HTTP while
one more buyer goes on talking. Printed are failures, throughput, the growth of the summed memory of the service and
its children (sampled every 200 ms; PSS shares what processes have in common, RSS counts it in each), and the turns of
the one who talks, alone and amid the crowd.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.evidence import memory_mb
from tests.buyer import Buyer
from tests.desk import Desk
from tests.evidence.samples import photo

SHOP, KIND = "1688order", "photo_delivery_slip"
ALONE_SECONDS = 5.0
PAUSE_SECONDS = 0.1
SAMPLE_SECONDS = 0.2
# a buyer who goes on talking: what each says, over and over in new conversations
TURNS = ("The size is wrong", "OR100001", "nobody@example.com", "why do you need that?", "let's start over")


def talk(url: str) -> None:
    """Talk until the input ends, then print how many seconds each turn took."""
    seconds: list[float] = []
    reading = threading.Thread(target=sys.stdin.read, daemon=True)
    reading.start()
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
        while reading.is_alive():
            buyer = Buyer(client, SHOP)
            for text in TURNS:
                started = time.perf_counter()
                buyer.say(text)
                seconds.append(time.perf_counter() - started)
                time.sleep(PAUSE_SECONDS)
    print(json.dumps(seconds))


@contextmanager
def talking(url: str, seconds: list[float]) -> Iterator[None]:
    """A buyer who talks in a process of its own for the length of a `with`; how long the turns took is in `seconds`."""
    process = again("--talk", url)
    try:
        yield
    finally:
        seconds += json.loads(process.communicate()[0])


def again(*options: str) -> subprocess.Popen[str]:
    """This module in a process of its own, with other options; what `--talk` prints is kept for the caller."""
    command = [sys.executable, "-m", "bench.uploads", *options]
    printed = subprocess.PIPE if "--talk" in options else None
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=printed, text=True)  # noqa: S603


def crowd(url: str, folder: Path, uploads: int, clients: int) -> int:
    """Send the folder's photos over and over; how many were not taken."""
    photos = [path.read_bytes() for path in folder.iterdir()]
    print(f"{uploads} uploads by {clients} clients, {', '.join(f'{len(each) / 1e6:.1f} MB' for each in photos)}")

    def client(number: int) -> int:
        with httpx.Client(base_url=url, timeout=300, trust_env=False) as http:
            buyer = Buyer(http, SHOP)
            share = range(number, uploads, clients)
            return sum(buyer.send(photos[one % len(photos)], kind=KIND).status_code != 201 for one in share)

    with ThreadPoolExecutor(clients) as pool:
        started = time.perf_counter()
        failures = sum(pool.map(client, range(clients)))
    seconds = time.perf_counter() - started
    print(f"failures {failures}, {seconds:.1f} s, {uploads / seconds:.1f} uploads/s", flush=True)
    return failures


def service_process(desk: Desk) -> int:
    """The id of the service's process: the one that listens, a child of the leash that `Desk` starts."""
    port = desk.env["REDRESS_PORT"]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"REDRESS_PORT={port}\0".encode() in environment and command.rstrip(b"\0").endswith(b"\0serve"):
            return int(folder.name)
    raise RuntimeError("the service's process is not found")


def tell(name: str, seconds: list[float]) -> None:
    """Print the spread of some turns."""
    spread = statistics.quantiles([1000 * one for one in seconds], n=20)
    print(f"turns {name}: {len(seconds)}, p50 {spread[9]:.0f} ms, p95 {spread[18]:.0f} ms")


def main() -> int:
    """Measure and print; the exit code says whether an upload failed."""
    parser = argparse.ArgumentParser(description="Measure a desk amid a crowd of uploads.")
    parser.add_argument("--uploads", type=int, default=200)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--crowd", help=argparse.SUPPRESS)
    parser.add_argument("--photos", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--talk", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.crowd:
        os.nice(5)  # the clients must not take the service's share
        return min(1, crowd(options.crowd, options.photos, options.uploads, options.clients))
    if options.talk:
        talk(options.talk)
        return 0
    with tempfile.TemporaryDirectory(prefix="redress-bench-") as folder, Desk(Path(folder)) as desk:
        return measure(desk, options.uploads, options.clients)


def measure(desk: Desk, uploads: int, clients: int) -> int:
    """The talk alone, then amid the crowd; each runs in a process of its own."""
    process, photos = service_process(desk), desk.folder / "photos"
    photos.mkdir()
    for seed in range(4):
        (photos / f"{seed}.jpg").write_bytes(photo(3.0, seed))
    Buyer(desk.client, SHOP).send(photo(3.0, 9), kind=KIND).raise_for_status()  # the decoders start
    first, alone, amid = list[float](), list[float](), list[float]()
    for seconds in (first, alone):  # first: imports, first connections
        with talking(desk.url, seconds):
            time.sleep(ALONE_SECONDS)
    before, most = memory_mb(process), {"Rss": 0.0, "Pss": 0.0}
    with talking(desk.url, amid):
        many = ("--uploads", str(uploads), "--clients", str(clients))
        sending = again("--crowd", desk.url, "--photos", str(photos), *many)
        while sending.poll() is None:
            most = {name: max(most[name], value) for name, value in memory_mb(process).items()}
            time.sleep(SAMPLE_SECONDS)
    for name, value in before.items():
        print(f"{name}: {value:.0f} MB before, at most {most[name] - value:+.0f}")
    tell("alone", alone)
    tell("amid the crowd", amid)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    return sending.returncode


if __name__ == "__main__":
    sys.exit(main())
