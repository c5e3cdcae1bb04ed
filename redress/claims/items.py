"""Which items of an order a sentence speaks of, and how many of each."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "single": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12,
}  # fmt: skip
WHICH = frozenset({"every", "each", "which", "that", "this"})  # "every one" is no number
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
EVERY = frozenset({"all", "both"})
BREAK = frozenset(
    {":", ",", ";", ".", "&", "+", "and", "plus", "but", "while", "y", "и", "和"}
)  # between one item and the next
NEGATION = frozenset({"not", "no", "isn", "wasn", "aren", "weren"})  # "not the bag but the shoes"
DETERMINERS = frozenset(
    ["the", "my", "this", "that", "these", "those", "of", "it", "s", "t", "about", "any", "all", "both"]
)
TOKEN = re.compile(r"[^\W_]+|[,;:.&+]")
NO_COUNT = re.compile(r"(?<!\w)-\d|\d[.,]\d")  # below nothing, or a part of one
ALIKE = 84  # of 100: "shoe" and "shoes", "bgas" and "bags", but not "case" and "cash"


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [token for token in tokens(text) if token[0].isalnum()]


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, and the marks that separate them."""
    return [token.lower() for token in TOKEN.findall(text)]


def find_items(text: str, items: Sequence[Mapping[str, Any]]) -> dict[str, int | None]:
    """The SKUs that the text names, each with the units it says, or None where it does not say.

    `items` are the order's lines in the contract's JSON. A line is named by its SKU or by a word of its title that no
    other line has ("the bags" for "Canvas bag"); misspellings within reason count. A number belongs to the item that
    it stands before, within the same part of the sentence, or behind which it stands as "x 2".
    """
    heard = tokens(text)
    named = sorted((place, item["sku"], item["quantity"]) for item in items if (place := _place(item, items, heard)))
    found: dict[str, int | None] = {}
    for (start, end), sku, ordered in named:
        if _excluded(heard, start):
            continue
        found[sku] = 1 if ordered == 1 and not _digits_before(heard, start) else _units(heard, start, end, ordered)
    return found


def find_number(text: str) -> int | None:
    """The only number in a text, in digits or words; None when there is none or more than one. Articles are none."""
    if NO_COUNT.search(text):
        return None
    said = words(text)
    counted = [word for before, word in zip(["", *said], said, strict=False) if before not in WHICH]
    numbers = {n for word in counted if word not in ("a", "an") and (n := _number(word)) is not None}
    return numbers.pop() if len(numbers) == 1 else None


def find_place(text: str, length: int) -> int | None:
    """The place in a list of that length that a text names ("2", "the second one", "option 3"), counted from 0."""
    said = [word for word in words(text) if word not in ("the", "one", "option", "number", "no", "item", "please")]
    if len(said) > 1:
        return None
    word = said[0] if said else "one" if words(text) == ["one"] else ""
    place = ORDINALS.get(word, _number(word) or 0)
    if place < 0:
        return length - 1
    return place - 1 if 1 <= place <= length else None


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 7 else NUMBERS.get(word)


def _place(item: Mapping[str, Any], items: Sequence[Mapping[str, Any]], heard: list[str]) -> tuple[int, int] | None:
    """Where the item is named: the places of its first word and behind its last one."""
    sku = words(item["sku"])
    for start in range(len(heard) - len(sku) + 1):
        if heard[start : start + len(sku)] == sku:
            return start, start + len(sku)
    others = {word for other in items if other is not item for word in words(other.get("title") or "")}
    own = [w for w in words(item.get("title") or "") if w not in others and not w.isdigit() and len(w) > 2]
    places = [at for at, word in enumerate(heard) if any(_alike(word, name) for name in own)]
    if not places:
        return None
    end = places[0]
    while end + 1 in places:
        end += 1
    return places[0], end + 1


def _alike(heard: str, name: str) -> bool:
    if len(heard) < 3:
        return False
    swapped = heard[0] == name[0] and sorted(heard) in (sorted(name), sorted(name + "s"))  # "bgas"
    return swapped or fuzz.ratio(heard, name) >= ALIKE


def _excluded(heard: list[str], start: int) -> bool:
    """Whether a negation stands before an item, with nothing between but what belongs to it: "not the two bags"."""
    place = start - 1
    while place >= 0 and (heard[place] in DETERMINERS or _number(heard[place]) is not None):
        place -= 1
    return place >= 0 and heard[place] in NEGATION


def _part_before(heard: list[str], start: int) -> list[str]:
    part: list[str] = []
    for word in reversed(heard[max(0, start - 6) : start]):
        if word in BREAK:
            break
        part.insert(0, word)
    return part


def _digits_before(heard: list[str], start: int) -> bool:
    return any(word.isdigit() for word in _part_before(heard, start))


def _units(heard: list[str], start: int, end: int, ordered: int) -> int | None:
    """The number of an item: "two of the three bags" means two, "all three bags" every one, "bags x 2" two."""
    behind = heard[end : end + 2]
    if behind[:1] == ["x"] and len(behind) == 2 and behind[1].isdigit():
        return int(behind[1])
    if behind and re.fullmatch(r"x\d+", behind[0]):
        return int(behind[0][1:])
    before = _part_before(heard, start)
    if EVERY.intersection(before):
        return ordered
    if "of" in before:  # what stands behind it says of how many: "two of the three"
        of = len(before) - 1 - before[::-1].index("of")
        before = before[:of] if any(_number(word) is not None for word in before[:of]) else before
    numbers = [n for word in before if (n := _number(word)) is not None]
    return numbers[-1] if numbers else None
