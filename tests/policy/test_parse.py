"""What is no claim: each error names the field and, where there is a choice, what is allowed."""

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from redress.policy import ClaimError, Packs, parse_claim
from redress.policy.fields import parse_json
from tests.policy.places import POLICIES
from tests.policy.random_claims import random_claim

PACKS = Packs(POLICIES)


def claim() -> dict[str, Any]:
    """A claim that is in order."""
    return {
        "shop": "1688order",
        "issue": "missing_item",
        "reported_at": "2026-03-04T09:00:00+08:00",
        "order": {
            "number": "OR-1",
            "currency": "CNY",
            "delivered_at": "2026-03-02T15:30:00+08:00",
            "monthly_skus": 12,
            "amounts": {"total_paid": "320.00"},
            "items": [{"sku": "A1", "quantity": 3, "paid": "90.00"}, {"sku": "B2", "quantity": 1, "paid": "210.00"}],
        },
        "tracking": {"status": "delivered"},
        "affected": [{"sku": "A1", "quantity": 1}],
        "facts": {"signed_in_presence": False, "product_kind": "general"},
        "evidence": ["photo_delivery_slip"],
    }


def put(*path: Any) -> Callable[[dict[str, Any]], None]:
    """Set the last but one of `path` to its last."""

    def change(data: Any) -> None:
        *way, key, value = path
        for step in way:
            data = data[step]
        data[key] = value

    return change


BAD: list[tuple[str, str, Callable[[dict[str, Any]], None]]] = [
    ("shop", "unknown word 'shopp'; allowed: 1688order, ali-shipping", put("shop", "shopp")),
    ("shop", "unknown word (list)", put("shop", ["1688order"])),
    ("shop", "is required", lambda data: data.pop("shop")),
    ("shop", "is required", put("shop", None)),
    ("issue", "allowed: missing_item, wrong_quantity", put("issue", "missing")),
    ("reported_at", "with its offset", put("reported_at", "2026-03-04T09:00:00")),
    ("reported_at", "with its offset", put("reported_at", "2026-03-04")),
    ("reported_at", "with its offset", put("reported_at", 1772586000)),
    ("reported_at", "with its offset", put("reported_at", "yesterday")),
    ("reported_at", "with its offset", put("reported_at", "2026-02-30T09:00:00+08:00")),
    ("reported_at", "from 1970 to 2999", put("reported_at", "9999-12-31T23:59:59+08:00")),
    ("reported_at", "from 1970 to 2999", put("reported_at", "0001-01-01T00:00:00+14:00")),
    ("colour", "unknown key; allowed: shop, issue", put("colour", "red")),
    ("order", "must be an object", put("order", [])),
    ("order.totl", "unknown key; allowed: number", put("order", "totl", 1)),
    ("order.number", "not empty", put("order", "number", " ")),
    ("order.number", "not empty", put("order", "number", 7)),
    ("order.currency", "is required", lambda data: data["order"].pop("currency")),
    ("order.currency", "not in USD; allowed: CNY, RMB", put("order", "currency", "USD")),
    ("order.currency", "three capital letters", put("order", "currency", "yuan")),
    ("order.shipped_at", "with its offset", put("order", "shipped_at", "2026-03-04 09:00")),
    ("order.monthly_skus", "whole number", put("order", "monthly_skus", -1)),
    ("order.monthly_skus", "whole number", put("order", "monthly_skus", True)),
    ("order.monthly_skus", "whole number", put("order", "monthly_skus", "12")),
    ("order.monthly_skus", "whole number", put("order", "monthly_skus", Decimal("12.5"))),
    ("order.shipping_method", "not empty", put("order", "shipping_method", 7)),
    ("order.amounts", "must be an object", put("order", "amounts", "320")),
    ("order.amounts.total", "unknown key; allowed: total_paid", put("order", "amounts", {"total": "1"})),
    ("order.amounts.total_paid", "from 0 with at most two decimals", put("order", "amounts", "total_paid", "-0.01")),
    ("order.amounts.total_paid", "two decimals", put("order", "amounts", "total_paid", "1.234")),
    ("order.amounts.total_paid", "two decimals", put("order", "amounts", "total_paid", "NaN")),
    ("order.amounts.total_paid", "two decimals", put("order", "amounts", "total_paid", float("nan"))),
    ("order.amounts.total_paid", "two decimals", put("order", "amounts", "total_paid", float("inf"))),
    ("order.amounts.total_paid", "two decimals", put("order", "amounts", "total_paid", Decimal("sNaN"))),
    ("order.amounts.total_paid", "two decimals", put("order", "amounts", "total_paid", Decimal("1e999999"))),
    ("order.amounts.total_paid", "two decimals", put("order", "amounts", "total_paid", 10**4000)),
    ("order.amounts.total_paid", "two decimals", put("order", "amounts", "total_paid", True)),
    ("order.amounts.total_paid", "two decimals", put("order", "amounts", "total_paid", "1e3")),
    ("order.amounts.total_paid", "two decimals", put("order", "amounts", "total_paid", "１２")),
    ("order.amounts.total_paid", "two decimals", put("order", "amounts", "total_paid", "")),
    ("order.items", "at least one entry", put("order", "items", [])),
    ("order.items", "at least one entry", put("order", "items", {})),
    ("order.items", "is required", put("order", "items", None)),
    ("order.items[0]", "must be an object", put("order", "items", ["A1"])),
    ("order.items[1].sku", "twice", put("order", "items", 1, "sku", "A1")),
    ("order.items[0].sku", "not empty", put("order", "items", 0, "sku", "")),
    ("order.items[0].quantity", "whole number from 1", put("order", "items", 0, "quantity", 0)),
    ("order.items[0].quantity", "whole number from 1", put("order", "items", 0, "quantity", True)),
    ("order.items[0].quantity", "whole number from 1", put("order", "items", 0, "quantity", "3")),
    ("order.items[0].paid", "is required", put("order", "items", 0, "paid", None)),
    ("order.items[0].paid", "two decimals", put("order", "items", 0, "paid", "90,00")),
    ("order.items[0].commission", "two decimals", put("order", "items", 0, "commission", "-1")),
    ("order.items[0].factory_special", "boolean; allowed: true", put("order", "items", 0, "factory_special", "no")),
    ("order.items[0].ordered_on_platform", "boolean", put("order", "items", 0, "ordered_on_platform", 1)),
    ("order.items[0].seller_rating", "allowed: normal, low", put("order", "items", 0, "seller_rating", "bad")),
    ("order.items[0].title", "must be a text", put("order", "items", 0, "title", 5)),
    ("order.items[0].size", "unknown key", put("order", "items", 0, "size", "L")),
    ("tracking", "must be an object", put("tracking", "delivered")),
    ("tracking.status", "allowed: in_transit", put("tracking", "status", "arrived")),
    ("tracking.carrier", "unknown key; allowed: status", put("tracking", "carrier", "ems")),
    ("affected", "at least one entry", put("affected", [])),
    ("affected[0].sku", "unknown word 'C3'; allowed: A1, B2", put("affected", 0, "sku", "C3")),
    ("affected[0].quantity", "from 1 to 3", put("affected", 0, "quantity", 4)),
    ("affected[0].quantity", "from 1 to 3", put("affected", 0, "quantity", 0)),
    ("affected[0].quantity", "is required", lambda data: data["affected"][0].pop("quantity")),
    ("affected[0].reason", "unknown key", put("affected", 0, "reason", "x")),
    ("affected[1].sku", "twice", put("affected", [{"sku": "A1", "quantity": 1}, {"sku": "A1", "quantity": 1}])),
    ("facts", "must be an object", put("facts", ["opened"])),
    ("facts.opend", "unknown key; allowed: reason", put("facts", {"opend": True})),
    ("facts.opened", "boolean", put("facts", {"opened": "true"})),
    ("facts.opened", "boolean", put("facts", {"opened": 1})),
    ("facts.product_kind", "allowed: general, media", put("facts", {"product_kind": "software"})),
    ("facts.product_kind", "allowed: general, media", put("facts", {"product_kind": True})),
    ("facts.reason", "must be a text", put("facts", {"reason": True})),
    ("evidence", "list of evidence kinds", put("evidence", "photo_item")),
    ("evidence[0]", "allowed: description", put("evidence", ["photo"])),
    ("evidence[0]", "unknown word (dict)", put("evidence", [{}])),
]


@pytest.mark.parametrize(("field", "message", "change"), BAD, ids=[f"{field}: {text}" for field, text, _ in BAD])
def test_what_is_no_claim_is_refused_by_its_field(
    field: str, message: str, change: Callable[[dict[str, Any]], None]
) -> None:
    data = claim()
    change(data)
    with pytest.raises(ClaimError) as caught:
        parse_claim(data, PACKS)
    assert caught.value.field == field
    assert message in caught.value.message


@pytest.mark.parametrize("data", [None, [], "claim", 7, True, {}])
def test_what_is_not_even_an_object(data: Any) -> None:
    with pytest.raises(ClaimError):
        parse_claim(data, PACKS)


BAD_JSON = {
    "nothing": b"",
    "no JSON": b"{",
    "not UTF-8": b'{"shop": "\xff"}',
    "a key twice": b'{"shop": "1688order", "shop": "parcel-up"}',
    "nested without end": b"[" * 200_000,
    "objects without end": b'{"a":' * 200_000,
    "a number without end": b'{"a": ' + b"9" * 100_000 + b"}",
    "an exponent without end": b'{"a": 1e99999999999999999999}',
    "two documents": b"{} {}",
}


@pytest.mark.parametrize("content", BAD_JSON.values(), ids=BAD_JSON)
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(ClaimError):
        parse_json(content)


def test_null_is_absent_where_absence_is_allowed() -> None:
    data = claim()
    data |= {"affected": None, "evidence": None, "tracking": None, "facts": {"opened": None}}
    data["order"] |= {"shipped_at": None, "amounts": {"delivery": None}, "monthly_skus": None}
    parsed = parse_claim(data, PACKS)
    assert (parsed.affected, parsed.evidence, parsed.tracking, parsed.facts) == (None, frozenset(), "unknown", {})
    assert (parsed.order.shipped_at, parsed.order.amounts, parsed.order.monthly_skus) == (None, {}, None)


def test_rmb_is_written_cny_and_numbers_are_exact() -> None:
    data = claim()
    data["order"]["currency"] = "RMB"
    text = json.dumps(data).replace('"90.00"', "90.10").replace('"210.00"', "210")
    parsed = parse_claim(parse_json(text.encode()), PACKS)
    assert parsed.order.currency == "CNY"
    assert [item.paid for item in parsed.order.items] == [Decimal("90.10"), Decimal("210")]


def test_a_claim_is_written_as_it_is_read() -> None:
    random = Random(5)
    for _ in range(300):
        parsed = parse_claim(random_claim(random), PACKS)
        assert parse_claim(json.loads(json.dumps(parsed.to_json())), PACKS) == parsed


def test_the_stage_is_the_furthest_timestamp_whatever_the_instants() -> None:
    data = claim()
    data["order"] |= {"completed_at": "2020-01-01T00:00:00Z", "paid_at": "2026-01-01T00:00:00Z"}
    parsed = parse_claim(data, PACKS)
    assert parsed.order.stage == "completed"
    assert parsed.order.completed_at == datetime.fromisoformat("2020-01-01T00:00:00+00:00")
