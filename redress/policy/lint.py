"""What the schema cannot see: whether the parts of a pack agree with each other."""

import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redress.policy.citations import citations
from redress.policy.format import Covered, PackFile, Row, Version
from redress.policy.pack import fact_type, places
from redress.policy.parts import Condition, Span
from redress.policy.vocabulary import EVIDENCE, FACTS, INSTANTS, NEVER_ASKED, FactType
from redress.policy.walk import Where, walk
from redress.policy.wording import FactWords, Fee, Wording


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where in the file, and what is allowed there."""

    where: Where
    message: str
    allowed: tuple[str, ...] = ()


def findings(file: PackFile, shop: str) -> Iterator[Finding]:
    """Everything wrong with a pack whose schema is right; `shop` is what its file is named for."""
    yield from _frame(file, shop)
    for where, wording in [((), file), *((("versions", n), version) for n, version in enumerate(file.versions))]:
        yield from _questions(where, wording, file)
        for name, fee in wording.fees.items():
            yield from _tiers((*where, "fees", name), fee)
    for number, version in enumerate(file.versions):
        yield from _rows(number, version)
        yield from _words(number, version, file)
    yield from _coverage(file)


def _frame(file: PackFile, shop: str) -> Iterator[Finding]:
    if file.shop != shop:
        yield Finding(("shop",), "the shop must be what its file is named for", (shop,))
    if not _is_zone(file.zone):
        yield Finding(("zone",), f"unknown time zone {file.zone!r}; give one as Asia/Shanghai")
    if file.holidays != "CN":
        from holidays.registry import EntityLoader  # slow to import, and rarely needed

        regions = sorted(code for code in EntityLoader.get_country_codes() if len(code) == 2)
        if file.holidays not in regions:
            yield Finding(("holidays",), f"unknown region {file.holidays!r}", tuple(regions))
    for number in range(1, len(file.versions)):
        if file.versions[number].start <= file.versions[number - 1].start:
            yield Finding(("versions", number, "from"), "versions stand in the order of their days, each with its own")


def _questions(where: Where, wording: Wording, file: PackFile) -> Iterator[Finding]:
    for name, words in wording.facts.items():
        yield from _question((*where, "facts", name), name, words)
    for topic, answer in wording.answers.items():
        fees = {name for one in (file, *file.versions) for name in one.fees}
        for index, name in enumerate(answer.fees):
            if name not in fees:
                yield Finding((*where, "answers", topic, "fees", index), f"unknown fee {name!r}", tuple(sorted(fees)))


def _question(where: Where, name: str, words: FactWords) -> Iterator[Finding]:
    known = FACTS.get(name)
    if known is None and words.kind is None:
        yield Finding(where, "a fact of the pack's own needs its `kind`", ("yes_no", "choice", "date", "text"))
        return
    if known and words.kind not in (None, known.kind):
        yield Finding((*where, "kind"), "this fact has another kind", (known.kind,))
    values = tuple(choice.value for choice in words.choices)
    if fact_type(name, words).kind != "choice":
        if values:
            yield Finding((*where, "choices"), "only a fact of kind `choice` has choices")
    elif known and sorted(values) != sorted(known.values):
        yield Finding((*where, "choices"), "this fact has other choices", known.values)
    elif not values or len(set(values)) < len(values):
        yield Finding((*where, "choices"), "a fact of kind `choice` has choices, each once")


def _tiers(where: Where, fee: Fee) -> Iterator[Finding]:
    limits = [tier.up_to for tier in fee.tiers]
    numbers = [limit for limit in limits[:-1] if limit is not None]
    if limits[-1] is not None or len(numbers) < len(limits) - 1 or sorted(set(numbers)) != numbers:
        yield Finding(
            (*where, "tiers"),
            "tiers stand in ascending order of `up_to`; only the last, which has no end, leaves it out",
        )


def _rows(number: int, version: Version) -> Iterator[Finding]:
    where: Where = ("versions", number, "claims")
    taken: dict[tuple[str, str], str] = {}
    ids: set[str] = set()
    for index, row in enumerate(version.claims):
        here = (*where, index)
        if row.id in ids:
            yield Finding((*here, "id"), f"another row is called {row.id!r} too")
        ids.add(row.id)
        if "others" in row.issues and (len(row.issues) > 1 or row.stages):
            yield Finding((*here, "issues"), "`others` stands alone and has no stages")
        for place in places(row):
            if place in taken:
                issue, stage = place
                yield Finding(here, f"the row {taken[place]!r} decides {issue} at stage {stage} too")
                break
            taken[place] = row.id
        if not row.remedies and not _always(row):
            yield Finding(
                here, "the row leads nowhere: give `remedies`, or `declined` or `referred` without a condition"
            )
    if sum("others" in row.issues for row in version.claims) != 1:
        yield Finding(where, "exactly one row has `issues: others`, for what no other row decides")


def _always(row: Row) -> bool:
    return any(one.condition is None and one.exception is None for one in (*row.declined, *row.referred))


def _words(number: int, version: Version, file: PackFile) -> Iterator[Finding]:
    """Every fact, evidence kind and fee that the rows name is known, and what the buyer is asked has its words."""
    asked = {**file.facts, **version.facts}
    types = FACTS | {name: fact_type(name, words) for name, words in asked.items()}
    shown = {**file.evidence, **version.evidence}
    fees = {**file.fees, **version.fees}
    for where, part in walk(version.claims, ("versions", number, "claims")):
        if isinstance(part, Condition):
            for name, values in part.facts.items():
                yield from _fact((*where, "facts", name), name, values, types, asked)
        if isinstance(part, Span) and part.after not in INSTANTS:
            dates = tuple(name for name, one in types.items() if one.kind == "date")
            if part.after not in dates:
                yield Finding((*where, "after"), f"unknown instant {part.after!r}", (*INSTANTS, *dates))
        for kind in (*getattr(part, "one_of", ()), *getattr(part, "needs", ())):
            if kind not in shown:
                how = "has no words under `evidence`" if kind in EVIDENCE else "is an unknown evidence kind"
                yield Finding(where, f"{kind!r} {how}", tuple(shown))
        fee = getattr(part, "fee", None)
        if fee is not None and fee not in fees:
            yield Finding((*where, "fee"), f"unknown fee {fee!r}", tuple(fees))


def _fact(
    where: Where, name: str, values: Iterable[bool | str], types: dict[str, FactType], asked: dict[str, FactWords]
) -> Iterator[Finding]:
    if name not in types:
        yield Finding(where, f"unknown fact {name!r}", tuple(types))
        return
    if name not in asked and name not in NEVER_ASKED:
        yield Finding(where, f"the buyer is asked for {name!r}, but it has no words under `facts`", tuple(asked))
    allowed = {"yes_no": (True, False), "choice": types[name].values}.get(types[name].kind, ())
    for value in values:
        if value not in ("known", "unknown") and not any(value is one or value == one for one in allowed):
            words = tuple("yes" if one is True else "no" if one is False else str(one) for one in allowed)
            yield Finding(where, f"{name!r} is never {value!r}", (*words, "known", "unknown"))


def _coverage(file: PackFile) -> Iterator[Finding]:
    """The map of sentences names every rule of the last version that cites one, and none that does not exist."""
    covered: dict[str, tuple[int, Covered]] = {}
    for index, one in enumerate(file.coverage):
        if one.ref in covered:
            yield Finding(("coverage", index), f"the sentence {one.ref} stands here twice")
        covered.setdefault(one.ref, (index, one))
    owners = set()
    for owner, where, clause in citations(file):
        owners.add(owner)
        if clause.ref not in covered:
            yield Finding((*where, "ref"), f"the sentence {clause.ref} is not in `coverage`")
            continue
        index, one = covered[clause.ref]
        if one.print != clause.print:
            yield Finding((*where, "print"), f"`coverage` has another print for {clause.ref}", (one.print,))
        if owner not in one.by:
            yield Finding(("coverage", index), f"{owner!r} cites this sentence, but `by` does not name it")
    for index, one in enumerate(file.coverage):
        for position, owner in enumerate(one.by):
            if owner not in owners:
                yield Finding(
                    ("coverage", index, "by", position), f"no rule is called {owner!r}", tuple(sorted(owners))
                )


def _is_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
