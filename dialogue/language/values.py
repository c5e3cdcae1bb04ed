"""From the words of an entity to its value, one function a kind; None: the words are no such entity after all."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Callable, Dict, Optional

from dialogue.language.dates import Rewrites, resolve

_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_SIZE = re.compile(r"(?P<system>[A-Z]+)?\W*(?:SIZE\W*)?(?P<number>\d{1,3}(?:[.,]5| ?½)?)\W*(?P<after>[A-Z]+)?")
_LETTERS = {
    "SMALL": "S",
    "MEDIUM": "M",
    "LARGE": "L",
    "EXTRASMALL": "XS",
    "EXTRALARGE": "XL",
    "XSMALL": "XS",
    "XLARGE": "XL",
    "2XL": "XXL",
    "3XL": "XXXL",
    "2XS": "XXS",
}


@dataclass(frozen=True)
class Context:
    """What a value may depend on beside its words: the buyer's clock, and the tables of the patterns."""

    now: datetime
    month_first: bool = False
    numbers: Dict[str, int] = field(default_factory=dict)
    rewrites: Rewrites = ()


def upper(words: str, _: Context) -> Optional[str]:
    """`rd-7k2m-9qxa` is `RD-7K2M-9QXA`."""
    return words.upper()


def lower(words: str, _: Context) -> Optional[str]:
    """An e-mail address, without a full stop or apostrophe that belongs to the sentence."""
    return words.strip(".'").lower()


def compact(words: str, _: Context) -> Optional[str]:
    """A number without the blanks that people put into it."""
    return re.sub(r"\s", "", words).upper()


def s10(words: str, context: Context) -> Optional[str]:
    """A postal tracking number (UPU standard S10) whose check digit is right."""
    number = compact(words, context) or ""
    digits = [int(digit) for digit in number[2:11]]
    check = 11 - sum(weight * digit for weight, digit in zip(_S10_WEIGHTS, digits[:8], strict=True)) % 11
    return number if digits[8] == {10: 0, 11: 5}.get(check, check) else None


def size(words: str, _: Context) -> Optional[str]:
    """`eur 42,5` and `42.5 EU` are `EU 42.5`, `extra large` is `XL`."""
    text = words.upper()
    found = _SIZE.search(text)
    letters = re.sub(r"[\s-]", "", text)
    if letters in _LETTERS:
        return _LETTERS[letters]
    if found is None or re.fullmatch(r"[2-6]X[SL]", letters):
        return letters
    system = (found["system"] or found["after"] or "").replace("EUR", "EU").replace("SIZE", "")
    number = found["number"].replace(",", ".").replace(" ", "").replace("½", ".5")
    return f"{system} {number}".strip()


def number(words: str, context: Context) -> Optional[int]:
    """A whole number from 0 to 999, in digits or words."""
    known = context.numbers.get(words.lower())
    if known is not None:
        return known
    return int(words) if re.fullmatch(r"\d{1,3}", words) else None


def date(words: str, context: Context) -> Optional[str]:
    """The day as `2026-03-12`, on the buyer's calendar."""
    day = resolve(words, context.now, context.month_first, context.rewrites)
    return day.isoformat() if day else None


KINDS: Dict[str, Callable[[str, Context], Any]] = {
    function.__name__: function for function in (upper, lower, compact, s10, size, number, date)
}
