"""What a played conversation should have led to, worked out apart from the desk: by `redress assess` on the claim."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from redress.demo import demo_orders
from redress.policy.vocabulary import FACTS, NEVER_ASKED
from tests.conversations.goals import LINES, WHOLE
from tests.conversations.simulated import Played
from tests.conversations.wording import pack

JSON = dict[str, Any]
Assess = Callable[[Sequence[JSON]], list[JSON]]  # claims in, their assessments out, in order
# Paid in addition to what the buyer chooses.
ACCOMPANYING = {"compensation"}
SAME = ("outcome", "deadline", "missing_evidence", "remedies", "notes", "eligible_from")


@dataclass
class Verdict:
    """Whether a conversation ended rightly: `wrong` names each fault, `asked` and `needed` count questions."""

    played: Played
    wrong: list[str]
    asked: int
    needed: int

    @property
    def right(self) -> bool:
        """Everything is as it should be, and at most one question too many was asked."""
        return not self.wrong and self.asked <= self.needed + 1


def assessor(redress: Callable[..., Any]) -> Assess:
    """Assesses many claims by one call of `redress assess --batch`; `redress` runs the command as Desk.redress does."""

    def assess(claims: Sequence[JSON]) -> list[JSON]:
        if not claims:
            return []
        done = redress("assess", "--batch", stdin="\n".join(map(json.dumps, claims)))
        assert done.returncode == 0, done.stderr + done.stdout[-500:]
        return [json.loads(line) for line in done.stdout.splitlines()]

    return assess


def judge(played: Sequence[Played], tickets: Sequence[JSON | None], assess: Assess) -> list[Verdict]:
    """A verdict for each conversation; `tickets` as `redress ticket --json` prints them, None where none opened."""
    claims = [expected_claim(one, ticket) for one, ticket in zip(played, tickets, strict=True)]
    others = [list(_others(one)) for one in claims]
    assessed = iter(assess([claim for claim, more in zip(claims, others, strict=True) for claim in (claim, *more)]))
    verdicts = []
    for one, ticket, claim, more in zip(played, tickets, claims, others, strict=True):
        wanted = next(assessed)
        changing: set[str] = set()
        for changed in more:
            if _noticed(next(assessed)) != _noticed(wanted):
                changing.add(_changed(claim, changed))
        wrong = [one.ended] if one.ended not in ("ticket", "outcome") else list(_faults(one, ticket, claim, wanted))
        verdicts.append(Verdict(one, wrong, len(one.asked), needed(one, wanted, changing)))
    return verdicts


def expected_claim(played: Played, ticket: JSON | None) -> JSON:
    """The claim that the buyer's case makes, on the order as the ticket has it (or as the demo shop has it now)."""
    goal = played.goal
    if ticket and ticket["claim"]["order"]["number"] == goal.number:
        order, tracking = ticket["claim"]["order"], ticket["claim"]["tracking"]
        reported = ticket["claim"]["reported_at"]
    else:
        order, tracking = _demo()[goal.number]
        reported = datetime.now(UTC).isoformat()
    askable = set(pack(goal.shop).get("facts", {})) - NEVER_ASKED
    facts = {name: value for name, value in played.facts.items() if name in askable}
    if played.refused:
        facts["evidence_refused"] = True
    claim: JSON = {
        "shop": goal.shop,
        "issue": goal.issue,
        "reported_at": reported,
        "order": order,
        "tracking": tracking,
        "facts": facts,
        "evidence": sorted(set(played.sent)),
    }
    if goal.affected is not None:
        claim["affected"] = [{"sku": sku, "quantity": units} for sku, units in goal.affected.items()]
    return claim


def needed(played: Played, wanted: JSON, changing: set[str]) -> int:
    """How many questions the case needs: what was volunteered is not among them."""
    goal = played.goal
    count = 0 if _told_issue(played) else 1
    count += ("order" not in goal.volunteered) + ("email" not in goal.volunteered)
    if goal.affected is not None and not played.volunteered_items:
        count += 1 + sum(1 for question in set(played.asked) if question.startswith("quantity:"))
    if goal.affected is None:
        count += "items" in played.asked
    count += len(changing)
    evidence = {question for question in played.asked if question.startswith("evidence:")}
    count += len(evidence)
    if wanted["outcome"] not in ("declined", "too_early"):
        kinds = {remedy["kind"] for remedy in wanted["remedies"]} - ACCOMPANYING
        count += (len(kinds) > 1) + 1
    return count


def _told_issue(played: Played) -> bool:
    return bool(played.asked) and "issue" not in played.asked


def _faults(played: Played, ticket: JSON | None, claim: JSON, wanted: JSON) -> Iterable[str]:
    goal, outcome = played.goal, (played.outcome or {}).get("outcome")
    opens = wanted["outcome"] not in ("declined", "too_early")
    if ticket is None:
        if opens:
            yield f"no ticket: told {outcome}, expected {wanted['outcome']}"
        elif outcome != wanted["outcome"]:
            yield f"outcome {outcome}, expected {wanted['outcome']}"
        return
    if not opens:
        yield f"a ticket although {wanted['outcome']}"
        return
    found = ticket["claim"]
    if found["issue"] != goal.issue:
        yield f"issue {found['issue']}, not {goal.issue}"
        return
    if found["order"]["number"] != goal.number:
        yield f"order {found['order']['number']}"
    if goal.affected is not None and goal.issue not in WHOLE:
        whole = {sku: quantity for sku, (_, quantity) in LINES.items()}
        affected = {one["sku"]: one["quantity"] for one in found.get("affected") or []}
        if not affected and goal.affected != whole:
            yield "items never asked"
        elif affected and affected != goal.affected:
            yield f"items {affected}, not {goal.affected}"
    for name, value in claim["facts"].items():
        if name in found["facts"] and found["facts"][name] != value and name not in ("reason",):
            yield f"fact {name}: {found['facts'][name]!r} instead of {value!r}"
    for key in SAME:
        if _plain(ticket["assessment"].get(key)) != _plain(wanted.get(key)):
            yield f"{key} {_brief(ticket['assessment'].get(key))}, expected {_brief(wanted.get(key))}"
    kept = {piece["kind"] for piece in ticket["evidence"]} | set(ticket.get("texts") or {})
    if set(played.sent) - kept:
        yield f"evidence lost: {set(played.sent) - kept}"
    kinds = {remedy["kind"] for remedy in wanted["remedies"]} - ACCOMPANYING
    choice = next((kind for kind in goal.remedies if kind in kinds), None)
    if ticket["remedy"] != choice:
        yield f"remedy {ticket['remedy']}, not {choice}"


def _others(claim: JSON) -> Iterable[JSON]:
    """The claim with one fact at a time otherwise."""
    for name in sorted(set(pack(claim["shop"]).get("facts", {})) - NEVER_ASKED):
        kind = FACTS.get(name)
        now = claim["facts"].get(name)
        values: tuple[Any, ...] = (True, False)
        if kind is not None and kind.kind == "choice":
            values = kind.values
        elif kind is not None and kind.kind == "text":
            values = (None, "given")
        for value in values:
            if value != now:
                facts = {key: known for key, known in claim["facts"].items() if key != name}
                yield {**claim, "facts": facts if value is None else {**facts, name: value}}


def _changed(claim: JSON, other: JSON) -> str:
    names = set(claim["facts"]) | set(other["facts"])
    return str(next(name for name in names if claim["facts"].get(name) != other["facts"].get(name)))


def _noticed(assessment: JSON) -> str:
    return json.dumps({key: assessment.get(key) for key in (*SAME, "reasons")}, sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(json.dumps(one, sort_keys=True) for one in value)
    return value


def _brief(value: Any) -> str:
    if isinstance(value, list):
        return str([one["kind"] if isinstance(one, dict) else one for one in value])
    return str(value)


@cache
def _demo() -> dict[str, tuple[JSON, JSON]]:
    return {order["number"]: (order, {"status": tracking}) for _, order, tracking in demo_orders(datetime.now(UTC))}
