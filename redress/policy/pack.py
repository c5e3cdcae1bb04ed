"""A policy pack in use: the versions of one shop's rules, looked up by day, issue and stage."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from redress.policy.case import Case
from redress.policy.claim import Claim
from redress.policy.format import PackFile, Row, Version
from redress.policy.parts import Clause, Condition, Span
from redress.policy.texts import Texts
from redress.policy.vocabulary import (
    EVIDENCE,
    FACTS,
    INSTANTS,
    ISSUES,
    STAGES,
    EvidenceInput,
    FactKind,
    FactType,
)
from redress.policy.walk import walk
from redress.policy.wording import AnswerWords, Choice, EvidenceWords, FactWords, Fee


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """How the buyer is asked for a fact, and the clause that makes it matter."""

    name: str
    kind: FactKind
    ask: Texts
    choices: tuple[Choice, ...]  # of a choice: each with `value` and `title`
    why: Clause


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """What a piece of evidence is called, what it must show, how it is given, and the clause that asks for it."""

    kind: str
    label: Texts
    shows: Texts
    input: EvidenceInput
    why: Clause


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question about the policy. `words` are what buyers call its topic, by language."""

    topic: str
    title: Texts
    words: Mapping[str, tuple[str, ...]]
    text: Texts
    fees: tuple[Fee, ...]  # tables that belong to the answer
    clause: Clause


class PackVersion:
    """The rules and words in force from one day on."""

    def __init__(self, pack: PackFile, version: Version) -> None:
        self.start: date = version.start
        self.name = version.start.isoformat()
        self.rows = version.claims
        self.fees: Mapping[str, Fee] = {**pack.fees, **version.fees}
        self.fact_words: Mapping[str, FactWords] = {**pack.facts, **version.facts}
        self.evidence_words: Mapping[str, EvidenceWords] = {**pack.evidence, **version.evidence}
        self._answers: Mapping[str, AnswerWords] = {**pack.answers, **version.answers}
        self._index = {place: row for row in version.claims for place in places(row)}
        self._facts_of: dict[str, tuple[str, ...]] = {}
        self._others = next(row for row in version.claims if "others" in row.issues)

    def row(self, issue: str, stage: str) -> Row:
        """The one row that decides claims of this issue at this stage."""
        return self._index.get((issue, stage), self._others)

    def facts_of(self, row: Row) -> tuple[str, ...]:
        """The facts that a row of this version depends on, in the order in which it names them."""
        if row.id not in self._facts_of:
            parts = [part for _, part in walk(row)]
            conditions = [name for part in parts if isinstance(part, Condition) for name in part.facts]
            dates = [part.after for part in parts if isinstance(part, Span) and part.after not in INSTANTS]
            self._facts_of[row.id] = tuple(dict.fromkeys([*dates, *conditions]))
        return self._facts_of[row.id]

    def fact(self, name: str) -> FactQuestion:
        """How a fact is asked. KeyError where the pack does not ask it."""
        words = self.fact_words[name]
        return FactQuestion(name, fact_type(name, words).kind, words.ask, words.choices, words.clause)

    def evidence_kind(self, kind: str) -> EvidenceKind:
        """What a piece of evidence is called and must show. KeyError where the pack does not ask for it."""
        words = self.evidence_words[kind]
        return EvidenceKind(kind, words.label, words.shows, words.input, words.clause)

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """The answers to questions about the policy, by topic, in the pack's order."""
        return {
            topic: Answer(
                topic, one.title, one.words, one.text, tuple(self.fees[name] for name in one.fees), one.clause
            )
            for topic, one in self._answers.items()
        }


@dataclass(frozen=True)
class Pack:
    """One shop's policy. `file` is what its manager wrote, `sha256` the hash of its bytes."""

    file: PackFile
    path: Path
    sha256: str

    @property
    def shop(self) -> str:
        """The shop's id, as claims name it."""
        return self.file.shop

    @property
    def name(self) -> str:
        """The shop's name, as buyers know it."""
        return self.file.name

    @property
    def currency(self) -> str | None:
        """The only currency its orders may have; None where each order states its own."""
        return self.file.currency

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which its days are counted."""
        return ZoneInfo(self.file.zone)

    @cached_property
    def versions(self) -> tuple[PackVersion, ...]:
        """Oldest first."""
        return tuple(PackVersion(self.file, version) for version in self.file.versions)

    def at(self, instant: datetime) -> PackVersion:
        """The version in force at an aware instant, by the pack's own calendar; before the first one: the first."""
        return self.on(instant.astimezone(self.zone).date())

    def on(self, day: date) -> PackVersion:
        """The version in force on a day; before the first one: the first."""
        return next((version for version in reversed(self.versions) if version.start <= day), self.versions[0])

    def version_for(self, claim: Claim) -> PackVersion:
        """The version that decides a claim: in force when the order was paid, or when the claim was reported."""
        return self.at(claim.order.paid_at or claim.reported_at)

    def case(self, claim: Claim) -> Case:
        """The claim as this pack's rules see it."""
        return Case(claim, self.zone, self.file.holidays, self.currency)

    @cached_property
    def fact_types(self) -> Mapping[str, FactType]:
        """Every fact a claim on this shop may state: the vocabulary's and the pack's own."""
        wordings = (self.file, *self.file.versions)
        return FACTS | {name: fact_type(name, words) for one in wordings for name, words in one.facts.items()}

    @cached_property
    def evidence_kinds(self) -> tuple[str, ...]:
        """Every evidence kind a claim on this shop may bring: the vocabulary's and the pack's own."""
        own = [kind for wording in (self.file, *self.file.versions) for kind in wording.evidence]
        return tuple(dict.fromkeys([*EVIDENCE, *own]))


def fact_type(name: str, words: FactWords) -> FactType:
    """The vocabulary's type of a fact, or the one that the pack's own question gives it."""
    own = FactType(words.kind or "text", tuple(choice.value for choice in words.choices))
    return FACTS.get(name, own)


def places(row: Row) -> Iterator[tuple[str, str]]:
    """Each (issue, stage) that a row names; none for `others`."""
    for issue in row.issues:
        if issue in ISSUES:
            for stage in row.stages or STAGES:
                yield issue, stage
