"""The amounts and dates that a shop's policy gives: what the desk may name, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from typing import Any

from redress.demo import PREFIXES, demo_orders
from redress.policy.vocabulary import ISSUES
from tests.conversations.expected import Assess
from tests.conversations.goals import LINES
from tests.conversations.wording import pack

AMOUNT = re.compile(r"(?:CN¥|¥|\$|€|RMB |CNY )\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?) ?(?:RMB|CNY|yuan)")
DAY = re.compile(
    r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
# Answers that change what is paid or until when, one way and the other; the rest only decides whether.
FACTS: tuple[dict[str, Any], ...] = (
    {"signed_in_presence": False, "will_return_new_with_labels": True, "return_leg": "domestic", "reason": "given"},
    {"within_warranty": True, "has_receipt": True, "has_quality_card": True, "will_return_new_with_labels": False},
)


def amounts(text: str) -> set[str]:
    """The amounts of money that a text names, as plain numbers."""
    found = (match[1] or match[2] for match in AMOUNT.finditer(text))
    return {f"{float(number.replace(',', '')):.2f}" for number in found}


def days(text: str) -> set[str]:
    """The days that a text names, such as "24 November"."""
    return {f"{match[1]} {match[2]}" for match in DAY.finditer(text)}


class Given:
    """What one shop's policy may say of one of its demo orders, on the day of the test."""

    def __init__(self, shop: str, number: str, explained: Iterable[str]) -> None:
        texts = [*explained, *_texts(pack(shop))]
        self.amounts = set().union(*map(amounts, texts))
        self.days = set().union(*map(days, texts)) | _clock_days()

    def foreign(self, text: str) -> set[str]:
        """The amounts and days of a text that no policy gave."""
        return (amounts(text) - self.amounts) | (days(text) - self.days)


def claims(shop: str, order: str) -> Iterator[dict[str, Any]]:
    """A claim of every issue on every choice of items and units of a demo order."""
    contract, tracking = _orders()[PREFIXES[shop] + order]
    units = [range(quantity + 1) for _, quantity in LINES.values()]
    for issue, counts, facts in product(ISSUES, product(*units), FACTS):
        affected = [{"sku": sku, "quantity": n} for sku, n in zip(LINES, counts, strict=True) if n]
        if affected:
            yield {
                "shop": shop,
                "issue": issue,
                "reported_at": datetime.now(UTC).isoformat(),
                "order": contract,
                "tracking": {"status": tracking},
                "affected": affected,
                "facts": facts,
                "evidence": [],
            }


def given(shop: str, order: str, explain: Assess) -> Given:
    """The amounts and days for that order; `explain` is an assessor whose assessments have their explanation."""
    wanted = list(claims(shop, order))
    return Given(shop, order, (line for one in explain(wanted) for line in one["explanation"]))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)
    elif isinstance(part, str):
        yield part


def _clock_days() -> set[str]:
    """Today, and the day on which evidence that did not come lets a ticket expire: clocks of the ticket."""
    now = datetime.now(UTC)
    return {
        f"{day.day} {day:%B}"
        for start in (0, 30)
        for shift in (-1, 0, 1)
        for day in [now + timedelta(days=start + shift)]
    }


@cache
def _orders() -> dict[str, tuple[dict[str, Any], str]]:
    return {order["number"]: (order, tracking) for _, order, tracking in demo_orders(datetime.now(UTC))}
