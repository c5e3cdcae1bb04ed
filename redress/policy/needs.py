"""What the outcome of a claim can still depend on: the interview asks this and nothing else.

Every completion of the unknown facts that the claim's row names is tried; they are few. A fact is worth asking if two
completions that differ in it alone are assessed differently.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product

from redress.policy.assess import Decision, decide
from redress.policy.case import Case
from redress.policy.claim import Affected, Claim
from redress.policy.format import Row
from redress.policy.pack import Pack
from redress.policy.parts import ItemFlags
from redress.policy.vocabulary import NEVER_ASKED, FactType
from redress.policy.walk import walk

_MOST = 5_000  # completions; a row with more unknown facts has them all asked until fewer are left

type Value = bool | str | None


@dataclass(frozen=True, slots=True)
class Needs:
    """What is still worth asking, in the pack's order.

    `facts`: the unknown facts that can still change the assessment. `evidence`: the evidence without which the claim
    would have to wait (alternatives joined by `|`). `decided`: nothing that the buyer could add changes the outcome.
    """

    facts: tuple[str, ...]
    evidence: tuple[str, ...]
    decided: bool


def needs(claim: Claim, pack: Pack, *, items_open: bool = False) -> Needs:
    """What this claim's assessment can still depend on; `items_open`: also on which items the buyer will name.

    A declined claim is declined whatever else declines it, so further grounds are not worth a question. Facts that
    the buyer is never asked stay as they are.
    """
    version = pack.version_for(claim)
    case = pack.case(claim)
    row = version.row(claim.issue, case.stage)
    open_facts = [name for name in version.facts_of(row) if name not in NEVER_ASKED and case.fact(name) is None]
    domains = [_domain(pack.fact_types[name], claim) for name in open_facts]
    if math.prod(map(len, domains)) > _MOST:
        return Needs(tuple(open_facts), tuple(one.name for one in row.evidence), decided=False)

    completions = [(values, _with(claim.facts, open_facts, values)) for values in product(*domains)]
    supplied = {kind for one in row.evidence for kind in one.one_of}
    signatures = {
        values: _signature(_suppose(row, case, facts, claim.evidence | supplied)) for values, facts in completions
    }
    missing = {name for _, facts in completions for name in _suppose(row, case, facts, claim.evidence).missing}
    now = _suppose(row, case, claim.facts, claim.evidence).outcome
    return Needs(
        facts=tuple(name for place, name in enumerate(open_facts) if _matters(place, domains, signatures)),
        evidence=tuple(one.name for one in row.evidence if one.name in missing),
        decided=all(
            _suppose(row, one, facts, evidence).outcome == now
            for one in (_choices(claim, pack, row) if items_open else [case])
            for evidence in (claim.evidence, claim.evidence | supplied)
            for _, facts in completions
        ),
    )


def _domain(fact: FactType, claim: Claim) -> tuple[Value, ...]:
    """The answers to try. A text only counts as given or not; a date as long past or the day of the report."""
    if fact.kind == "yes_no":
        return (True, False)
    if fact.kind == "date":
        return ("1970-01-01", claim.reported_at.date().isoformat())
    return fact.values if fact.kind == "choice" else (None, "given")


def _with(facts: Mapping[str, bool | str], names: list[str], values: tuple[Value, ...]) -> dict[str, bool | str]:
    return {**facts, **{name: value for name, value in zip(names, values, strict=True) if value is not None}}


def _suppose(row: Row, case: Case, facts: Mapping[str, bool | str], evidence: frozenset[str]) -> Decision:
    case.facts, case.evidence = facts, evidence
    return decide(row, case)


def _signature(decision: Decision) -> tuple[object, ...]:
    """What the buyer would notice of a decision."""
    if decision.outcome == "declined":
        return ("declined",)
    reasons = tuple((one.code, one.clause.ref, id(one.message)) for one in decision.reasons)
    offers = tuple(id(offer) for offer in decision.offers)
    return (decision.outcome, reasons, offers, decision.missing, decision.notes, decision.eligible_from)


def _matters(
    place: int, domains: list[tuple[Value, ...]], signatures: Mapping[tuple[Value, ...], tuple[object, ...]]
) -> bool:
    """Whether two completions that differ only in the fact at `place` are decided differently."""
    for values, signature in signatures.items():
        first = (*values[:place], domains[place][0], *values[place + 1 :])
        if signature != signatures[first]:
            return True
    return False


def _choices(claim: Claim, pack: Pack, row: Row) -> Iterator[Case]:
    """A case for each choice of items that the row could tell apart: one item of each kind, in every combination."""
    names = {name for _, part in walk(row) if isinstance(part, ItemFlags) for name in part.model_fields_set}
    kinds = {tuple(getattr(item, name) for name in sorted(names)): item for item in claim.order.items}
    for size in range(1, len(kinds) + 1):
        for items in combinations(kinds.values(), size):
            affected = tuple(Affected(item.sku, item.quantity) for item in items)
            yield pack.case(replace(claim, affected=affected))
