"""The worker killed with SIGKILL between sending and recording: nothing has its effect twice, nothing is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from redress.claims.tickets import replay
from redress.store.database import Database
from redress.store.outbox_tables import OutboxRow
from tests.ticketing import REVIEWER, TicketDesk
from tests.tickets.receivers import mail_server, shop_server
from tools.leash import leashed
from tools.pythons import ROOT

pytestmark = pytest.mark.slow
SECRET = "a secret of at least thirty-two characters"
PATIENCE_S = 30


@contextmanager
def worker(url: str, folder: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """`redress worker` on a database, killed at the end if it still runs."""
    others = {key: value for key, value in os.environ.items() if not key.startswith("REDRESS_")}
    own = {"REDRESS_DATABASE_URL": url, "REDRESS_EVIDENCE_DIR": str(folder / "evidence"), **settings}
    command = leashed(str(Path(sys.executable).parent / "redress"), "worker")
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**others, **own}, stdout=log, stderr=log)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def eventually(what: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def lease_runs_out(database: Database) -> None:
    with database.write() as session:
        session.execute(update(OutboxRow).where(OutboxRow.state == "sending").values(due_at=datetime.now(UTC)))


def states(desk: TicketDesk, channel: str) -> list[str]:
    return [row.state for row in desk.outgoing(channel)]


def test_a_webhook_comes_again_under_the_same_key(database: Database, database_url: str, tmp_path: Path) -> None:
    desk = TicketDesk(database, webhooks=("1688order",))
    ticket = desk.open()
    with shop_server() as shop:
        hooks = json.dumps({"1688order": {"url": shop.url, "secret": SECRET}})
        shop.hold = threading.Event()
        with worker(database_url, tmp_path, REDRESS_WEBHOOKS=hooks) as process:
            eventually(lambda: len(shop.got) == 1)
            process.send_signal(signal.SIGKILL)
            process.wait()
        shop.hold.set()
        assert states(desk, "webhook") == ["sending"]
        lease_runs_out(database)
        with worker(database_url, tmp_path, REDRESS_WEBHOOKS=hooks) as process:
            eventually(lambda: states(desk, "webhook") == ["sent"])
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_S) == 0
    keys = {headers["Idempotency-Key"] for headers, _ in shop.got}
    assert keys == {f"{ticket.number}:1:webhook"}, "by its key the shop knows the second for the first"
    assert len(shop.got) == 2


def test_a_mail_is_never_sent_twice_and_is_listed(database: Database, database_url: str, tmp_path: Path) -> None:
    desk = TicketDesk(database, mail=True)
    desk.open()
    with mail_server() as postbox:
        settings = {"REDRESS_SMTP_URL": postbox.url, "REDRESS_MAIL_FROM": "desk@shop.example"}
        taken = threading.Event()

        def hesitate() -> None:
            taken.set()
            time.sleep(3)  # the answer comes only after the worker is dead

        postbox.on_data = hesitate
        with worker(database_url, tmp_path, **settings) as process:
            assert taken.wait(PATIENCE_S)
            process.send_signal(signal.SIGKILL)
            process.wait()
        postbox.on_data = lambda: None
        assert states(desk, "mail") == ["sending"]
        lease_runs_out(database)
        with worker(database_url, tmp_path, **settings):
            eventually(lambda: states(desk, "mail") == ["doubtful"])
            time.sleep(2)
        assert len(postbox.taken) == 1
    assert desk.outbox.undelivered()[0]["state"] == "doubtful"


def unhurried(_count: int) -> tuple[int, dict[str, str]]:
    time.sleep(0.02)
    return 200, {}


def test_two_workers_of_which_one_is_killed_send_all_in_order(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    desk = TicketDesk(database, webhooks=("1688order",))
    tickets = [desk.open() for _ in range(12)]
    for ticket in tickets:
        desk.casework.note(ticket.number, REVIEWER, "seen")
        desk.casework.approve(ticket.number, REVIEWER, "refund")
        desk.casework.settle(ticket.number, REVIEWER)
    with shop_server() as shop:
        hooks = json.dumps({"1688order": {"url": shop.url, "secret": SECRET}})
        shop.answer = unhurried
        with (
            worker(database_url, tmp_path, REDRESS_WEBHOOKS=hooks) as first,
            worker(database_url, tmp_path, REDRESS_WEBHOOKS=hooks),
        ):
            eventually(lambda: len(shop.got) >= 8)
            first.send_signal(signal.SIGKILL)
            first.wait()
            lease_runs_out(database)
            eventually(lambda: set(states(desk, "webhook")) == {"sent"})
        keys = [headers["Idempotency-Key"] for headers, _ in shop.got]
        told = [body["ticket"] for body in shop.bodies]
    assert len(set(keys)) == 3 * len(tickets), "nothing is lost"
    assert len(keys) <= len(set(keys)) + 4, "only what was on its way came again, under its key"
    for ticket in tickets:
        order = [one["seq"] for one in told if one["number"] == ticket.number]
        assert sorted(order) == order, "in the ticket's order"


def test_a_service_killed_while_it_decides_has_decided_or_not(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    desk = TicketDesk(database, mail=True, webhooks=("1688order",))
    tickets = [desk.open() for _ in range(40)]
    numbers = [ticket.number for ticket in tickets]
    for killed in (True, True, False):
        command = leashed(sys.executable, "-m", "tests.tickets.deciding", database_url, *numbers)
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()  # it has begun
        if killed:
            time.sleep(0.15)
            process.send_signal(signal.SIGKILL)
        process.communicate()
        for number in numbers:
            decided_whole_or_not_at_all(desk, number)
    assert {desk.tickets.ticket(number).state for number in numbers} == {"approved"}


def decided_whole_or_not_at_all(desk: TicketDesk, number: str) -> None:
    ticket = desk.tickets.ticket(number)
    assert replay(ticket.history) == ticket.state
    times = [event.after for event in ticket.history].count("approved")
    assert times == (ticket.state == "approved"), "once at most"
    assert len(desk.lines(ticket)) == times, "the buyer is told of it with it"
    for channel in ("mail", "webhook"):
        rows = [row for row in desk.outgoing(channel) if row.ticket_number == number]
        assert len(rows) == 1 + times, "the opening, and the decision with it"


def test_no_text_or_address_is_logged(database: Database, database_url: str, tmp_path: Path) -> None:
    desk = TicketDesk(database, mail=True)
    ticket = desk.open(appeal="my name is Mo")
    with mail_server() as postbox:
        settings = {"REDRESS_SMTP_URL": postbox.url, "REDRESS_MAIL_FROM": "desk@shop.example"}
        with worker(database_url, tmp_path, **settings):
            eventually(lambda: states(desk, "mail") == ["sent"])
            eventually(lambda: "outbox" in (tmp_path / "worker.log").read_text())
    logged = (tmp_path / "worker.log").read_text()
    for secret in ("Mo", "buyer@", "@example", ticket.number):
        assert secret not in logged
