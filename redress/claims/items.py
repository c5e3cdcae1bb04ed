"""Which items of an order a sentence speaks of, and how many of each."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "single": 1, "two": 2, "both": 2, "pair": 2, "couple": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12,
}  # fmt: skip
ALL = re.compile(r"\b(all|everything|every one|every item|both|whole (order|parcel|lot)|the lot)\b", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+", re.UNICODE)
ALIKE = 84  # of 100: "shoe" and "shoes", "bgas" and "bags", but not "case" and "cash"


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [word.lower() for word in WORD.findall(text)]


def find_items(text: str, items: Sequence[Mapping[str, Any]]) -> dict[str, int | None]:
    """The SKUs that the text names, each with the units it says, or None where it does not say.

    `items` are the order's lines in the contract's JSON. A line is named by its SKU or by a word of its title that no
    other line has ("the bags" for "Canvas bag"); misspellings within reason count.
    """
    heard = words(text)
    found: dict[str, int | None] = {}
    for item in items:
        place = _place_of(item, items, heard)
        if place is not None:
            found[item["sku"]] = _units_before(heard, place, item["quantity"])
    return found


def means_all(text: str) -> bool:
    """Whether the text says that everything is meant."""
    return bool(ALL.search(text))


def find_number(text: str) -> int | None:
    """The only number in a text, in digits or words; None when there is none or more than one."""
    numbers = {number for number in (_number(word) for word in words(text)) if number is not None}
    strong = {n for w in words(text) if w not in ("a", "an") and (n := _number(w)) is not None}
    chosen = strong or numbers
    return chosen.pop() if len(chosen) == 1 else None


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 7 else NUMBERS.get(word)


def _place_of(item: Mapping[str, Any], items: Sequence[Mapping[str, Any]], heard: list[str]) -> int | None:
    sku = words(item["sku"])
    for start in range(len(heard) - len(sku) + 1):
        if heard[start : start + len(sku)] == sku:
            return start
    others = {word for other in items if other is not item for word in words(other.get("title") or "")}
    own = [
        word for word in words(item.get("title") or "") if word not in others and not word.isdigit() and len(word) > 2
    ]
    places = [at for at, word in enumerate(heard) if any(_alike(word, name) for name in own)]
    return places[0] if places else None


def _alike(heard: str, name: str) -> bool:
    return len(heard) > 2 and fuzz.ratio(heard, name) >= ALIKE


def _units_before(heard: list[str], place: int, ordered: int) -> int | None:
    """The number that stands before the item: "two of the three bags" means two, "all three bags" every one."""
    before = heard[max(0, place - 5) : place]
    if "all" in before or "both" in before:
        return ordered
    numbers = [n for word in before if (n := _number(word)) is not None]
    if not numbers:
        return 1 if ordered == 1 else None
    return numbers[0] if "of" in before else numbers[-1]
