"""Turns of a backlog let those go first that somebody waits for, and begin all the same."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from redress.claims.precedence import MOST_PATIENCE_S, Precedence


def begins_within(precedence: Precedence, seconds: float, *, late: bool) -> bool:
    begun = threading.Event()

    def take() -> None:
        with precedence.turn(late=late):
            begun.set()

    threading.Thread(target=take, daemon=True).start()
    return begun.wait(seconds)


def test_a_late_turn_waits_for_one_under_way_but_not_for_ever() -> None:
    precedence = Precedence()
    with precedence.turn(late=False):
        assert not begins_within(precedence, MOST_PATIENCE_S / 3, late=True)
    assert begins_within(precedence, 1, late=True)
    with precedence.turn(late=False):
        assert begins_within(precedence, MOST_PATIENCE_S * 3, late=True)


def test_a_late_turn_is_followed_by_a_pause_as_long_as_itself_while_others_are_talking() -> None:
    at = [0.0]
    pauses: list[float] = []
    precedence = Precedence(clock=lambda: at[0], sleep=pauses.append)
    with precedence.turn(late=False):
        at[0] += 0.1
    for spent in (0.2, 9.0):
        with precedence.turn(late=True):
            at[0] += spent
    with precedence.turn(late=True):  # all is quiet by now
        at[0] += 0.3
    assert pauses == [pytest.approx(0.2), MOST_PATIENCE_S]


def test_others_never_wait_for_late_turns_nor_for_each_other() -> None:
    precedence = Precedence()
    with precedence.turn(late=True), precedence.turn(late=False):
        assert begins_within(precedence, 1, late=False)


def at_once(precedence: Precedence) -> int:
    """How many of four late turns were under way at once."""
    under_way, most = 0, 0
    lock = threading.Lock()

    def take(_: int) -> None:
        nonlocal under_way, most
        with precedence.turn(late=True):
            with lock:
                under_way += 1
                most = max(most, under_way)
            time.sleep(0.05)
            with lock:
                under_way -= 1

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(take, range(4)))
    return most


def test_late_turns_go_one_by_one_while_others_are_talking_and_together_when_all_is_quiet() -> None:
    precedence = Precedence()
    assert at_once(precedence) > 1
    with precedence.turn(late=False):
        pass
    assert at_once(precedence) == 1
