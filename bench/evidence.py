"""How much memory and time many uploads at once take: `python -m bench.evidence [--uploads 200] [--clients 20]`.

A bare ASGI service (uvicorn) around `redress.evidence` runs in a process of its own, so that the clients' memory does
not count. Clients send 12 megapixel photos of about 3 MB; meanwhile one more asks something light every 50 ms.
Printed are failures, throughput, the growth of the summed memory of service and children (sampled every 50 ms; PSS
shares what processes have in common, RSS counts it in each), and how long the light requests took.
"""

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from redress.evidence import DecoderProcesses, EvidenceError, Intake, open_storage, read_form
from tests.evidence.samples import photo


class Service:
    """`GET` answers at once, `POST` takes a form's file in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._intake = Intake(open_storage(str(folder / "kept")), DecoderProcesses())

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Any) -> None:
        status, body = 200, b"{}"
        if scope["type"] != "http":
            return
        if scope["method"] == "POST":
            try:
                form = await read_form(dict(scope["headers"])[b"content-type"].decode(), chunks(receive), self._folder)
                with form.upload as upload:
                    status, body = (
                        201,
                        json.dumps({"sha256": (await self._intake.accept_async(upload)).sha256}).encode(),
                    )
            except EvidenceError as error:
                status, body = error.status, json.dumps({"error": error.code}).encode()
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": body})


async def chunks(receive: Callable[[], Awaitable[Any]]) -> AsyncIterator[bytes]:
    more = True
    while more:
        message = await receive()
        yield message.get("body", b"")
        more = message.get("more_body", False)


@dataclass
class Measured:
    failures: int = 0
    light_ms: list[float] = field(default_factory=list)
    memory: dict[str, list[float]] = field(default_factory=lambda: {"Rss": [], "Pss": []})


def memory_mb(root: int) -> dict[str, float]:
    """RSS and PSS of a process and its children, summed."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    sums = {"Rss": 0.0, "Pss": 0.0}
    for process in [root, *(child for child, parent in parents.items() if parent == root)]:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                name, _, value = line.partition(":")
                if name in sums:
                    sums[name] += int(value.split()[0]) / 1024
    return sums


async def load(base: str, process: int, uploads: int, clients: int) -> tuple[Measured, float]:
    photos = [photo(3.0, seed) for seed in range(4)]
    print(f"{uploads} uploads by {clients} clients, {', '.join(f'{len(each) / 1e6:.1f} MB' for each in photos)}")
    measured, left, done = Measured(), list(range(uploads)), asyncio.Event()
    async with httpx.AsyncClient(base_url=base, timeout=300) as http:

        async def client() -> None:
            while left:
                content = photos[left.pop() % 4]
                answer = await http.post("/", data={"client_id": "c"}, files={"file": ("photo.jpg", content)})
                measured.failures += answer.status_code != 201

        async def light() -> None:
            while not done.is_set():
                began = time.perf_counter()
                await http.get("/")
                measured.light_ms.append((time.perf_counter() - began) * 1000)
                await asyncio.sleep(0.05)

        async def watch() -> None:
            while not done.is_set():
                for name, value in (await asyncio.to_thread(memory_mb, process)).items():
                    measured.memory[name].append(value)
                await asyncio.sleep(0.05)

        await http.get("/")
        watching = [asyncio.create_task(watch()), asyncio.create_task(light())]
        await asyncio.sleep(1)
        began = time.perf_counter()
        await asyncio.gather(*(client() for _ in range(clients)))
        seconds = time.perf_counter() - began
        await asyncio.sleep(1)
        done.set()
        await asyncio.gather(*watching)
    return measured, seconds


async def main(uploads: int, clients: int, port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        service = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.evidence", "--serve", folder, "--port", str(port)
        )
        try:
            async with httpx.AsyncClient() as http:
                for _ in range(100):
                    with contextlib.suppress(httpx.TransportError):
                        await http.get(base)
                        break
                    await asyncio.sleep(0.1)
            measured, seconds = await load(base, service.pid, uploads, clients)
        finally:
            service.terminate()
            await service.wait()
    light = statistics.quantiles(measured.light_ms, n=20)
    print(f"failures {measured.failures}, {seconds:.1f} s, {uploads / seconds:.1f} uploads/s")
    for name, values in measured.memory.items():
        before, most, after = values[0], max(values), values[-1]
        print(f"{name}: {before:.0f} MB before, at most {most - before:+.0f}, after {after - before:+.0f}")
    print(f"light requests: p50 {light[9]:.1f} ms, p95 {light[18]:.1f} ms, longest {max(measured.light_ms):.1f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=200)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--port", type=int, default=18099)
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        import uvicorn

        uvicorn.run(Service(options.serve), port=options.port, log_level="warning", lifespan="off")
    else:
        os.nice(5)  # the clients must not take the service's share
        asyncio.run(main(options.uploads, options.clients, options.port))
