"""A storm of webhooks: `python -m bench.webhooks [--rate 500] [--seconds 20] [--chats 400] [--postgres]`.

Telegram's updates come at an even rate from many chats (`--chats 1`: from one), every tenth delivered twice, while a
buyer of the widget goes on talking. Printed are how soon the webhooks were answered, counted from when each was due,
how long the buyer's turns took before, amid and after it, how many updates were lost or taken twice, and how fast they
are answered in the chats. Desk, clients and the stand-in of Telegram share the machine, so on two cores the clients'
own share counts against the desk.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import statistics
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from redress.bootstrap import now
from redress.store.channel_tables import UpdateRow
from redress.store.channels import Channels
from redress.store.database import Database
from redress.store.engine import make_engine
from tests.buyer import Buyer
from tests.channels.conftest import CREDENTIALS, SHOP, WEBHOOK_SECRET
from tests.channels.standins import serving
from tests.desk import Desk
from tests.store.databases import postgres

KEY = "a-key-of-the-bench-for-messaging-apps"
LINES = ("hello", "what can you do?", "how long do I have to report a missing item?", "thanks")
TWICE = 10  # every so many updates one is delivered again
CONNECTIONS = 64
TICK_S = 0.002
CALM_S, AFTER_S = 10, 30


def percentiles(values: list[float]) -> str:
    """The median, the 95th percentile and the longest, in milliseconds."""
    cut = statistics.quantiles(values, n=20)
    return f"p50 {cut[9] * 1000:.0f} ms, p95 {cut[18] * 1000:.0f} ms, longest {max(values) * 1000:.0f} ms"


@dataclass
class Talk:
    """A buyer of the widget, two lines a second at most; `times` of each line's answer."""

    desk: Desk
    times: list[float] = field(default_factory=list)

    def for_as_long(self, until: threading.Event) -> None:
        """Go on until then."""
        buyer = Buyer(self.desk.client, SHOP)
        while not until.is_set():
            began = time.perf_counter()
            buyer.say(LINES[len(self.times) % len(LINES)])
            self.times.append(time.perf_counter() - began)
            until.wait(max(0.0, 0.5 - self.times[-1]))

    def during[T](self, work: Callable[[], T]) -> T:
        """Talk while that is done."""
        until = threading.Event()
        talking = threading.Thread(target=self.for_as_long, args=(until,))
        talking.start()
        try:
            return work()
        finally:
            until.set()
            talking.join()


class Connection(asyncio.Protocol):
    """One kept-alive connection of the storm: a request at a time, written and read as bytes, which costs little."""

    def __init__(self, storm: Storm) -> None:
        self._storm, self._due, self._read = storm, 0.0, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._storm.free.append(self)

    def post(self, content: bytes, due: float) -> None:
        """Send a request that was due then."""
        self._due, self._read = due, b""
        self._transport.write(self._storm.head % len(content) + content)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, blank, body = self._read.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
        if blank and len(body) >= int(length or 0):
            self._storm.answered(self, self._due, self._read.startswith(b"HTTP/1.1 200"))

    def connection_lost(self, exc: Exception | None) -> None:
        self._storm.failed += 1


class Storm:
    """Delivers updates at an even rate, whatever the answers take."""

    def __init__(self, url: str) -> None:
        self.host, self.port = url.removeprefix("http://").split(":")
        words = f"POST /channels/telegram/{SHOP} HTTP/1.1\r\nHost: {self.host}\r\nContent-Type: application/json\r\n"
        words += f"X-Telegram-Bot-Api-Secret-Token: {WEBHOOK_SECRET}\r\nContent-Length: %d\r\n\r\n"
        self.head = words.encode()
        self.free: deque[Connection] = deque()
        self.times: list[float] = []
        self.failed = 0

    def answered(self, connection: Connection, due: float, ok: bool) -> None:
        """A request was answered."""
        self.times.append(time.perf_counter() - due)
        self.failed += not ok
        self.free.append(connection)

    async def run(self, rate: int, seconds: int, chats: int) -> None:
        """Deliver them all."""
        loop = asyncio.get_running_loop()
        for _ in range(CONNECTIONS):
            await loop.create_connection(lambda: Connection(self), self.host, int(self.port))
        numbers = [n for n in range(rate * seconds) for _ in range(2 if n % TWICE == 0 else 1)]
        bodies = deque((n / rate, _update(n, chats)) for n in numbers)
        started, total = time.perf_counter(), len(numbers)
        while bodies:
            while bodies and self.free and started + bodies[0][0] <= time.perf_counter():
                due, content = bodies.popleft()
                self.free.popleft().post(content, started + due)
            await asyncio.sleep(TICK_S)
        while len(self.times) + self.failed < total:
            await asyncio.sleep(TICK_S)


def _update(n: int, chats: int) -> bytes:
    chat = {"id": 10_000 + n % chats, "type": "private"}
    message = {"message_id": n, "chat": chat, "date": n, "text": LINES[n % len(LINES)]}
    return json.dumps({"update_id": n, "message": message}).encode()


def _storm(url: str, rate: int, seconds: int, chats: int) -> tuple[list[float], int]:
    storm = Storm(url)
    asyncio.run(storm.run(rate, seconds, chats))
    return storm.times, storm.failed


def main(rate: int, seconds: int, chats: int, on_postgres: bool) -> None:
    """Run it once and print what was measured."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        api = stack.enter_context(serving("telegram"))
        settings = {"REDRESS_CHANNEL_APIS": json.dumps({"telegram": api.url}), "REDRESS_CHANNEL_KEY": KEY}
        if on_postgres:
            settings["REDRESS_DATABASE_URL"] = stack.enter_context(postgres()).fresh()
        desk = stack.enter_context(Desk(Path(folder), **settings))
        database = Database(make_engine(desk.env["REDRESS_DATABASE_URL"]))
        stack.callback(database.engine.dispose)
        Channels(database, lambda: KEY).put("telegram", SHOP, CREDENTIALS["telegram"], now(), polled=False)
        api.chats.update(str(10_000 + n) for n in range(chats))
        calm, amid, after = Talk(desk), Talk(desk), Talk(desk)
        clients = stack.enter_context(ProcessPoolExecutor(1, multiprocessing.get_context("spawn")))
        calm.during(lambda: time.sleep(CALM_S))
        times, failed = amid.during(clients.submit(_storm, desk.url, rate, seconds, chats).result)
        report(database, rate * seconds, times, failed)
        before = _count(database, "done")
        after.during(lambda: time.sleep(AFTER_S))
        pace = (_count(database, "done") - before) / AFTER_S
        print(f"answered in their chats amid the storm: {before}; afterwards {pace:.0f} a second")
        for when, talk in (("before", calm), ("amid the storm", amid), ("after it", after)):
            print(f"widget's turns {when}: {percentiles(talk.times)}")


def report(database: Database, updates: int, answered: list[float], failed: int) -> None:
    """Print what became of the updates."""
    late = sum(one > 0.1 for one in answered)
    print(f"{len(answered)} webhooks, {failed} not answered 200; {late} later than 100 ms: {percentiles(answered)}")
    kept = _count(database)
    print(f"{updates} updates, {kept} kept: {max(0, updates - kept)} lost, {max(0, kept - updates)} twice")


def _count(database: Database, state: str = "") -> int:
    wanted = select(func.count()).select_from(UpdateRow)
    with database.read() as session:
        return session.scalar(wanted.where(UpdateRow.state == state) if state else wanted) or 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--chats", type=int, default=400)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    options = parser.parse_args()
    main(options.rate, options.seconds, options.chats, options.postgres)
