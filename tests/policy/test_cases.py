"""The worked examples: the shared ones where they stand beside the project, and our own in tests/policies.

A case expects the fields it names; reasons are given by their codes, lists are compared as sets. In our own files a
remedy leaves out what is null or empty.
"""

from datetime import datetime
from typing import Any

import pytest
import yaml

from redress.policy import Packs, assess, parse_claim
from tests.policy.places import POLICIES, ROOT, SHARED

PACKS = Packs(POLICIES)
SHARED_CASES = SHARED / "policy/cases"
OURS = ROOT / "tests/policies"
INSTANTS = ("deadline", "eligible_from", "review_due", "payout_due", "by")


def shared_cases() -> list[Any]:
    return [pytest.param(case, id=f"{path.stem}: {case['name']}") for path in sorted(SHARED_CASES.glob("*.yaml"))
            for case in yaml.safe_load(path.read_text(encoding="utf-8"))]  # fmt: skip


def our_cases() -> list[Any]:
    return [pytest.param(case, id=f"{path.stem}: {case['name']}") for path in sorted(OURS.glob("*.yaml"))
            for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]]  # fmt: skip


def comparable(name: str, value: Any) -> Any:
    """A field so that equal ones compare equal: instants as instants, lists as sets."""
    if name in INSTANTS:
        return value and datetime.fromisoformat(value)
    if name == "reasons":
        return sorted(one["code"] if isinstance(one, dict) else one for one in value)
    if name == "remedies":
        return sorted((remedy(one) for one in value), key=str)
    return sorted(value) if isinstance(value, list) else value


def remedy(one: dict[str, Any]) -> dict[str, Any]:
    """A remedy's fields that say something; its currency is compared apart."""
    told = {name: comparable(name, value) for name, value in one.items() if name not in ("deductions", "currency")}
    told["deductions"] = [(each["label"], each["amount"]) for each in one.get("deductions") or []]
    return {name: value for name, value in told.items() if value not in (None, [])}


def check(case: dict[str, Any]) -> None:
    claim = parse_claim(case["claim"], PACKS)
    got = assess(claim, PACKS[claim.shop]).to_json()
    expected = case["expect"]
    assert {name: comparable(name, got[name]) for name in expected} == {
        name: comparable(name, value) for name, value in expected.items()
    }
    currencies = [one["currency"] for one in expected.get("remedies", []) if "currency" in one]
    assert all(one["currency"] in currencies for one in got["remedies"] if currencies)


@pytest.mark.skipif(not SHARED_CASES.is_dir(), reason="the shared cases are not beside the project")
@pytest.mark.parametrize("case", shared_cases())
def test_shared_case(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize("case", our_cases())
def test_our_case(case: dict[str, Any]) -> None:
    check(case)
