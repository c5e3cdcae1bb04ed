"""What is still worth asking: checked by example, and by asking everything on random claims."""

from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import pytest

from redress.policy import Affected, Claim, Packs, assess, needs, parse_claim
from redress.policy.vocabulary import NEVER_ASKED
from tests.policy.places import POLICIES
from tests.policy.random_claims import SHOPS, random_claim

PACKS = Packs(POLICIES)
DELIVERED = {"shipped_at": "2026-03-04T08:00:00+08:00", "delivered_at": "2026-03-09T15:30:00+08:00"}


def claim(shop: str, issue: str, reported: str = "2026-03-10T09:00:00+08:00", **more: Any) -> Claim:
    items = more.pop("items", [{"sku": "A1", "quantity": 1, "paid": "90.00"}])
    order = {"number": "1", "currency": "CNY", "items": items, **more.pop("order", DELIVERED)}
    return parse_claim({"shop": shop, "issue": issue, "reported_at": reported, "order": order, **more}, PACKS)


def asked(one: Claim) -> tuple[str, ...]:
    return needs(one, PACKS[one.shop]).facts


def test_exclusions_are_asked_before_a_remedys_fact_and_media_only_where_it_may_be() -> None:
    one = claim("1688order", "damaged")
    exclusions = ("altered", "missing_parts", "product_kind", "opened", "has_receipt")
    assert asked(one) == (*exclusions, "signed_in_presence")
    assert asked(replace(one, facts={"product_kind": "general"})) == (
        "altered",
        "missing_parts",
        "has_receipt",
        "signed_in_presence",
    )
    wanted = needs(one, PACKS["1688order"])
    assert wanted.evidence == ("photo_damage", "photo_package")
    assert not wanted.decided


def test_nothing_is_asked_where_a_clause_already_excludes() -> None:
    one = claim("1688order", "damaged", facts={"altered": True})
    wanted = needs(one, PACKS["1688order"])
    assert (wanted.facts, wanted.evidence, wanted.decided) == ((), (), True)


def test_a_late_defect_is_asked_only_about_what_can_still_rescue_it() -> None:
    late = claim("1688order", "defective", "2026-06-10T09:00:00+08:00")
    assert asked(late)[:3] == ("within_warranty", "has_receipt", "has_quality_card")
    wanted = needs(late, PACKS["1688order"])
    assert not wanted.decided
    assert wanted.evidence == ()
    assert needs(replace(late, facts={"within_warranty": False}), PACKS["1688order"]).decided
    assert needs(claim("1688order", "damaged", "2026-06-10T09:00:00+08:00"), PACKS["1688order"]).decided


def test_the_post_office_is_asked_about_only_while_it_pays() -> None:
    facts = {"altered": False, "missing_parts": False, "product_kind": "general", "has_receipt": True}
    assert asked(claim("1688order", "damaged", facts=facts)) == ("signed_in_presence",)
    assert asked(claim("1688order", "damaged", "2026-03-12T00:00:00+08:00", facts=facts)) == ()


def test_what_the_buyer_is_never_asked_stays_open() -> None:
    one = claim("parcel-up", "cancellation", order={"purchased_at": "2026-03-01T09:00:00+08:00"})
    assert asked(one) == ("reason",)
    assert asked(replace(one, facts={"reason": "bought twice"})) == ()
    assert asked(replace(one, facts={"sellers_agree": False})) == ()


def test_a_choice_between_remedies_is_asked() -> None:
    assert asked(claim("parcel-up", "wrong_size")) == ("will_return_new_with_labels",)


def test_a_region_is_asked_since_the_return_address_depends_on_it() -> None:
    assert asked(claim("genuine-goods", "damaged")) == ("region",)


def test_what_only_informs_a_reviewer_is_not_asked() -> None:
    assert asked(claim("1688order", "returned_to_sender")) == ("return_leg",)


def test_which_items_are_meant_can_still_matter() -> None:
    low = {"sku": "B2", "quantity": 1, "paid": "10.00", "seller_rating": "low"}
    pack = PACKS["parcel-up"]
    only_low = claim("parcel-up", "not_as_described", items=[low])
    assert needs(only_low, pack, items_open=True).decided
    mixed = claim("parcel-up", "not_as_described", items=[low, {"sku": "A1", "quantity": 1, "paid": "10.00"}])
    assert needs(mixed, pack).decided
    assert not needs(mixed, pack, items_open=True).decided
    assert not needs(replace(mixed, affected=(Affected("A1", 1),)), pack).decided


def completions(one: Claim, names: list[str]) -> list[dict[str, Any]]:
    """Every way in which the facts can turn out, texts given or not."""
    types = PACKS[one.shop].fact_types
    domains = [(True, False) if types[n].kind == "yes_no" else types[n].values or (None, "said") for n in names]
    return [{n: v for n, v in zip(names, values, strict=True) if v is not None} for values in product(*domains)]


def noticed(one: Claim) -> Any:
    result = assess(one, PACKS[one.shop]).to_json()
    keys = ("reasons", "remedies", "missing_evidence", "notes", "eligible_from")
    return (result["outcome"], None if result["outcome"] == "declined" else [result[key] for key in keys])


@pytest.mark.parametrize("shop", SHOPS)
def test_by_asking_everything(shop: str) -> None:
    """The facts that matter are those whose answer, whatever the others', can change what the buyer is told."""
    random = Random(f"needs {shop}")
    pack = PACKS[shop]
    for _ in range(60):
        one = parse_claim(random_claim(random, shop), PACKS)
        wanted = needs(one, pack)
        row = pack.version_for(one).row(one.issue, one.order.stage)
        named = pack.version_for(one).facts_of(row)
        unknown = [n for n in named if n not in NEVER_ASKED and one.facts.get(n) in (None, "")]
        every = frozenset(pack.evidence_kinds)
        told = {}
        outcomes = set()
        for facts in completions(one, unknown):
            full = replace(one, facts={**one.facts, **facts}, evidence=every)
            told[tuple(sorted(facts.items()))] = noticed(full)
            outcomes |= {assess(full, pack).outcome, assess(replace(full, evidence=one.evidence), pack).outcome}
        matters = {
            name
            for name in unknown
            for facts in told
            for other in told
            if told[facts] != told[other] and {n for n, _ in set(facts) ^ set(other)} == {name}
        }
        assert set(wanted.facts) == matters
        assert wanted.decided == (outcomes == {assess(one, pack).outcome})
