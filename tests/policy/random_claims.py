"""Random claims as the contract's JSON, dense where the rules turn: at deadlines, stages, tiers and unknowns."""

from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

from redress.policy.vocabulary import AMOUNTS, EVIDENCE, FACTS, INSTANTS, ISSUES, TRACKING

SHOPS = ("parcel-up", "ali-shipping", "platform-15", "1688order", "genuine-goods")
_ZONES = [timezone(timedelta(hours=hours)) for hours in (8, 8, 0, -7, 5.5)]
# The issues whose rules have the most turns are drawn more often.
_INTRICATE = {
    "parcel-up": ["cancellation", "non_delivery", "defective", "wrong_size", "not_as_described", "missing_item"],
    "ali-shipping": ["returned_to_sender", "non_delivery", "late_delivery", "missing_item", "cancellation"],
    "platform-15": ["damaged", "missing_item", "wrong_parcel", "non_delivery", "return_logistics"],
    "1688order": ["damaged", "defective", "defective", "missing_item", "cancellation", "returned_to_sender"],
    "genuine-goods": ["counterfeit", "counterfeit", "not_overseas_direct"],
}
_LENGTHS = (2, 3, 5, 7, 7, 14, 15, 20, 45, 60, 90, 90)
_NUDGES = (timedelta(0), timedelta(seconds=1), timedelta(seconds=-1), timedelta(milliseconds=500))


def random_claim(random: Random, shop: str | None = None) -> dict[str, Any]:
    """One claim; every key that may be left out sometimes is."""
    shop = shop or random.choice(SHOPS)
    instants = _instants(random)
    items = [_item(random, f"S{number}") for number in range(random.choice((1, 1, 2, 3)))]
    order: dict[str, Any] = {"number": "X1", "currency": random.choice(("CNY", "RMB")), "items": items}
    order |= {name: _shown(instant, random) for name, instant in instants.items()}
    if random.random() < 0.9:
        order["amounts"] = {name: _money(random) for name in AMOUNTS if random.random() < 0.85}
    if random.random() < 0.8:
        order["shipping_method"] = random.choice(("ems", "air_mail", "dhl"))
    if random.random() < 0.8:
        order["monthly_skus"] = random.choice((0, 1, 14, 15, 16, 24, 25, 26, 49, 50, 51, 400))
    claim: dict[str, Any] = {
        "shop": shop,
        "issue": random.choice(random.choice((ISSUES, _INTRICATE[shop]))),
        "order": order,
    }
    claim["reported_at"] = _shown(_reported(random, instants), random)
    if random.random() < 0.8:
        claim["tracking"] = {"status": random.choice(TRACKING)}
    if random.random() < 0.7:
        some = random.sample(items, random.randint(1, len(items)))
        claim["affected"] = [{"sku": one["sku"], "quantity": random.randint(1, one["quantity"])} for one in some]
    known = random.choice((0.1, 0.5, 0.9))
    claim["facts"] = {name: _fact(random, name) for name in FACTS if random.random() < known}
    claim["evidence"] = random.sample(EVIDENCE, random.choice((0, 4, len(EVIDENCE), len(EVIDENCE))))
    return claim


def _instants(random: Random) -> dict[str, datetime]:
    """Usually in order up to some stage, sometimes with holes, often on or around a full hour."""
    instant = datetime(2026, random.randint(1, 6), random.randint(1, 28), random.randint(0, 23), tzinfo=_ZONES[0])
    found = {}
    for name in INSTANTS[: random.choice((0, 1, 2, 3, 4, 5, 5, 6, 6))]:
        instant += timedelta(hours=random.choice((1, 5, 24, 60, 24 * 21)))
        nudge = random.choice((timedelta(0), timedelta(minutes=30), timedelta(seconds=1), timedelta(seconds=-1)))
        if random.random() < 0.9:
            found[name] = instant + nudge
    return found


def _reported(random: Random, instants: dict[str, datetime]) -> datetime:
    known = list(instants.values()) or [datetime(2026, 3, 4, 12, tzinfo=_ZONES[0])]
    start = random.choice((known[-1], random.choice(known)))
    if random.random() < 0.3:
        return start + timedelta(hours=random.randint(0, 2400))
    days = timedelta(days=random.choice(_LENGTHS))
    if random.random() < 0.5:
        return start + days + random.choice(_NUDGES)
    local = (start + days).astimezone(_ZONES[0])
    if random.random() < 0.3:
        full_hour = local.replace(minute=0, second=0, microsecond=0)
        return full_hour + timedelta(hours=random.choice((0, 1))) + random.choice(_NUDGES)
    return local.replace(hour=23, minute=59, second=59, microsecond=0) + random.choice(_NUDGES)


def _shown(instant: datetime, random: Random) -> str:
    return instant.astimezone(random.choice(_ZONES)).isoformat()


def _item(random: Random, sku: str) -> dict[str, Any]:
    item: dict[str, Any] = {"sku": sku, "quantity": random.randint(1, 7), "paid": _money(random)}
    options = {
        "commission": _money(random),
        "factory_special": random.random() < 0.3,
        "seller_rating": random.choice(("normal", "normal", "low")),
        "ordered_on_platform": random.random() < 0.7,
        "title": "Thing",
    }
    return item | {name: value for name, value in options.items() if random.random() < 0.8}


def _money(random: Random) -> str:
    return random.choice(("0", "0.01", "10", "99.99", "100.10", f"{random.randint(0, 99999) / 100:.2f}"))


def _fact(random: Random, name: str) -> bool | str | None:
    kind = FACTS[name]
    values: tuple[bool | str, ...] = kind.values or ((True, False) if kind.kind == "yes_no" else ("because", ""))
    return random.choice((*values, None))
