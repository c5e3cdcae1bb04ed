"""The rules of a pack in words, line by line, so that a person can check them against the shop's text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redress.policy.format import Late, Offer, Row, Term, Window
from redress.policy.pack import PackVersion
from redress.policy.parts import Clause, Condition, Conditional, ItemFlags, Period, Span
from redress.policy.wording import Fee

_UNITS = ("hours", "days", "weeks", "working_days")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a rule's table: which aspect of the rule, what it says, and the sentence it rests on."""

    aspect: str
    says: str
    ref: str


def describe(row: Row, version: PackVersion) -> list[Line]:
    """A row of a version as the lines of its table."""
    stages = f", at stage {', '.join(row.stages)}" if row.stages else ""
    lines = [Line("for", f"{', '.join(row.issues)}{stages}", row.clause.ref)]
    for window in row.window:
        lines.append(_line("window", _window(window), window.clause))
        lines += [_line("  late", _late(late), late.clause) for late in window.late]
    lines += [_line("declined", f"{one.code}{_conditional(one)}", one.clause) for one in row.declined]
    for early in row.too_early:
        wait = f" until {_span(early.wait)} is over" if early.wait else ""
        lines.append(_line("too early", f"{early.code}{wait}{_conditional(early)}", early.clause))
    for one in row.evidence:
        refs = dict.fromkeys(version.evidence_words[kind].clause.ref for kind in one.one_of)
        lines.append(Line("evidence", " or ".join(one.one_of), ", ".join(refs)))
    lines += [_line("referred", f"{one.code}{_conditional(one)}", one.clause) for one in row.referred]
    lines += [_line("remedy", _offer(one), one.clause) for one in row.remedies]
    clocks = (
        ("review", row.review, "reported_at"),
        ("payout", row.payout, "reported_at"),
        ("payout", row.paid_within, "the approval"),
    )
    for aspect, clock, since in clocks:
        if clock:
            lines.append(_line(aspect, f"{_period(clock)} after {since}", clock.clause))
    return lines


def describe_fee(name: str, fee: Fee) -> list[Line]:
    """A fee as the lines of its table."""
    lines = []
    for tier in fee.tiers:
        above = "more" if len(fee.tiers) > 1 else "whatever the"
        reach = f"{fee.by} up to {tier.up_to}" if tier.up_to is not None else f"{above} {fee.by}"
        lines.append(_line(f"fee {name}", f"{tier.amount} per {fee.per}, {reach}", fee.clause))
    if fee.exception:
        says = f"{fee.exception.amount} per {fee.per}, {_flags(fee.exception.items)}"
        lines.append(_line(f"fee {name}", says, fee.exception.clause))
    return lines


def _line(aspect: str, says: str, clause: Clause) -> Line:
    return Line(aspect, says, clause.ref)


def _period(period: Period) -> str:
    unit, number = next((unit, number) for unit in _UNITS if (number := getattr(period, unit)) is not None)
    name = unit.replace("_", " ")
    return f"{number} {name[:-1] if number == 1 else name}"


def _span(span: Span) -> str:
    hour = " (from the next full hour)" if span.counted_from == "next_full_hour" else ""
    return f"{_period(span)} after {span.after}{hour}"


def _window(window: Window) -> str:
    condition = f" if {_condition(window.condition)}" if window.condition else ""
    return f"{_span(window)}{condition}"


def _late(late: Late) -> str:
    what = f"referred, {late.refer}" if late.refer else f"the same, noted {late.note}"
    return f"{what}{_conditional(late)}"


def _conditional(one: Conditional) -> str:
    condition = f" if {_condition(one.condition)}" if one.condition else ""
    exception = f" unless {_condition(one.exception)}" if one.exception else ""
    return f"{condition}{exception}"


def _condition(condition: Condition) -> str:
    return " and ".join(_parts(condition))


def _parts(condition: Condition) -> Iterator[str]:
    for name, values in condition.facts.items():
        yield f"{name} is {_or(_value(value) for value in values)}"
    for name in ("tracking", "stage", "shipping_method"):
        if values := getattr(condition, name):
            yield f"{name.replace('_', ' ')} is {_or(values)}"
    if condition.items:
        yield f"an item is so: {_flags(condition.items)}"
    for name in condition.known:
        yield f"{name} is known"
    for name in condition.unknown:
        yield f"{name} is unknown"
    if condition.elapsed:
        yield f"{condition.elapsed.at} is later than {_span(condition.elapsed)}"
    if condition.any:
        yield f"({_or(_condition(one) for one in condition.any)})"


def _flags(flags: ItemFlags) -> str:
    return " and ".join(f"{name} is {_value(getattr(flags, name))}" for name in sorted(flags.model_fields_set))


def _value(value: bool | str) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else value


def _or(words: Iterable[str]) -> str:
    return " or ".join(words)


def _offer(offer: Offer) -> str:
    says: str = offer.kind
    if offer.gross:
        says += f" of {_terms(offer.gross)}"
    for one in offer.deductions:
        says += f", less {one.label}: {_terms(one.amount)} ({one.clause.ref})"
    if offer.return_paid_by:
        says += f", return paid by {offer.return_paid_by}"
    if offer.shipping_paid_by:
        says += f", shipping paid by {offer.shipping_paid_by}"
    if offer.by:
        says += f", until {_span(offer.by)}"
    if offer.needs:
        says += f", with {', '.join(offer.needs)}"
    return f"{says}{_conditional(offer)}"


def _terms(terms: Iterable[Term]) -> str:
    return " + ".join(_term(term) for term in terms)


def _term(term: Term) -> str:
    says = str(term.fixed) if term.fixed is not None else term.of or f"fee {term.fee}"
    says = f"{term.times} x {says}" if term.times > 1 else says
    says = f"the affected share of {says}" if term.share else says
    return f"{says} (absent: {term.absent})" if term.absent is not None else says
