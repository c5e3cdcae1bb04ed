"""The worker's loops: they do their work in the background, outlive a fault, and end when asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from prometheus_client import REGISTRY
from sqlalchemy.exc import OperationalError

from redress import worker as worker_module
from redress.claims.cases import Outgoing
from redress.claims.outbox import Parcel
from redress.store.outbox import put
from redress.worker import Alarms, Sender, Worker
from tests.ticketing import TicketDesk

PATIENCE_S = 20


class Receiver:
    safe_to_repeat = True

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, parcel: Parcel) -> str:
        self.sent.append(parcel.key)
        return "ok"

    def find(self, parcel: Parcel) -> bool | None:
        return None


@contextmanager
def running(desk: TicketDesk, receiver: Receiver, retain: Callable[[], object]) -> Iterator[Worker]:
    sender = Sender(desk.outbox, {"x": receiver}, desk.clock)
    worker = Worker(sender, Alarms(desk.tickets, desk.cases), retain, desk.outbox)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "IDLE_S", 0.05)
    monkeypatch.setattr(worker_module, "CLOCKS_EVERY_S", 0.05)
    monkeypatch.setattr(worker_module, "RETENTION_EVERY_S", 0.05)


def eventually(what: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def write(desk: TicketDesk, *keys: str) -> None:
    with desk.database.write() as session:
        for key in keys:
            put(session, None, Outgoing("x", key, key, {}), desk.clock())


def test_it_sends_rings_and_lets_go(desk: TicketDesk) -> None:
    ticket, receiver, retained = desk.open(evidence=()), Receiver(), threading.Event()
    write(desk, "a", "b", "c")
    desk.clock.go(days=40)
    with running(desk, receiver, retained.set):
        eventually(lambda: sorted(receiver.sent) == ["a", "b", "c"])
        eventually(lambda: desk.tickets.ticket(ticket.number).state == "expired")
        eventually(retained.is_set)
        eventually(lambda: REGISTRY.get_sample_value("redress_outbox_rows", {"state": "dead"}) == 0)
    write(desk, "late")
    time.sleep(0.3)
    assert "late" not in receiver.sent, "it has ended"


def test_a_database_that_is_away_for_a_while_does_not_end_it(desk: TicketDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    receiver, claim, faults = Receiver(), desk.outbox.claim, iter(range(6))

    def failing(*arguments: object) -> object:
        if next(faults, None) is not None:
            raise OperationalError("SELECT", {}, Exception("gone"))
        return claim(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.outbox, "claim", failing)
    write(desk, "a")
    with running(desk, receiver, lambda: None):
        eventually(lambda: receiver.sent == ["a"])


def test_what_is_counted(desk: TicketDesk) -> None:
    labels = {"shop": "1688order", "kind": "moved", "state": "in_review"}
    before = REGISTRY.get_sample_value("redress_ticket_changes_total", labels) or 0
    desk.open()
    assert REGISTRY.get_sample_value("redress_ticket_changes_total", labels) == before + 1
