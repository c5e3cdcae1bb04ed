"""How many simulated buyers reach the right ticket: `.venv/bin/python -m tests.conversations.report --buyers 300`.

Starts a desk of its own (or talks with one that runs: --url, with REDRESS_DATABASE_URL set), lets buyers with random
cases over all shops and issues converse, and prints the share that ended rightly with at most one question too many,
then a table of what went wrong. The transcripts of those lie in a folder where the system keeps temporary files.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

import httpx

from redress.policy.vocabulary import ISSUES
from redress.settings import settings
from tests.conversations.expected import Verdict, assessor, judge
from tests.conversations.goals import SHOPS, random_goal
from tests.conversations.simulated import Played, play
from tests.conversations.tickets import read_ticket
from tests.desk import Desk
from tools.pythons import ROOT
from tools.setup import SERVICE


def simulate(client: httpx.Client, buyers: int, seed: int, shop: str | None, issue: str | None) -> list[Played]:
    """Random cases played one after the other; shops and issues take turns, so that each is met equally often."""
    issues = [one for one in ISSUES if one != "other"]
    played = []
    for number in range(buyers):
        rng = Random(f"{seed}-{number}")
        goal = random_goal(rng, shop or SHOPS[number % len(SHOPS)], issue or issues[number % len(issues)])
        played.append(play(client, goal, rng.randrange(2**32)))
    return played


def cause(verdict: Verdict) -> str:
    """In which row of the table a failure stands."""
    if not verdict.wrong:
        return f"asked {verdict.asked - verdict.needed} too many"
    return verdict.wrong[0]


def show(verdicts: Sequence[Verdict], folder: Path) -> None:
    """Print the share and the table, and write each failure's transcript to `folder`."""
    failures: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if not verdict.right:
            failures[cause(verdict)].append(verdict)
    reached = sum(not verdict.wrong for verdict in verdicts)
    right = sum(verdict.right for verdict in verdicts)
    print(f"right ticket: {reached}/{len(verdicts)} = {reached / len(verdicts):.1%}")
    print(f"with at most one question too many: {right}/{len(verdicts)} = {right / len(verdicts):.1%}\n")
    for name, group in sorted(failures.items(), key=lambda item: -len(item[1])):
        shops = Counter(f"{one.played.goal.shop}/{one.played.goal.issue}" for one in group)
        print(f"{len(group):4}  {name}   ({', '.join(shop for shop, _ in shops.most_common(3))})")
    for number, verdict in enumerate(one for group in failures.values() for one in group):
        goal = verdict.played.goal
        heading = f"{cause(verdict)}\n{'; '.join(verdict.wrong)}\nasked {verdict.asked} (needed {verdict.needed}): "
        body = f"{verdict.played.asked}\n{goal}\n\n{verdict.played.told()}\n"
        (folder / f"{number:03}-{goal.shop}-{goal.issue}.txt").write_text(heading + body)
    print(f"\ntranscripts: {folder}")


def main() -> int:
    """Simulate, judge, print. The exit code is 0 where at least --least of the buyers got what they should."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--buyers", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shop", choices=SHOPS)
    parser.add_argument("--issue", choices=ISSUES)
    parser.add_argument("--least", type=float, default=0.97)
    parser.add_argument("--url", help="a desk that runs already; its REDRESS_DATABASE_URL must be in the environment")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="redress-conversations-"))
    with ExitStack() as stack:
        redress: Callable[..., Any]
        if given.url:
            client = stack.enter_context(httpx.Client(base_url=given.url, timeout=60, trust_env=False))
            redress, database = _command, settings().database_url
        else:
            desk = stack.enter_context(Desk(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
            client, redress, database = desk.client, desk.redress, desk.env["REDRESS_DATABASE_URL"]
        played = simulate(client, given.buyers, given.seed, given.shop, given.issue)
        tickets = [read_ticket(database, one.number) if one.number else None for one in played]
        verdicts = judge(played, tickets, assessor(redress))
    show(verdicts, folder)
    return 0 if sum(one.right for one in verdicts) >= given.least * len(verdicts) else 1


def _command(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [str(SERVICE.folder / "bin" / "redress"), *arguments]
    return subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
