"""What the figures say: the tables behind the pictures, for one shop or all, for some months."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from redress.policy import Pack
from redress.policy.vocabulary import OUTCOMES
from redress.store.figures import LONGER, SPANS, TABLES, Tables
from redress.web.console.render import words

MOST_BARS = 15
type Values = Sequence[tuple[str, int | Decimal]]
type Scoped = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Picture:
    """One chart: its title, what its bars count, and the bars. `over_time`: they stand in time's order."""

    title: str
    counts: str
    values: Values
    over_time: bool = False


@dataclass(frozen=True)
class Scope:
    """What is looked at: one shop or all, from a month on."""

    shop: str | None
    since: str


def narrow(tables: Tables, scope: Scope) -> Scoped:
    """The rows in scope of every table, as mappings."""
    found: Scoped = {}
    for name, table in TABLES.items():
        shop, month = table.columns.index("shop"), table.columns.index("month") if "month" in table.columns else None
        found[name] = [
            dict(zip(table.columns, row, strict=True))
            for row in tables.get(name, ())
            if (scope.shop is None or row[shop] == scope.shop) and (month is None or row[month] >= scope.since)
        ]
    return found


def since(now: datetime, months: int) -> str:
    """The month that begins a stretch of so many months up to now, as "2026-01"."""
    whole = now.year * 12 + now.month - months
    return f"{whole // 12:04d}-{whole % 12 + 1:02d}"


def headlines(scoped: Scoped) -> list[tuple[str, str, str]]:
    """The few numbers on top: label, value, and what it is of."""
    talks = scoped["conversations"]
    held = sum(row["conversations"] for row in talks)
    alone = held - sum(row["with_person"] for row in talks)
    waiting = scoped["open"]
    took = Counter[str]()
    for row in scoped["decisions"]:
        took[row["took"]] += row["tickets"]
    decided = sum(took.values())
    quickly = sum(took[name] for name in list(SPANS)[:3])
    stars = [(row["rating"], row["tickets"]) for row in scoped["ratings"]]
    rated = sum(count for _, count in stars)
    mean = sum(rating * count for rating, count in stars) / rated if rated else 0
    return [
        ("Claims", f"{sum(row['tickets'] for row in scoped['claims']):,}", "tickets opened"),
        ("Done without a person", _share(alone, held), f"of {held:,} conversations"),
        ("Decided within a day", _share(quickly, decided), f"of {decided:,} decisions"),
        (
            "Overdue now",
            f"{sum(row['overdue'] or 0 for row in waiting):,}",
            f"of {sum(row['tickets'] for row in waiting):,} open",
        ),
        ("Satisfaction", f"{mean:.1f} of 5" if rated else "–", f"{rated:,} ratings"),
    ]


def pictures(scoped: Scoped, packs: Mapping[str, Pack]) -> dict[str, Picture]:
    """Every chart by its name in addresses."""
    claims = scoped["claims"]
    found = {
        "issues": Picture("Claims by problem", "tickets", _top(_sum(claims, "issue", "tickets"))),
        "shops": Picture("Claims by shop", "tickets", _top(_sum(claims, "shop", "tickets"), plain=True)),
        "months": Picture("Claims by month", "tickets", _by_month(claims, "tickets"), over_time=True),
        "states": Picture("Where the claims stand", "tickets", _top(_sum(scoped["states"], "state", "tickets"))),
    }
    for outcome in OUTCOMES:
        own = [row for row in scoped["outcomes"] if row["outcome"] == outcome]
        if own:
            title = f"The policy said: {words(outcome).lower()}"
            found[f"outcome-{outcome}"] = Picture(title, "tickets by month", _by_month(own, "tickets"), over_time=True)
    took = _sum(scoped["decisions"], "took", "tickets")
    spans = [(name, took[name]) for name in (*SPANS, LONGER)]
    found["decisions"] = Picture("Time to the decision", "decisions", spans if took else ())
    found["alone"] = Picture(
        "Conversations done without a person", "% by month", _alone(scoped["conversations"]), over_time=True
    )
    for currency, paid in _granted(scoped["granted"]).items():
        found[f"granted-{currency}"] = Picture(f"Granted by rule, in {currency}", currency, _top(paid, plain=True))
    stars = _sum(scoped["ratings"], "rating", "tickets")
    found["ratings"] = Picture(
        "Satisfaction", "ratings by stars", [(f"{star} of 5", stars[star]) for star in range(5, 0, -1)] if stars else ()
    )
    found["clauses"] = Picture("Clauses cited most", "tickets", _top(_clauses(scoped["rules"], packs), plain=True))
    return found


def _clauses(rows: Iterable[Mapping[str, Any]], packs: Mapping[str, Pack]) -> Counter[str]:
    """A decline cites its clause, everything else the clause of its rule."""
    cited = Counter[str]()
    rules = {(shop, row.id): row.clause.ref for shop, pack in packs.items() for v in pack.versions for row in v.rows}
    for row in rows:
        ref = row["declined_by_clause"] or rules.get((row["shop"], row["rule"]))
        if ref:
            cited[f"{row['shop']} {ref}"] += row["tickets"]
    return cited


def _granted(rows: Iterable[Mapping[str, Any]]) -> dict[str, Counter[str]]:
    by_currency: dict[str, Counter[str]] = {}
    for row in rows:
        paid: Any = by_currency.setdefault(row["currency"], Counter())
        paid[f"{row['shop']} {row['rule']}"] += Decimal(row["amount"])
    return by_currency


def _alone(rows: Sequence[Mapping[str, Any]]) -> Values:
    held, with_person = _sum(rows, "month", "conversations"), _sum(rows, "month", "with_person")
    return [(month, round(Decimal(100) * (held[month] - with_person[month]) / held[month])) for month in sorted(held)]


def _by_month(rows: Iterable[Mapping[str, Any]], counted: str) -> Values:
    return sorted(_sum(rows, "month", counted).items())


def _sum(rows: Iterable[Mapping[str, Any]], key: str, counted: str) -> Counter[Any]:
    sums = Counter[Any]()
    for row in rows:
        sums[row[key]] += row[counted]
    return sums


def _top(counted: Counter[str], *, plain: bool = False) -> Values:
    return [(name if plain else words(name), count) for name, count in counted.most_common(MOST_BARS)]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"
