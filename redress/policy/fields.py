"""How single fields of a claim are read: each refuses what it does not allow, naming the field."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from redress.policy.errors import ClaimError

_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_MOST = 1_000_000_000
_YEARS = (1970, 2999)  # so that no deadline leaves the calendar


def parse_json(content: bytes) -> Any:
    """JSON as plain data: numbers exact, no key twice. Raises ClaimError whatever the bytes are."""
    try:
        return json.loads(content.decode("utf-8-sig"), parse_float=Decimal, object_pairs_hook=_object)
    except RecursionError:
        raise ClaimError("nested too deeply", field="claim") from None
    except (ValueError, ArithmeticError) as error:
        raise ClaimError(f"not JSON: {error}", field="claim") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ClaimError("this key stands here twice", field=twice[:200] or "claim")
    return data


def mapping(
    data: Any, field: str, allowed: Mapping[str, Any], *, required: tuple[str, ...] = (), prefix: str | None = None
) -> Mapping[str, Any]:
    """An object with no key but the allowed ones, and all of the required."""
    prefix = f"{field}." if prefix is None else prefix
    if not isinstance(data, dict):
        raise ClaimError("must be an object", field=field, allowed=allowed)
    for key in data:
        if key not in allowed:
            raise ClaimError("unknown key", field=f"{prefix}{key}"[:200] or field, allowed=allowed)
    for key in required:
        if data.get(key) is None:
            raise ClaimError("is required", field=f"{prefix}{key}")
    return data


def given(data: Mapping[str, Any], key: str, default: Any) -> Any:
    """The value under a key, or the default where it is absent or null."""
    value = data.get(key)
    return default if value is None else value


def optional[T](data: Mapping[str, Any], key: str, prefix: str, read: Callable[[Any, str], T]) -> T | None:
    """The value under a key, read, or None where it is absent or null."""
    value = data.get(key)
    return None if value is None else read(value, f"{prefix}{key}")


def entries(data: Any, field: str) -> list[Any]:
    """A list that is not empty."""
    if not isinstance(data, list) or not data:
        raise ClaimError("must be a list with at least one entry", field=field)
    return data


def refuse_twice(skus: list[str], field: str) -> None:
    """Each SKU stands once."""
    seen: set[str] = set()
    for index, sku in enumerate(skus):
        if sku in seen:
            raise ClaimError("this SKU stands here twice; give each once", field=f"{field}[{index}].sku")
        seen.add(sku)


def word(value: Any, field: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words."""
    if not isinstance(value, str) or value not in allowed:
        raise ClaimError(f"unknown word {_shown(value)}", field=field, allowed=allowed)
    return value


def text(value: Any, field: str) -> str:
    """A text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise ClaimError("must be a text that is not empty", field=field)
    return value


def any_text(value: Any, field: str) -> str:
    """A text, be it empty."""
    if not isinstance(value, str):
        raise ClaimError("must be a text", field=field)
    return value


def flag(value: Any, field: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ClaimError("must be a boolean", field=field, allowed=("true", "false"))
    return value


def count(value: Any, field: str, *, least: int = 0, most: int = _MOST) -> int:
    """A whole number, never a boolean."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ClaimError(f"must be a whole number from {least} to {most}", field=field)
    return value


def amount(value: Any, field: str) -> Decimal:
    """An amount in plain notation: digits and at most two decimals, as text or as a JSON number."""
    plain = value if isinstance(value, str) else "" if isinstance(value, bool) else _number(value)
    if not _AMOUNT.fullmatch(plain):
        raise ClaimError('must be an amount from 0 with at most two decimals, such as "12.50"', field=field)
    return Decimal(plain)


def _number(value: Any) -> str:
    """A number in plain notation; empty for what is no number of a size that money has."""
    if isinstance(value, float):
        return repr(value)
    number = Decimal(value) if isinstance(value, Decimal | int) else Decimal("NaN")
    return format(number, "f") if number.is_finite() and abs(number) < _MOST**2 else ""


def currency(value: Any, only: str | None) -> str:
    """A currency code; RMB is written CNY. `only` is the one that the shop takes, if there is but one."""
    if not isinstance(value, str) or not _CURRENCY.fullmatch(value):
        raise ClaimError("must be three capital letters, such as CNY", field="order.currency")
    code = "CNY" if value == "RMB" else value
    if only and code != only:
        allowed = (only, "RMB") if only == "CNY" else (only,)
        raise ClaimError(f"this shop's orders are not in {value}", field="order.currency", allowed=allowed)
    return code


def instant(value: Any, field: str) -> datetime:
    """An instant with its offset."""
    try:
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        read = None
    if read is None or read.utcoffset() is None:
        raise ClaimError("must be a time with its offset, such as 2026-03-04T09:00:00+08:00", field=field)
    if not _YEARS[0] <= read.year <= _YEARS[1]:
        raise ClaimError(f"must be a time from {_YEARS[0]} to {_YEARS[1]}", field=field)
    return read


def day(value: Any, field: str) -> str:
    """A day, in ISO 8601 (2026-03-04)."""
    try:
        read = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        read = None
    if read is None or not _YEARS[0] <= read.year <= _YEARS[1]:
        raise ClaimError(f"must be a date from {_YEARS[0]} to {_YEARS[1]}, such as 2026-03-04", field=field)
    return read.isoformat()


def _shown(value: Any) -> str:
    """What was given, short enough to read."""
    shown = repr(value) if isinstance(value, str) else f"({type(value).__name__})"
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
