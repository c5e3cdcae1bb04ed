"""What a crowd of uploads does to a running desk: `python -m bench.uploads [--uploads 200] [--clients 20]`.

A whole desk runs; clients, each in a conversation of its own, send 12 megapixel photos of about 3 MB over HTTP while
one more buyer goes on talking. Printed are failures, throughput, the growth of the summed memory of the service and
its children (sampled every 100 ms; PSS shares what processes have in common, RSS counts it in each), and the turns of
the one who talks, alone and amid the crowd.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.evidence import memory_mb
from tests.buyer import Buyer
from tests.desk import Desk
from tests.evidence.samples import photo

SHOP, KIND = "1688order", "photo_delivery_slip"
ALONE_SECONDS = 5.0
PAUSE_SECONDS = 0.1
# a buyer who goes on talking: what each says, over and over in new conversations
TURNS = ("The size is wrong", "OR100001", "nobody@example.com", "why do you need that?", "let's start over")


def talk(desk: Desk, until: threading.Event, seconds: list[float]) -> None:
    """Talk until told to stop, noting how long each turn takes."""
    while not until.is_set():
        buyer = Buyer(desk.client, SHOP)
        for text in TURNS:
            started = time.perf_counter()
            buyer.say(text)
            seconds.append(time.perf_counter() - started)
            time.sleep(PAUSE_SECONDS)


def crowd(url: str, uploads: int, clients: int) -> int:
    """Send all of them; how many were not taken."""
    import httpx

    photos = [photo(3.0, seed) for seed in range(4)]
    print(f"{uploads} uploads by {clients} clients, {', '.join(f'{len(each) / 1e6:.1f} MB' for each in photos)}")

    def client(number: int) -> int:
        with httpx.Client(base_url=url, timeout=300, trust_env=False) as http:
            buyer = Buyer(http, SHOP)
            share = range(number, uploads, clients)
            return sum(buyer.send(photos[one % 4], kind=KIND).status_code != 201 for one in share)

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
    options = parser.parse_args()
    if options.crowd:
        os.nice(5)  # the clients must not take the service's share
        return min(1, crowd(options.crowd, options.uploads, options.clients))
    with tempfile.TemporaryDirectory(prefix="redress-bench-") as folder, Desk(Path(folder)) as desk:
        return measure(desk, options.uploads, options.clients)


def measure(desk: Desk, uploads: int, clients: int) -> int:
    """The talk alone, then amid the crowd, which runs in a process of its own."""
    process, done = service_process(desk), threading.Event()
    Buyer(desk.client, SHOP).send(photo(3.0, 9), kind=KIND).raise_for_status()  # the decoders start
    seconds: list[float] = []
    talking = threading.Thread(target=talk, args=(desk, done, seconds))
    talking.start()
    time.sleep(ALONE_SECONDS)
    alone = len(seconds)
    before, most = memory_mb(process), {"Rss": 0.0, "Pss": 0.0}
    sending = subprocess.Popen(  # noqa: S603
        [
            sys.executable,
            "-m",
            "bench.uploads",
            "--crowd",
            desk.url,
            "--uploads",
            str(uploads),
            "--clients",
            str(clients),
        ]
    )
    while sending.poll() is None:
        most = {name: max(most[name], value) for name, value in memory_mb(process).items()}
        time.sleep(0.1)
    amid = len(seconds)
    done.set()
    talking.join()
    for name, value in before.items():
        print(f"{name}: {value:.0f} MB before, at most {most[name] - value:+.0f}")
    tell("alone", seconds[:alone])
    tell("amid the crowd", seconds[alone:amid])
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    return sending.returncode


if __name__ == "__main__":
    sys.exit(main())
