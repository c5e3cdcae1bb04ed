"""What changes for whom between two versions of a shop's rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redress.policy.describe import Line, describe, describe_fee
from redress.policy.pack import PackVersion
from redress.policy.vocabulary import ISSUES, STAGES

type Place = tuple[str, str]  # issue, stage


@dataclass(frozen=True, slots=True)
class Change:
    """The same change of rules, for every (issue, stage) that it concerns; or of a fee or some wording (no places)."""

    about: str
    places: tuple[Place, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def whom(self) -> str:
        """Whom it concerns: stages by issue."""
        stages: dict[str, list[str]] = {}
        for issue, stage in self.places:
            stages.setdefault(issue, []).append(stage)
        every = len(STAGES)
        named = [issue if len(found) == every else f"{issue} ({', '.join(found)})" for issue, found in stages.items()]
        return ", ".join(named)


def changes(before: PackVersion, after: PackVersion) -> list[Change]:
    """The differences between two versions; empty where claims are decided alike."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Place]] = {}
    for place in ((issue, stage) for issue in ISSUES for stage in STAGES):
        old, new = _rules(before, place), _rules(after, place)
        difference = (_without(old, new), _without(new, old))
        if any(difference):
            groups.setdefault(difference, []).append(place)
    found = [Change("rules", tuple(places), removed, added) for (removed, added), places in groups.items()]
    found += _named("fee", before.fees, after.fees, lambda name, fee: _told(describe_fee(name, fee)))
    found += _named("question", before.fact_words, after.fact_words, _english)
    found += _named("evidence", before.evidence_words, after.evidence_words, _english)
    return found + _named("answer", before.answers, after.answers, lambda _, answer: (answer.text["en"],))


def _rules(version: PackVersion, place: Place) -> tuple[str, ...]:
    """What the row for a place says, less for whom."""
    return _told(describe(version.row(*place), version)[1:])


def _told(lines: list[Line]) -> tuple[str, ...]:
    return tuple(f"{line.aspect.strip()}: {line.says}" for line in lines)


def _english(_: str, words: Any) -> tuple[str, ...]:
    texts = (getattr(words, name, None) for name in ("ask", "label", "shows"))
    return tuple(text["en"] for text in texts if text)


def _without(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in one if line not in other)


def _named(what: str, before: Mapping[str, Any], after: Mapping[str, Any], tell: Any) -> list[Change]:
    found = []
    for name in dict.fromkeys([*before, *after]):
        old = tell(name, before[name]) if name in before else ()
        new = tell(name, after[name]) if name in after else ()
        if old != new:
            found.append(Change(f"{what} {name}", (), _without(old, new), _without(new, old)))
    return found
