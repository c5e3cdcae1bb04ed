"""A claim as one pack's rules see it: its stage, its affected units, and what holds of it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from zoneinfo import ZoneInfo

from redress.policy import calendar
from redress.policy.claim import Claim, Item
from redress.policy.parts import Condition, Conditional, Elapsed, ItemFlags, Period, Span
from redress.policy.vocabulary import INSTANTS


class Case:
    """One claim under one pack's zone, holidays and currency; `facts` and `evidence` may be supposed."""

    def __init__(self, claim: Claim, zone: ZoneInfo, holidays: str, currency: str | None) -> None:
        self.claim = claim
        self.facts: Mapping[str, bool | str] = claim.facts
        self.evidence = claim.evidence
        self.stage = claim.order.stage
        self.units = claim.units()
        self.zone = zone
        self.holidays = holidays
        self.currency = currency or claim.order.currency

    def fact(self, name: str) -> bool | str | None:
        """A fact, None while unknown; an empty text is none."""
        value = self.facts.get(name)
        return None if isinstance(value, str) and not value.strip() else value

    def applies(self, part: Conditional) -> bool:
        """Whether its `if` holds and its `unless` does not."""
        if part.condition is not None and not self.holds(part.condition):
            return False
        return part.exception is None or not self.holds(part.exception)

    def holds(self, condition: Condition) -> bool:
        """Whether every key that the condition gives holds."""
        order = self.claim.order
        if condition.facts and not all(self._fact_is(name, values) for name, values in condition.facts.items()):
            return False
        if condition.tracking and self.claim.tracking not in condition.tracking:
            return False
        if condition.stage and self.stage not in condition.stage:
            return False
        if condition.shipping_method and order.shipping_method not in condition.shipping_method:
            return False
        if condition.items and not any(self.is_so(item, condition.items) for item, _ in self.units):
            return False
        if any(getattr(order, name) is None for name in condition.known):
            return False
        if any(getattr(order, name) is not None for name in condition.unknown):
            return False
        if condition.elapsed and not self._elapsed(condition.elapsed):
            return False
        return not condition.any or any(self.holds(one) for one in condition.any)

    def _fact_is(self, name: str, values: tuple[bool | str, ...]) -> bool:
        fact = self.fact(name)
        if fact is None:
            return "unknown" in values
        return fact in values or "known" in values

    @staticmethod
    def is_so(item: Item, flags: ItemFlags) -> bool:
        """Whether an item is all that the flags say."""
        wanted = flags.model_fields_set
        return all(getattr(item, name) == getattr(flags, name) for name in wanted)

    def instant(self, name: str) -> datetime | None:
        """An instant of the order, the report, or the first second of the day that a fact gives; None while unknown."""
        if name == "reported_at":
            return self.claim.reported_at
        if name in INSTANTS:
            instant: datetime | None = getattr(self.claim.order, name)
            return instant
        fact = self.fact(name)
        return datetime.combine(date.fromisoformat(fact), time(), self.zone) if isinstance(fact, str) else None

    def end(self, span: Span) -> datetime | None:
        """The last instant of a span; None where its anchor is unknown."""
        start = self.instant(span.after)
        return None if start is None else calendar.end_of(span, start, self.zone, self.holidays)

    def after_report(self, period: Period | None) -> datetime | None:
        """The last instant of a period that begins with the report."""
        if period is None:
            return None
        return calendar.end_of(period, self.claim.reported_at, self.zone, self.holidays)

    def _elapsed(self, elapsed: Elapsed) -> bool:
        end, at = self.end(elapsed), self.instant(elapsed.at)
        return end is not None and at is not None and at > end

    @cached_property
    def affected_paid(self) -> Fraction:
        """What the buyer paid for the affected units, exactly."""
        return sum((_part(item.paid, units, item.quantity) for item, units in self.units), Fraction(0))

    @cached_property
    def affected_commission(self) -> Fraction | None:
        """The affected units' commission, exactly; None where a line's is unknown."""
        total = Fraction(0)
        for item, units in self.units:
            if item.commission is None:
                return None
            total += _part(item.commission, units, item.quantity)
        return total

    @cached_property
    def share(self) -> Fraction | None:
        """The affected part of the order by what was paid; None for a part of an order that cost nothing."""
        lines = self.claim.order.items
        if len(self.units) == len(lines) and all(units == item.quantity for item, units in self.units):
            return Fraction(1)
        total = sum((Fraction(item.paid) for item in lines), Fraction(0))
        return self.affected_paid / total if total else None


def _part(amount: Decimal, units: int, quantity: int) -> Fraction:
    """The part of a line's amount that falls on some of its units, exactly."""
    return Fraction(amount) if units == quantity else Fraction(amount) * Fraction(units, quantity)
