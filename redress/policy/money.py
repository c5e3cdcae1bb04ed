"""How money is read: exact sums, products and shares, rounded once, half-even, to two places."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from redress.policy.assessment import Deduction, Remedy
from redress.policy.case import Case
from redress.policy.format import Deducted, Offer, Term
from redress.policy.wording import Fee

_CENT = Decimal("0.01")
_ZERO = Decimal("0.00")


def rounded(amount: Fraction) -> Decimal:
    """The amount in cents, half-even (`round` of a fraction is)."""
    return round(amount * 100) * _CENT


def remedy(offer: Offer, case: Case, fees: Mapping[str, Fee]) -> Remedy:
    """The remedy that an offer makes of this claim: gross, deductions and net, each None where nobody can know it."""
    gross = _sum(offer.gross, case, fees) if offer.gross else None
    deductions = tuple(_deduction(one, case, fees) for one in offer.deductions)
    return Remedy(
        kind=offer.kind,
        currency=case.currency,
        gross=gross,
        deductions=deductions,
        net=_net(gross, deductions),
        return_paid_by=offer.return_paid_by,
        shipping_paid_by=offer.shipping_paid_by,
        by=case.end(offer.by) if offer.by else None,
        needs=offer.needs,
        clause=offer.clause,
        advice=offer.advice,
    )


def _deduction(one: Deducted, case: Case, fees: Mapping[str, Fee]) -> Deduction:
    return Deduction(one.label, _sum(one.amount, case, fees))


def _net(gross: Decimal | None, deductions: tuple[Deduction, ...]) -> Decimal | None:
    if gross is None:
        return None
    net = gross
    for deduction in deductions:
        if deduction.amount is None:
            return None
        net -= deduction.amount
    return max(net, _ZERO)


def _sum(terms: Iterable[Term], case: Case, fees: Mapping[str, Fee]) -> Decimal | None:
    total = Fraction(0)
    for term in terms:
        value = _value(term, case, fees)
        if value is None:
            return None
        total += value
    return rounded(total)


def _value(term: Term, case: Case, fees: Mapping[str, Fee]) -> Fraction | None:
    value: Fraction | None
    if term.fixed is not None:
        value = Fraction(term.fixed)
    elif term.fee is not None:
        value = Fraction(_fee(fees[term.fee], case))
    elif term.of == "affected_paid":
        value = case.affected_paid
    elif term.of == "affected_commission":
        value = case.affected_commission
    else:
        amount = case.claim.order.amounts.get(term.of or "", term.absent)
        value = None if amount is None else Fraction(amount)
    if term.times > 1 and value is not None:
        value *= term.times
    if term.share and value is not None:
        value = None if case.share is None else value * case.share
    return value


def _fee(fee: Fee, case: Case) -> Decimal:
    """The fee of every affected SKU, added up."""
    number = case.claim.order.monthly_skus
    number = fee.absent if number is None else number
    usual = next(tier.amount for tier in fee.tiers if tier.up_to is None or number <= tier.up_to)
    special = fee.exception
    amounts = (special.amount if special and case.is_so(item, special.items) else usual for item, _ in case.units)
    return sum(amounts, _ZERO)
