"""A claim: what went wrong, with which order, and what is known of it so far. Values only; `parse` reads and checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from redress.policy.vocabulary import STAGES

_LATEST_FIRST = tuple((stage, f"{stage}_at") for stage in reversed(STAGES))


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an order. `paid` and `commission` are for all its units; `commission` may be unknown (None)."""

    sku: str
    quantity: int
    paid: Decimal
    title: str | None = None
    commission: Decimal | None = None
    factory_special: bool = False
    seller_rating: str = "normal"
    ordered_on_platform: bool = True

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON; what is unknown is left out."""
        data: dict[str, Any] = {"sku": self.sku, "title": self.title, "quantity": self.quantity}
        data |= {"paid": str(self.paid), "commission": _text(self.commission)}
        data |= {"factory_special": self.factory_special, "seller_rating": self.seller_rating}
        return _known(data | {"ordered_on_platform": self.ordered_on_platform})


@dataclass(frozen=True, slots=True)
class Affected:
    """How many units of which line the claim is about."""

    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Order:
    """An order as the shop knows it. Instants are aware; an instant that has not come is None."""

    number: str
    currency: str
    items: tuple[Item, ...]
    paid_at: datetime | None = None
    purchased_at: datetime | None = None
    in_stock_at: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    completed_at: datetime | None = None
    shipping_method: str | None = None
    monthly_skus: int | None = None
    amounts: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def stage(self) -> str:
        """The furthest stage whose timestamp is set, whatever the instants; none set is `paid`."""
        for stage, instant in _LATEST_FIRST:
            if getattr(self, instant) is not None:
                return stage
        return "paid"

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON; what is unknown is left out."""
        data: dict[str, Any] = {"number": self.number, "currency": self.currency}
        data |= {f"{stage}_at": _iso(getattr(self, f"{stage}_at")) for stage in STAGES}
        data |= {"shipping_method": self.shipping_method, "monthly_skus": self.monthly_skus}
        data["amounts"] = {name: str(amount) for name, amount in self.amounts.items()}
        return _known(data | {"items": [item.to_json() for item in self.items]})


@dataclass(frozen=True, slots=True)
class Claim:
    """One problem with one order, reported at `reported_at`.

    `affected` None means the whole order. A fact that is not in `facts` is unknown, never false. The rules behind the
    words are section 1 of the policies' specification.
    """

    shop: str
    issue: str
    reported_at: datetime
    order: Order
    affected: tuple[Affected, ...] | None = None
    tracking: str = "unknown"
    facts: Mapping[str, bool | str] = field(default_factory=dict)
    evidence: frozenset[str] = frozenset()

    def units(self) -> tuple[tuple[Item, int], ...]:
        """The affected lines, each with how many of its units."""
        if self.affected is None:
            return tuple((item, item.quantity) for item in self.order.items)
        lines = {item.sku: item for item in self.order.items}
        return tuple((lines[one.sku], one.quantity) for one in self.affected)

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON, which `parse_claim` reads back to an equal claim."""
        data: dict[str, Any] = {"shop": self.shop, "issue": self.issue, "reported_at": self.reported_at.isoformat()}
        data |= {"order": self.order.to_json(), "tracking": {"status": self.tracking}}
        if self.affected is not None:
            data["affected"] = [{"sku": one.sku, "quantity": one.quantity} for one in self.affected]
        return data | {"facts": dict(self.facts), "evidence": sorted(self.evidence)}


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _known(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}
