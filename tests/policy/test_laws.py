"""What holds of every claim, whichever it is."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from redress.policy import Affected, Assessment, Claim, Packs, assess, parse_claim
from redress.policy.vocabulary import EVIDENCE, OUTCOMES
from tests.policy.places import POLICIES
from tests.policy.random_claims import random_claim

PACKS = Packs(POLICIES)
WORST_FIRST = ("declined", "too_early", "referred", "awaiting_evidence", "qualifies")
EARLY = {"not_yet_late", "split_packages_pending"}

law = settings(max_examples=200, deadline=None)  # the first claim of a shop loads its pack
claims = st.integers(0, 2**48).map(lambda seed: parse_claim(random_claim(Random(seed)), PACKS))


def judged(claim: Claim) -> Assessment:
    return assess(claim, PACKS[claim.shop])


def rank(claim: Claim) -> int:
    return WORST_FIRST.index(judged(claim).outcome)


@law
@given(claims)
def test_every_claim_gets_one_of_the_five_outcomes_and_always_the_same(claim: Claim) -> None:
    result = judged(claim)
    assert result.outcome in OUTCOMES
    assert judged(claim) == result
    assert bool(result.reasons) == (result.outcome in ("declined", "too_early", "referred"))
    assert bool(result.missing_evidence) == (result.outcome == "awaiting_evidence")
    assert bool(result.remedies) == (result.outcome in ("qualifies", "awaiting_evidence"))


@law
@given(claims, st.integers(0, 400 * 24 * 3600))
def test_reported_later_is_never_treated_better_but_for_what_was_not_yet_late(claim: Claim, seconds: int) -> None:
    later = replace(claim, reported_at=claim.reported_at + timedelta(seconds=seconds))
    if not EARLY & {reason.code for reason in judged(claim).reasons}:
        assert rank(later) <= rank(claim)


@law
@given(claims, st.sets(st.sampled_from(EVIDENCE)))
def test_more_evidence_never_worsens_an_outcome(claim: Claim, more: set[str]) -> None:
    assert rank(replace(claim, evidence=claim.evidence | more)) >= rank(claim)


@law
@given(claims)
def test_net_is_gross_less_deductions_never_above_it_nor_below_nothing(claim: Claim) -> None:
    for remedy in judged(claim).remedies:
        amounts = [deduction.amount for deduction in remedy.deductions]
        if remedy.gross is None or None in amounts:
            assert remedy.net is None
        else:
            assert remedy.net == max(Decimal(0), remedy.gross - sum(amount for amount in amounts if amount is not None))
            assert Decimal(0) <= remedy.net <= remedy.gross
        for amount in (remedy.gross, remedy.net, *amounts):
            assert amount is None or (amount >= 0 and amount.as_tuple().exponent == -2)


@law
@given(st.integers(0, 10**7), st.integers(1, 40), st.data())
def test_split_claims_on_one_line_never_exceed_what_was_paid(cents: int, quantity: int, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, quantity)))) or [quantity]
    sizes = [end - start for start, end in zip([0, *cuts], cuts, strict=False)]
    item = {"sku": "A1", "quantity": quantity, "paid": f"{cents // 100}.{cents % 100:02d}"}
    order = {"number": "1", "currency": "EUR", "items": [item]}
    whole = {"shop": "ali-shipping", "issue": "damaged", "reported_at": "2026-03-04T09:00:00+08:00", "order": order}
    claim = parse_claim(whole, PACKS)
    shares = [Fraction(cents, 100) * size / quantity for size in sizes]
    refunds = [judged(replace(claim, affected=(Affected("A1", size),))).remedies[0].gross for size in sizes]
    assert sum(shares) <= Fraction(cents, 100)
    for share, refund in zip(shares, refunds, strict=True):
        assert refund is not None
        assert abs(Fraction(refund) - share) <= Fraction(1, 200)
