"""How long a turn takes: whole claims over HTTP, on two desks side by side, one of them with Rasa's stock methods.

Both desks run throughout and take turns claim by claim, so that what else the machine does hits both alike. "API" is
what the client sees; "Rasa" is from the service's first byte to the dialogue process to the last one back, with the
action call in between, which the service answers itself.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bench.relay import Relay
from tests.buyer import EMAIL, Buyer, photo
from tests.desk import Desk

SHOP, ORDER = "1688order", "OR100001"
TOLD, ASIDE = "one of the bags was missing from my parcel", "why do you need that?"
# What is typed for a question that has no button to press, by the beginning of its id.
TYPED = {"order_number": ORDER, "email": EMAIL, "items": "the canvas bag", "quantity": "one", "issue": TOLD}
MOST_TURNS = 40
Times = dict[str, list[tuple[float, float]]]  # kind of turn -> (API, Rasa) in seconds


class Measured:
    """A desk with a relay before its dialogue, and the times of its turns."""

    def __init__(self, name: str, folder: Path, stack: ExitStack, **settings: str) -> None:
        self.name = name
        self.times: Times = defaultdict(list)
        self._photo = photo()
        self._relay = Relay()
        stack.callback(self._relay.close)
        desk = Desk(folder, REDRESS_DIALOGUE_URL=self._relay.url, **settings)
        self._relay.target = int(desk.env["REDRESS_DIALOGUE_PORT"])
        self._client = stack.enter_context(desk).client

    def claim(self) -> None:
        """One claim from its first sentence to its ticket. RuntimeError when it does not get there."""
        buyer = Buyer(self._client, SHOP)
        self._turn("told in words", lambda: buyer.say(TOLD))
        for _ in range(MOST_TURNS):
            if buyer.ticket:
                return
            if buyer.question == "email":
                self._turn("an aside", lambda: buyer.say(ASIDE))
            self._answer(buyer)
        raise RuntimeError(f"no ticket after {MOST_TURNS} turns; the desk said last:\n{buyer.text}")

    def _answer(self, buyer: Buyer) -> None:
        question = buyer.question or "nothing"
        kind = question.partition(":")[0]
        if kind == "evidence":
            self._turn(kind, lambda: buyer.send(self._photo).raise_for_status())
        elif kind == "fact":
            self._turn(kind, buyer.answer_fact)
        elif kind in TYPED:
            self._turn(kind, lambda: buyer.say(TYPED[kind]))
        else:
            choices = [choice["title"] for reply in buyer.replies for choice in reply["choices"]]
            if not choices:
                raise RuntimeError(f"nothing to press or type for {question}; the desk said last:\n{buyer.text}")
            self._turn(kind, lambda: buyer.press(choices[0]))

    def _turn(self, kind: str, act: Callable[[], object]) -> None:
        self._relay.reset()
        started = time.perf_counter()
        act()
        self.times[kind].append((time.perf_counter() - started, self._relay.elapsed()))


def quantile(values: list[float], share: float) -> float:
    """The value below which `share` of `values` lie, interpolated; the single one where there is but one."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]


def rows(desks: list[Measured]) -> list[list[str]]:
    """The table: a row for each kind of turn, and one for all of them that answer a question of the form."""
    kinds = list(desks[0].times)
    table = []
    for kind in [*kinds, "every form turn"]:
        chosen = [kind] if kind in kinds else [kind for kind in kinds if kind not in ("told in words", "an aside")]
        cells = [kind, str(sum(len(desks[0].times[one]) for one in chosen))]
        for desk in desks:
            pairs = [pair for one in chosen for pair in desk.times[one]]
            for side in (0, 1):
                # An upload does not pass through Rasa: it has no share to count.
                milliseconds = [1000 * pair[side] for pair in pairs if pair[side]]
                cells += [f"{quantile(milliseconds, share):.1f}" if milliseconds else "-" for share in (0.5, 0.95)]
        table.append(cells)
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure turns of whole claims over HTTP.")
    parser.add_argument("--claims", type=int, default=20, help="claims on each desk, after one that is not counted")
    count = parser.parse_args().claims
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="redress-bench-")))
        for name in ("replaced", "stock"):
            (folder / name).mkdir()
        print("Starting both desks ...", flush=True)
        desks = [
            Measured("replaced", folder / "replaced", stack),
            Measured("stock", folder / "stock", stack, REDRESS_DIALOGUE_STOCK="1"),
        ]
        for number in range(count + 1):
            for desk in desks:
                desk.claim()
            if number == 0:  # warm-up: imports, first connections
                for desk in desks:
                    desk.times.clear()
    load = os.getloadavg()[0]
    print(f"\nMilliseconds a turn, {count} claims on each desk, {os.cpu_count()} cores, load {load:.1f}.")
    print("replaced: Rasa's slow functions replaced (the default); stock: as Rasa has them.\n")
    print(f"{'':<23}" + "".join(f"{desk.name + ' ' + side:>18}" for desk in desks for side in ("API", "Rasa")))
    print(f"{'turn':<16}{'n':>5}" + f"{'p50':>9}{'p95':>9}" * 2 * len(desks))
    for kind, turns, *cells in rows(desks):
        print(f"{kind:<16}{turns:>5}" + "".join(f"{cell:>9}" for cell in cells))


if __name__ == "__main__":
    main()
