"""A storm of webhooks: `python -m bench.webhooks [--rate 500] [--seconds 20] [--chats 400]`.

Telegram's updates come at an even rate from many chats, every tenth delivered twice, while a buyer of the widget goes
on talking. Printed are how soon the webhooks were answered, how long the buyer's turns took before and amid it, how
many updates were lost or taken twice, and how fast they were answered in the chats afterwards. Desk, clients and the
stand-in of Telegram share the machine, so on two cores the clients' own share counts against the desk.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import threading
import time
from pathlib import Path

import httpx
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

KEY = "a-key-of-the-bench-for-messaging-apps"
LINES = ("hello", "what can you do?", "how long do I have to report a missing item?", "thanks")
TWICE = 10  # every so many updates one is delivered again


def percentiles(values: list[float]) -> str:
    """The median, the 95th percentile and the longest, in milliseconds."""
    cut = statistics.quantiles(values, n=20)
    return f"p50 {cut[9] * 1000:.0f} ms, p95 {cut[18] * 1000:.0f} ms, longest {max(values) * 1000:.0f} ms"


def talk(desk: Desk, stop: threading.Event, times: list[float]) -> None:
    """One buyer of the widget, a line a second."""
    buyer = Buyer(desk.client, SHOP)
    while not stop.is_set():
        began = time.perf_counter()
        buyer.say(LINES[len(times) % len(LINES)])
        times.append(time.perf_counter() - began)
        stop.wait(max(0.0, 0.5 - times[-1]))


async def storm(url: str, rate: int, seconds: int, chats: int) -> tuple[list[float], int]:
    """Deliver the updates at an even rate, whatever the answers take; their times, and how many were not 200."""
    times: list[float] = []
    failed = 0
    headers = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET, "Content-Type": "application/json"}
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=100)
    async with httpx.AsyncClient(base_url=url, headers=headers, limits=limits, timeout=60, trust_env=False) as http:

        async def deliver(n: int) -> None:
            nonlocal failed
            chat = {"id": 10_000 + n % chats, "type": "private"}
            body = {
                "update_id": n,
                "message": {"message_id": n, "chat": chat, "date": n, "text": LINES[n % len(LINES)]},
            }
            began = time.perf_counter()
            try:
                answer = await http.post(f"/channels/telegram/{SHOP}", content=json.dumps(body))
                failed += answer.status_code != 200
            except httpx.HTTPError:
                failed += 1
            times.append(time.perf_counter() - began)

        started, tasks = time.perf_counter(), []
        for n in range(rate * seconds):
            await asyncio.sleep(max(0.0, started + n / rate - time.perf_counter()))
            tasks.append(asyncio.create_task(deliver(n)))
            if n % TWICE == 0:
                tasks.append(asyncio.create_task(deliver(n)))
        await asyncio.gather(*tasks)
    return times, failed


def main(rate: int, seconds: int, chats: int) -> None:
    """Run it once and print what was measured."""
    with tempfile.TemporaryDirectory() as folder, serving("telegram") as api:
        bases = json.dumps({"telegram": api.url})
        with Desk(Path(folder), REDRESS_CHANNEL_APIS=bases, REDRESS_CHANNEL_KEY=KEY) as desk:
            database = Database(make_engine(desk.env["REDRESS_DATABASE_URL"]))
            Channels(database, lambda: KEY).put("telegram", SHOP, CREDENTIALS["telegram"], now(), polled=False)
            api.chats.update(str(10_000 + n) for n in range(chats))
            calm: list[float] = []
            amid: list[float] = []
            for times, work in ((calm, None), (amid, storm(desk.url, rate, seconds, chats))):
                stop = threading.Event()
                buyer = threading.Thread(target=talk, args=(desk, stop, times))
                buyer.start()
                if work is None:
                    time.sleep(10)
                else:
                    began = time.perf_counter()
                    answered, failed = asyncio.run(work)
                    took = time.perf_counter() - began
                stop.set()
                buyer.join()
            report(database, rate * seconds, answered, failed, took)
            print(f"widget's turns before: {percentiles(calm)}; amid the storm: {percentiles(amid)}")


def report(database: Database, updates: int, answered: list[float], failed: int, took: float) -> None:
    """Print what became of the updates, now and after a while."""
    print(f"{len(answered)} webhooks in {took:.1f} s ({len(answered) / took:.0f}/s), {failed} not answered 200")
    print(f"answered after: {percentiles(answered)}")
    kept, first = _count(database), _count(database, "done")
    print(f"{updates} updates, {kept} kept: {updates - kept} lost, {max(0, kept - updates)} twice")
    time.sleep(30)
    print(
        f"answered in their chats meanwhile: {first}; afterwards {(_count(database, 'done') - first) / 30:.0f} a second"
    )


def _count(database: Database, state: str = "") -> int:
    wanted = select(func.count()).select_from(UpdateRow)
    with database.read() as session:
        return session.scalar(wanted.where(UpdateRow.state == state) if state else wanted) or 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--chats", type=int, default=400)
    options = parser.parse_args()
    main(options.rate, options.seconds, options.chats)
