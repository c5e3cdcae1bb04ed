"""Which turns go first: those whose buyer is waiting, before those of a backlog."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

MOST_PATIENCE_S = 0.5  # that a turn of the backlog waits for others, lest it never begin
QUIET_S = 1.0  # without a turn that somebody waits for: then the backlog has the desk for itself


class Precedence:
    """Of one process. A late turn begins when no other is under way; while there are others, late ones go one by one,
    and each is followed by a pause as long as itself: they take half of what there is at most."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._under_way = 0
        self._last = -QUIET_S
        self._changed = threading.Condition()
        self._one_by_one = threading.Lock()

    @contextmanager
    def turn(self, *, late: bool) -> Iterator[None]:
        """For as long as a turn takes."""
        with self._awaited() if not late else nullcontext() if self._quiet() else self._late():
            yield

    def _quiet(self) -> bool:
        return not self._under_way and self._clock() - self._last > QUIET_S

    @contextmanager
    def _awaited(self) -> Iterator[None]:
        with self._changed:
            self._under_way += 1
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self._last = self._clock()
                self._changed.notify_all()

    @contextmanager
    def _late(self) -> Iterator[None]:
        with self._one_by_one:
            with self._changed:
                self._changed.wait_for(lambda: not self._under_way, MOST_PATIENCE_S)
            began = self._clock()
            yield
            self._sleep(min(self._clock() - began, MOST_PATIENCE_S))
