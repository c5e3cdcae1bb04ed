"""Scripted dialogues as data: `dialogues/*.yml`, read and played against the running desk.

A dialogue: `name`, `shop` (1688order), `locale` (en), `case` (what the buyer's goods are like, for answers that the
script leaves out), `steps`, and `ticket`: what the ticket must be, None for a dialogue that opens none.

A step does one thing: `say` a text, `press` a button (by the beginning of its title), `send` a photo of a kind, `go`
(answer honestly until a question of that topic is open), `finish` (answer until the claim is decided or sent),
`elsewhere` (open a second conversation, as another browser does). Then it may expect: `asks` (the open question,
`none` for no question), `says` and `never` (patterns in what the desk said), `outcome`, `state` (of a ticket).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.buyer import Buyer
from tests.conversations.goals import Goal, truths
from tests.conversations.simulated import Simulated
from tests.conversations.tickets import read_ticket
from tests.desk import Desk

FOLDER = Path(__file__).parent / "dialogues"
MOST_ANSWERS = 30
NOT_UNDERSTOOD = re.compile(r"did not understand|didn't understand", re.IGNORECASE)


@dataclass(frozen=True)
class Script:
    """One dialogue of a file."""

    name: str
    shop: str = "1688order"
    locale: str = "en"
    case: dict[str, Any] = field(default_factory=dict)
    steps: tuple[dict[str, Any], ...] = ()
    ticket: dict[str, Any] | None = None

    def goal(self) -> Goal:
        """The honest buyer's case behind what the script leaves out; buttons are pressed wherever there are any."""
        case = dict(self.case)
        facts = {**truths(), **case.pop("facts", {})}
        usual: dict[str, Any] = {"issue": "damaged", "order": "100001", "affected": {"A1": 1}, "typing": 0.0}
        lists: dict[str, Any] = {key: tuple(case.pop(key)) for key in ("evidence", "remedies") if key in case}
        return Goal(shop=self.shop, facts=facts, locale=self.locale, **(usual | lists | case))


def scripts() -> Iterator[Script]:
    """Every dialogue of every file. A file's `every` is what all its dialogues have in common."""
    for file in sorted(FOLDER.glob("*.yml")):
        content = yaml.safe_load(file.read_text())
        for one in content.get("dialogues", []):
            merged = {**content.get("every", {}), **one}
            yield Script(**{**merged, "steps": tuple(merged["steps"]), "name": f"{file.stem}: {merged['name']}"})
        yield from _matrix(file.stem, content)
        yield from _asides(file.stem, content)


def _matrix(stem: str, content: dict[str, Any]) -> Iterator[Script]:
    """Rows of shop, issue, order, what is said first and what comes of it."""
    for shop, rows in content.get("matrix", {}).items():
        for issue, row in rows.items():
            case = {"issue": issue, "order": row["order"], "affected": row.get("items"), "facts": row.get("facts", {})}
            steps = ({"say": row["says"], "never": NOT_UNDERSTOOD.pattern}, {"finish": True, "outcome": row["outcome"]})
            expected = {"issue": issue, "outcome": row["outcome"], "remedy": row.get("remedy")}
            if row.get("items"):
                expected["affected"] = row["items"]
            opens = row["outcome"] not in ("declined", "too_early")
            yield Script(f"{stem}: {shop} {issue}", shop, "en", case, steps, expected if opens else None)


def _asides(stem: str, content: dict[str, Any]) -> Iterator[Script]:
    """Every aside at every kind of question: it is answered, and the same question stands again."""
    for topic, path in content.get("questions", {}).items():
        for aside, one in content["asides"].items():
            if topic in one.get("except", []):
                continue
            said = {"never": NOT_UNDERSTOOD.pattern, **{key: one[key] for key in ("says", "never") if key in one}}
            steps = (*path["steps"], {"say": one["say"], "asks": path["asks"], **said})
            yield Script(f"{stem}: {aside} at {topic}", path.get("shop", "1688order"), "en", path["case"], steps)


def run(desk: Desk, script: Script) -> None:
    """Play a script; an AssertionError tells what was not as it should be, with the transcript."""
    simulated = Simulated(desk.client, script.goal(), Random(script.name))
    try:
        for step in script.steps:
            simulated = _do(desk, simulated, step)
            _expect(simulated.buyer, step)
        if script.ticket is not None:
            assert simulated.played.number, "no ticket was opened"
            _same_ticket(desk, simulated.played.number, script.ticket)
        elif all("state" not in step for step in script.steps):
            assert simulated.played.number is None, "a ticket was opened"
    except AssertionError as error:
        raise AssertionError(f"{error}\n{simulated.played.told()}") from error


def _do(desk: Desk, simulated: Simulated, step: dict[str, Any]) -> Simulated:
    if "say" in step:
        simulated.say(step["say"].format(ticket=simulated.played.number))
    elif "press" in step:
        simulated.press(step["press"])
    elif "send" in step:
        simulated.upload(
            step["send"], named=simulated.buyer.question is None or "evidence" not in simulated.buyer.question
        )
    elif "elsewhere" in step:
        number = simulated.played.number
        goal = replace(simulated.goal, shop=step["elsewhere"]) if isinstance(step["elsewhere"], str) else simulated.goal
        earlier, simulated = simulated, Simulated(desk.client, goal, simulated.rng)
        simulated.played.transcript[:0] = [*earlier.played.transcript, ("", "(another browser)")]
        simulated.played.number = number
    else:
        _answer(simulated, step.get("go"))
    if simulated.buyer.ticket:
        simulated.played.number = simulated.buyer.ticket["number"]
    return simulated


def _answer(simulated: Simulated, topic: str | None) -> None:
    """Answer honestly until a question of that topic is open, or (None) until nothing is asked any more."""
    for _ in range(MOST_ANSWERS):
        question = simulated.buyer.question
        if question is None or question.partition(":")[0] == topic or question == topic:
            break
        simulated.turn()
    assert topic is None or simulated.buyer.question, f"{topic} was never asked"


def _expect(buyer: Buyer, step: dict[str, Any]) -> None:
    if "asks" in step:
        asked = buyer.question or "none"
        assert asked == step["asks"] or asked.partition(":")[0] == step["asks"], f"asks {asked}, not {step['asks']}"
    if "says" in step:
        assert re.search(step["says"], buyer.text, re.IGNORECASE), f"nothing like {step['says']!r} was said"
    if "never" in step:
        assert not re.search(step["never"], buyer.text, re.IGNORECASE), f"{step['never']!r} was said"
    if "outcome" in step:
        told = [line["assessment"]["outcome"] for line in buyer.history() if line.get("assessment")]
        assert told[-1:] == [step["outcome"]], f"outcome {told[-1:]}, not {step['outcome']}"
    if "state" in step:
        assert buyer.ticket, "no ticket is told of"
        assert buyer.ticket["state"] == step["state"], f"ticket {buyer.ticket['state']}, not {step['state']}"


def _same_ticket(desk: Desk, number: str, expected: dict[str, Any]) -> None:
    ticket = read_ticket(desk.env["REDRESS_DATABASE_URL"], number)
    claim = ticket["claim"]
    found = {
        "state": ticket["state"],
        "issue": claim["issue"],
        "order": claim["order"]["number"],
        "affected": {one["sku"]: one["quantity"] for one in claim.get("affected") or []},
        "outcome": ticket["assessment"]["outcome"],
        "remedy": ticket["remedy"],
        "evidence": sorted({piece["kind"] for piece in ticket["evidence"]} | set(ticket["texts"] or {})),
        "missing": sorted(ticket["assessment"]["missing_evidence"]),
        "facts": claim["facts"],
        "appeal_reason": ticket["appeal_reason"],
    }
    for key, value in expected.items():
        if key == "facts":
            assert value.items() <= found["facts"].items(), f"facts {found['facts']}, not {value}"
        else:
            wanted = sorted(value) if isinstance(value, list) else value
            assert found[key] == wanted, f"the ticket's {key} is {found[key]!r}, not {wanted!r}"
