"""The worker: sends what stands in the outbox, rings the tickets' clocks, lets go of what is too old.

Several may run at once, in one process or many: the database shares the work out among them.
"""

import random
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from redress import metrics
from redress.claims.cases import Cases
from redress.claims.clocks import ring
from redress.claims.outbox import Doubtful, Parcel, Receiver, Refused, TryLater, next_wait
from redress.claims.tickets import TicketChanged
from redress.store.outbox import Outbox
from redress.store.ticket_store import Tickets

SENDERS = 4
IDLE_S = 1.0  # between looks at an empty outbox
CLOCKS_EVERY_S = 20.0
RETENTION_EVERY_S = 3600.0
LONGEST_GOODBYE_S = 20.0
BATCH = 100
type Loop = tuple[Callable[[], bool], float, threading.Event]

log = structlog.get_logger()


@dataclass(frozen=True)
class Sender:
    """Takes parcels from the outbox to their receivers, one at a time."""

    outbox: Outbox
    receivers: Mapping[str, Receiver]
    clock: Callable[[], datetime]
    random: Callable[[], float] = random.random

    def send_one(self) -> bool:
        """Send the next parcel that is due and record what came of it; False when nothing is due."""
        claimed = self.outbox.claim(list(self.receivers), self.clock())
        if claimed is None:
            return False
        parcel, orphan = claimed
        receiver = self.receivers[parcel.channel]
        result, detail, wait = self._deliver(receiver, parcel, orphan)
        states = {"sent": "sent", "doubtful": "doubtful", "refused": "dead", "later": "waiting" if wait else "dead"}
        now = self.clock()
        self.outbox.record(parcel, result, detail, states[result], now, now + wait if wait else None)
        metrics.TRIES.labels(parcel.channel, result).inc()
        log.info("outbox", id=parcel.id, channel=parcel.channel, tries=parcel.tries, result=result, detail=detail)
        return True

    def _deliver(self, receiver: Receiver, parcel: Parcel, orphan: bool) -> tuple[str, str, timedelta | None]:
        try:
            if orphan and not receiver.safe_to_repeat:
                found = receiver.find(parcel)
                if found is None:
                    return "doubtful", "its sender ended before it could tell", None
                if found:
                    return "sent", "found at the receiver", None
            return "sent", receiver.send(parcel), None
        except TryLater as error:
            return "later", error.message, next_wait(parcel.tries, self.random, error.after)
        except Refused as error:
            return "refused", error.message, None
        except Doubtful as error:
            return "doubtful", error.message, None
        except Exception as error:
            # a fault of ours: it must neither block its stream for ever nor be forgotten
            log.exception("outbox_fault", id=parcel.id, channel=parcel.channel)
            return ("later" if receiver.safe_to_repeat else "doubtful"), type(error).__name__, self._patience(parcel)

    def _patience(self, parcel: Parcel) -> timedelta | None:
        return next_wait(parcel.tries, self.random)


@dataclass(frozen=True)
class Alarms:
    """Rings the clocks of tickets."""

    tickets: Tickets
    cases: Cases

    def ring_all(self) -> int:
        """Bring about what is due now, a batch of tickets at most; how many have changed."""
        rung = 0
        for number in self.tickets.alarming(self.cases.clock(), BATCH):
            try:
                before = self.tickets.ticket(number).version
                rung += self.cases.alter(number, ring).version > before
            except TicketChanged:  # somebody is at it: the next round sees what became of it
                continue
        return rung


class Worker:
    """Runs until stopped: senders and housekeeping, each in a thread of its own."""

    def __init__(
        self,
        sender: Sender,
        alarms: Alarms,
        retain: Callable[[], object],
        outbox: Outbox,
        more: Sequence[Loop] = (),
        news: threading.Event | None = None,
    ) -> None:
        """`more`: other work, each with the seconds between two looks when there is none, and what cuts the waiting
        short when it is set; `news` does so for the senders."""
        self._sender, self._alarms, self._retain, self._outbox = sender, alarms, retain, outbox
        self._more = more
        self._stop, self._news = threading.Event(), news or threading.Event()
        self._threads: Sequence[threading.Thread] = ()

    def start(self) -> None:
        """Begin, in the background."""
        senders = [(self._sender.send_one, IDLE_S, self._news)] * SENDERS if self._sender.receivers else []
        rounds = [(self._clocks, CLOCKS_EVERY_S, self._stop), (self._let_go, RETENTION_EVERY_S, self._stop)]
        self._threads = [
            threading.Thread(target=self._loop, args=loop, name="worker", daemon=True)
            for loop in (*senders, *self._more, *rounds)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End after what is being done now, unless that takes too long: its lease then runs out."""
        self._stop.set()
        for sooner in (self._news, *(event for _, _, event in self._more)):
            sooner.set()
        for thread in self._threads:
            thread.join(LONGEST_GOODBYE_S)

    def _loop(self, work: Callable[[], bool], pause: float, sooner: threading.Event) -> None:
        while not self._stop.is_set():
            try:
                busy = work()
            except Exception:
                log.exception("worker_fault")  # the database may be away for a while; the next round tries again
                busy = False
            if not busy and sooner.wait(pause) and not self._stop.is_set():
                sooner.clear()

    def _clocks(self) -> bool:
        rung = self._alarms.ring_all()
        for state, count in self._outbox.counts().items():
            metrics.OUTBOX.labels(state).set(count)
        metrics.OVERDUE.set(self._alarms.tickets.overdue())
        return rung == BATCH

    def _let_go(self) -> bool:
        self._retain()
        return False
