"""Reading which items are affected, and how many of each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from redress.claims.draft import Draft
from redress.claims.items import ORDINALS, find_items, find_number, find_place, words
from redress.claims.lexicon import Lexicon, parts, plain

EACH = frozenset({"every", "each"})  # "every single one" is no one
ORDINAL_WORDS = frozenset(ORDINALS)
NUMBERED = re.compile(r"(?:no\.?|nr\.?|number|#)\s*\d{1,2}", re.IGNORECASE)
FEW_WORDS = 8  # of a message in which a number is one of units
CODE = re.compile(r"[<>{}\\;=|]|\w\(")  # what nobody writes about goods


@dataclass(frozen=True)
class Unclear:
    """An answer that cannot stand: the response that says why, and its values."""

    response: str
    values: Mapping[str, Any]


type Read = Draft | Unclear | None


def read_items(text: str, draft: Draft, lexicon: Lexicon, *, everything: bool) -> Read:
    """The draft with the items that a text names, by name or by place; `everything`: it has a word for all of them."""
    assert draft.order is not None
    lines = draft.order["items"]
    if found := {**named_items(text, lines, lexicon), **_by_place(text, lines)}:
        return set_items(draft, found)
    place = find_place(text, len(lines))
    if place is not None:
        return set_items(draft, {lines[place]["sku"]: None})
    return set_items(draft, {line["sku"]: line["quantity"] for line in lines}) if everything else None


def named_items(text: str, lines: Sequence[Mapping[str, Any]], lexicon: Lexicon) -> dict[str, int | None]:
    """The items that a text names, and how many; "the bag, just one" tells the number of its only item by itself.

    Words that only sound like goods name none: "I write from my phone" means no phone case.
    """
    found = find_items(lexicon.no_goods.cut(text), lines)
    if len(found) == 1 and None in found.values():
        numbers = [n for part in parts(text) if (n := bare_number(part, lexicon)) is not None]
        return dict.fromkeys(found, numbers[0] if len(numbers) == 1 else None)
    return found


def bare_number(part: str, lexicon: Lexicon) -> int | None:
    """The number that is all that a part of a text says, beside words that stand around such: "just one of them"."""
    left = words(lexicon.recounts.pattern.sub(" ", plain(part)))
    return find_number(left[0]) if len(left) == 1 else None


def read_units(text: str, draft: Draft, sku: str, *, everything: bool) -> Read:
    """The draft with the units of one item that a text says; `everything`: it has a word for all of them."""
    assert draft.order is not None
    every = EACH.intersection(words(text))
    plain_words = len(text.split()) <= FEW_WORDS and not CODE.search(text)
    number = find_number(text) if plain_words and not every else None
    if number is None and (every or everything):
        number = next(line["quantity"] for line in draft.order["items"] if line["sku"] == sku)
    return None if number is None else set_units(draft, sku, number)


def set_units(draft: Draft, sku: str, units: int) -> Read:
    """The draft with that many units of one item, beside the others."""
    read = set_items(draft, {sku: units})
    return replace(read, affected={**(draft.affected or {}), sku: units}) if isinstance(read, Draft) else read


def set_items(draft: Draft, wanted: Mapping[str, int | None]) -> Read:
    """The draft with these items affected, in these numbers of units (None: still to be asked where it matters)."""
    assert draft.order is not None
    lines = {line["sku"]: line for line in draft.order["items"]}
    affected: dict[str, int | None] = {}
    for sku, units in wanted.items():
        if sku not in lines:
            return Unclear("utter_item_unknown", {})
        ordered = lines[sku]["quantity"]
        if units is not None and not 1 <= units <= ordered:
            return Unclear("utter_quantity_impossible", {"ordered": ordered, "title": lines[sku].get("title") or sku})
        affected[sku] = 1 if ordered == 1 else units
    return replace(draft, affected=affected)


def _by_place(text: str, lines: Sequence[Mapping[str, Any]]) -> dict[str, int | None]:
    """The items that parts of a text name by their place in the list: "the bag and the third one", "1 and 3"."""
    every = parts(text)
    ordinals = [one for one in every if ORDINAL_WORDS.intersection(words(one)) or NUMBERED.fullmatch(one)]
    if len(every) > 1 and all(one.isdecimal() for one in every):
        ordinals = every
    places = [find_place(one, len(lines)) for one in ordinals]
    return {lines[place]["sku"]: None for place in places if place is not None}
