"""What the format of a policy pack is made of: strict mappings, citations, lengths of time and conditions."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from redress.policy.texts import Texts
from redress.policy.vocabulary import (
    Instant,
    Rating,
    Stage,
    Tracking,
)


class Part(BaseModel):
    """A mapping of a pack: unknown keys are refused with the keys that are allowed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _only_known_keys(cls, value: Any) -> Any:
        allowed = [field.alias or name for name, field in cls.model_fields.items()]
        if not isinstance(value, dict):
            raise PydanticCustomError("mapping", "expected a mapping; allowed keys: {allowed}", {"allowed": allowed})
        if unknown := [key for key in value if key not in allowed]:
            context = {"key": unknown[0], "allowed": allowed}
            raise PydanticCustomError("unknown_key", "unknown key; allowed keys: {allowed}", context)
        return value


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _date(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("a day is written as 2026-03-04, and there must be such a day") from None


def _decimal(value: Any) -> Any:
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", str(value)):
        raise ValueError("an amount is a number such as 12.50: not negative, at most two decimals")
    return Decimal(str(value))


def exactly_one(part: BaseModel, *names: str) -> None:
    if sum(getattr(part, name) is not None for name in names) != 1:
        raise PydanticCustomError("one_of", "give exactly one of {names}", {"names": ", ".join(names)})


type OneOrMore[T] = Annotated[tuple[T, ...], BeforeValidator(_listed), Field(min_length=1, strict=False)]
type Many[T] = Annotated[tuple[T, ...], BeforeValidator(_listed), Field(strict=False)]
Day = Annotated[date, BeforeValidator(_date)]
Money = Annotated[Decimal, BeforeValidator(_decimal)]
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Ref = Annotated[str, Field(pattern=r"^[1-9][0-9]*\.[1-9][0-9]*$")]
Print = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]


class Clause(Part):
    """Where the shop's text says so: paragraph.sentence, our plain words for it, and the sentence's fingerprint."""

    ref: Ref
    says: Texts
    print: Print

    def to_json(self) -> dict[str, str]:
        """The contract's JSON, in English."""
        return {"ref": self.ref, "says": self.says["en"]}


class Period(Part):
    """A length of time: exactly one unit. Hours are exact; days and weeks end at 23:59:59 of the last one."""

    hours: Annotated[int, Field(ge=1, le=10_000)] | None = None
    days: Annotated[int, Field(ge=1, le=10_000)] | None = None
    weeks: Annotated[int, Field(ge=1, le=1_000)] | None = None
    working_days: Annotated[int, Field(ge=1, le=250)] | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        exactly_one(self, "hours", "days", "weeks", "working_days")
        return self


class Span(Period):
    """A period after an instant of the order, or after a fact that is a date."""

    after: Instant | Word
    counted_from: Literal["instant", "next_full_hour"] = "instant"


class Elapsed(Span):
    """True once `at` is later than the end of the span; never true while either instant is unknown."""

    at: Literal["reported_at"] | Instant = "reported_at"


class ItemFlags(Part):
    """What an affected item is; all that are given must hold of the same item."""

    factory_special: bool | None = None
    seller_rating: Rating | None = None
    ordered_on_platform: bool | None = None


class Condition(Part):
    """What must hold: every key that is given. A fact that is unknown matches only the word `unknown`."""

    facts: dict[Word, OneOrMore[bool | str]] = Field(default_factory=dict)
    tracking: Many[Tracking] = ()
    stage: Many[Stage] = ()
    shipping_method: Many[str] = ()
    items: ItemFlags | None = None
    known: Many[Instant] = ()
    unknown: Many[Instant] = ()
    elapsed: Elapsed | None = None
    any: Many["Condition"] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("empty", "an empty condition; leave it out where something always holds")
        return self


class Conditional(Part):
    """Holds if `if` does (left out: always) and `unless` does not (left out: never)."""

    condition: Condition | None = Field(None, alias="if")
    exception: Condition | None = Field(None, alias="unless")
