"""The packs against a second, independent reading of the specification, on random claims."""

from datetime import datetime
from random import Random
from typing import Any

import pytest

from redress.policy import Packs, assess, parse_claim
from tests.policy.places import POLICIES
from tests.policy.random_claims import SHOPS, random_claim
from tests.policy.reading import Reading

PACKS = Packs(POLICIES)
INSTANTS = ("deadline", "eligible_from", "review_due", "payout_due")


def comparable(result: dict[str, Any]) -> dict[str, Any]:
    """The fields that the contract compares, lists as sets, instants as instants."""
    fields = {name: result[name] for name in ("outcome", "in_time", "notes")}
    fields |= {name: result[name] and datetime.fromisoformat(result[name]) for name in INSTANTS}
    fields["missing_evidence"] = sorted(result["missing_evidence"])
    fields["reasons"] = sorted(reason["code"] for reason in result["reasons"])
    remedies = [{key: value for key, value in one.items() if key != "currency"} for one in result["remedies"]]
    for one in remedies:
        one |= {"needs": sorted(one["needs"]), "by": one["by"] and datetime.fromisoformat(one["by"])}
    return fields | {"remedies": sorted(remedies, key=str)}


@pytest.mark.parametrize("shop", SHOPS)
def test_random_claims_are_assessed_as_the_specification_reads(shop: str) -> None:
    random = Random(f"reading {shop}")
    outcomes = set()
    for _ in range(3000):
        claim = random_claim(random, shop)
        result = assess(parse_claim(claim, PACKS), PACKS[shop]).to_json()
        assert comparable(result) == Reading(claim).result(), claim
        outcomes.add(result["outcome"])
    assert len(outcomes) >= 4
