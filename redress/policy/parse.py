"""Reading a claim from the contract's JSON: anything that is not exactly a claim is refused, naming the field."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from redress.policy.claim import Affected, Claim, Item, Order
from redress.policy.errors import ClaimError
from redress.policy.pack import Pack
from redress.policy.vocabulary import AMOUNTS, INSTANTS, ISSUES, RATINGS, TRACKING, FactType

_CLAIM = ("shop", "issue", "reported_at", "order", "tracking", "affected", "facts", "evidence")
_ORDER = ("number", "currency", "items", *INSTANTS, "shipping_method", "monthly_skus", "amounts")
_FLAGS = ("factory_special", "ordered_on_platform")
_ITEM = ("sku", "title", "quantity", "paid", "commission", "seller_rating", *_FLAGS)
_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_MOST = 1_000_000_000
_YEARS = (1970, 2999)  # so that no deadline leaves the calendar


def parse_claim(data: Any, packs: Mapping[str, Pack]) -> Claim:
    """A claim from the contract's JSON (amounts as strings or numbers), for one of `packs` (by shop id).

    Raises ClaimError with the field and what is allowed there. Null is the same as absent, where absence is allowed.
    """
    claim = _mapping(data, "claim", _CLAIM, required=("shop", "issue", "reported_at", "order"), prefix="")
    pack = packs[_word(claim["shop"], "shop", tuple(packs))]
    order = _order(claim["order"], pack)
    tracking = _mapping(_given(claim, "tracking", {}), "tracking", ("status",))
    return Claim(
        shop=pack.shop,
        issue=_word(claim["issue"], "issue", ISSUES),
        reported_at=_instant(claim["reported_at"], "reported_at"),
        order=order,
        affected=_affected(claim.get("affected"), order),
        tracking=_word(_given(tracking, "status", "unknown"), "tracking.status", TRACKING),
        facts=_facts(claim.get("facts"), pack.fact_types),
        evidence=_evidence(claim.get("evidence"), pack.evidence_kinds),
    )


def parse_json(content: bytes) -> Any:
    """JSON as plain data: numbers exact, no key twice. Raises ClaimError whatever the bytes are."""
    try:
        return json.loads(content.decode(), parse_float=Decimal, object_pairs_hook=_object)
    except RecursionError:
        raise ClaimError("nested too deeply", field="claim") from None
    except (ValueError, ArithmeticError) as error:
        raise ClaimError(f"not JSON: {error}", field="claim") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ClaimError("this key stands here twice", field=twice[:200])
    return data


def _order(data: Any, pack: Pack) -> Order:
    order = _mapping(data, "order", _ORDER, required=("number", "currency", "items"))
    instants = {name: _instant(order[name], f"order.{name}") for name in INSTANTS if order.get(name) is not None}
    amounts = _mapping(_given(order, "amounts", {}), "order.amounts", AMOUNTS)
    return Order(
        number=_text(order["number"], "order.number"),
        currency=_currency(order["currency"], pack.currency),
        items=_items(order["items"]),
        shipping_method=_optional(order, "shipping_method", "order.", _text),
        monthly_skus=_optional(order, "monthly_skus", "order.", _count),
        amounts={name: _amount(one, f"order.amounts.{name}") for name, one in amounts.items() if one is not None},
        **instants,
    )


def _items(data: Any) -> tuple[Item, ...]:
    items = tuple(_item(one, f"order.items[{index}]") for index, one in enumerate(_list(data, "order.items")))
    _refuse_twice([item.sku for item in items], "order.items")
    return items


def _item(data: Any, field: str) -> Item:
    item = _mapping(data, field, _ITEM, required=("sku", "quantity", "paid"))
    flags = {name: _flag(item[name], f"{field}.{name}") for name in _FLAGS if item.get(name) is not None}
    return Item(
        sku=_text(item["sku"], f"{field}.sku"),
        quantity=_count(item["quantity"], f"{field}.quantity", least=1),
        paid=_amount(item["paid"], f"{field}.paid"),
        title=_optional(item, "title", f"{field}.", _any_text),
        commission=_optional(item, "commission", f"{field}.", _amount),
        seller_rating=_word(_given(item, "seller_rating", "normal"), f"{field}.seller_rating", RATINGS),
        **flags,
    )


def _affected(data: Any, order: Order) -> tuple[Affected, ...] | None:
    if data is None:
        return None
    ordered = {item.sku: item.quantity for item in order.items}
    affected = []
    for index, one in enumerate(_list(data, "affected")):
        field = f"affected[{index}]"
        unit = _mapping(one, field, ("sku", "quantity"), required=("sku", "quantity"))
        sku = _word(unit["sku"], f"{field}.sku", tuple(ordered))
        affected.append(Affected(sku, _count(unit["quantity"], f"{field}.quantity", least=1, most=ordered[sku])))
    _refuse_twice([one.sku for one in affected], "affected")
    return tuple(affected)


def _facts(data: Any, types: Mapping[str, FactType]) -> dict[str, bool | str]:
    facts = _mapping({} if data is None else data, "facts", tuple(types))
    return {name: _fact(value, f"facts.{name}", types[name]) for name, value in facts.items() if value is not None}


def _fact(value: Any, field: str, wanted: FactType) -> bool | str:
    if wanted.kind == "yes_no":
        return _flag(value, field)
    if wanted.kind == "choice":
        return _word(value, field, wanted.values)
    text = _any_text(value, field)
    if wanted.kind == "date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise ClaimError("must be a date, such as 2026-03-04", field=field) from None
    return text


def _evidence(data: Any, kinds: tuple[str, ...]) -> frozenset[str]:
    if data is None:
        return frozenset()
    if not isinstance(data, list):
        raise ClaimError("must be a list of evidence kinds", field="evidence", allowed=kinds)
    return frozenset(_word(one, f"evidence[{index}]", kinds) for index, one in enumerate(data))


def _mapping(
    data: Any, field: str, allowed: tuple[str, ...], *, required: tuple[str, ...] = (), prefix: str | None = None
) -> Mapping[str, Any]:
    prefix = f"{field}." if prefix is None else prefix
    if not isinstance(data, dict):
        raise ClaimError("must be an object", field=field, allowed=allowed)
    for key in data:
        if key not in allowed:
            raise ClaimError("unknown key", field=f"{prefix}{key}"[:200], allowed=allowed)
    for key in required:
        if data.get(key) is None:
            raise ClaimError("is required", field=f"{prefix}{key}")
    return data


def _given(data: Mapping[str, Any], key: str, default: Any) -> Any:
    value = data.get(key)
    return default if value is None else value


def _optional[T](data: Mapping[str, Any], key: str, prefix: str, read: Callable[[Any, str], T]) -> T | None:
    value = data.get(key)
    return None if value is None else read(value, f"{prefix}{key}")


def _list(data: Any, field: str) -> list[Any]:
    if not isinstance(data, list) or not data:
        raise ClaimError("must be a list with at least one entry", field=field)
    return data


def _refuse_twice(skus: list[str], field: str) -> None:
    seen: set[str] = set()
    for index, sku in enumerate(skus):
        if sku in seen:
            raise ClaimError("this SKU stands here twice; give each once", field=f"{field}[{index}].sku")
        seen.add(sku)


def _word(value: Any, field: str, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise ClaimError(f"unknown word {_shown(value)}", field=field, allowed=allowed)
    return value


def _text(value: Any, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ClaimError("must be a text that is not empty", field=field)
    return value


def _any_text(value: Any, field: str) -> str:
    if not isinstance(value, str):
        raise ClaimError("must be a text", field=field)
    return value


def _flag(value: Any, field: str) -> bool:
    if not isinstance(value, bool):
        raise ClaimError("must be a boolean", field=field, allowed=("true", "false"))
    return value


def _count(value: Any, field: str, *, least: int = 0, most: int = _MOST) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ClaimError(f"must be a whole number from {least} to {most}", field=field)
    return value


def _amount(value: Any, field: str) -> Decimal:
    """An amount in plain notation: digits and at most two decimals, as text or as a JSON number."""
    text = value if isinstance(value, str) else "" if isinstance(value, bool) else _number(value)
    if not _AMOUNT.fullmatch(text):
        raise ClaimError('must be an amount from 0 with at most two decimals, such as "12.50"', field=field)
    return Decimal(text)


def _number(value: Any) -> str:
    """A number in plain notation; empty for what is no number of a size that money has."""
    if isinstance(value, float):
        return repr(value)
    number = Decimal(value) if isinstance(value, Decimal | int) else Decimal("NaN")
    return format(number, "f") if number.is_finite() and abs(number) < _MOST**2 else ""


def _currency(value: Any, only: str | None) -> str:
    if not isinstance(value, str) or not _CURRENCY.fullmatch(value):
        raise ClaimError("must be three capital letters, such as CNY", field="order.currency")
    currency = "CNY" if value == "RMB" else value
    if only and currency != only:
        allowed = (only, "RMB") if only == "CNY" else (only,)
        raise ClaimError(f"this shop's orders are not in {value}", field="order.currency", allowed=allowed)
    return currency


def _instant(value: Any, field: str) -> datetime:
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        instant = None
    if instant is None or instant.utcoffset() is None:
        raise ClaimError("must be a time with its offset, such as 2026-03-04T09:00:00+08:00", field=field)
    if not _YEARS[0] <= instant.year <= _YEARS[1]:
        raise ClaimError(f"must be a time from {_YEARS[0]} to {_YEARS[1]}", field=field)
    return instant


def _shown(value: Any) -> str:
    """What was given, short enough to read."""
    text = repr(value) if isinstance(value, str) else f"({type(value).__name__})"
    return text if len(text) <= 60 else f"{text[:60]}…"
