"""Which items a sentence speaks of, and how many of each."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.claims.affected import Unclear, set_items
from redress.claims.draft import Draft
from redress.claims.items import find_items, find_number, find_place, tokens, words

ITEMS: list[dict[str, Any]] = [
    {"sku": "A1", "title": "Canvas bag", "quantity": 3},
    {"sku": "B2", "title": "Running shoes 42", "quantity": 1},
    {"sku": "C3", "title": "Phone case", "quantity": 2},
]
SKUS = {"A1", "B2", "C3"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("two of the three bags in OR100001 were missing", {"A1": 2}),
        ("one of the bags", {"A1": 1}),
        ("one has bought 2 of the bags", {"A1": 2}),
        ("both phone cases", {"C3": 2}),
        ("all three bags", {"A1": 3}),
        ("the bags", {"A1": None}),
        ("the shoes", {"B2": 1}),
        ("a phone case and two bags", {"C3": 1, "A1": 2}),
        ("bags x 2", {"A1": 2}),
        ("bag x2 + case x1", {"A1": 2, "C3": 1}),
        ("2 bags, the shoes and 1 case", {"A1": 2, "B2": 1, "C3": 1}),
        ("A1", {"A1": None}),
        ("a1 and c3", {"A1": None, "C3": None}),
        ("the bgas", {"A1": None}),
        ("the sheos", {"B2": 1}),
        ("the phones", {"C3": None}),
        ("CANVAS BAG", {"A1": None}),
        ("nothing of it", {}),
        ("it is broken", {}),
        ("", {}),
        ("in case you wonder", {"C3": None}),
    ],
)
def test_items_in_a_sentence(text: str, found: dict[str, int | None]) -> None:
    assert find_items(text, ITEMS) == found


def test_a_word_that_two_items_share_names_neither() -> None:
    items = [{"sku": "1", "title": "Red bag", "quantity": 1}, {"sku": "2", "title": "Blue bag", "quantity": 1}]
    assert find_items("the bag", items) == {}
    assert find_items("the red bag", items) == {"1": 1}
    assert find_items("the blue one and the red one", items) == {"1": 1, "2": 1}


@given(st.text(max_size=200))
def test_only_items_of_the_order_are_found_and_never_a_negative_number(text: str) -> None:
    found = find_items(text, ITEMS)
    assert set(found) <= SKUS
    assert all(units is None or units >= 0 for units in found.values())


@given(st.dictionaries(st.sampled_from(sorted(SKUS)), st.none() | st.integers(-5, 50), min_size=1))
def test_what_is_taken_is_never_more_than_was_ordered(wanted: dict[str, int | None]) -> None:
    order = {"number": "OR100001", "items": ITEMS}
    read = set_items(Draft(id="1", order=order), wanted)
    ordered = {item["sku"]: item["quantity"] for item in ITEMS}
    if any(units is not None and not 1 <= units <= ordered[sku] for sku, units in wanted.items()):
        assert isinstance(read, Unclear)
        assert read.values["ordered"] in ordered.values()
    else:
        assert isinstance(read, Draft)
        assert read.affected is not None
        assert set(read.affected) == set(wanted)
        assert all(units is None or 1 <= units <= ordered[sku] for sku, units in read.affected.items())


@given(st.sampled_from(ITEMS), st.integers(1, 12))
def test_a_number_before_an_item_is_its_number(item: dict[str, Any], units: int) -> None:
    name = {"A1": "bags", "B2": "shoes", "C3": "cases"}[item["sku"]]
    assert find_items(f"{units} {name}", ITEMS) == {item["sku"]: units}


@given(st.permutations(ITEMS))
def test_the_order_of_the_lines_does_not_matter(items: list[dict[str, Any]]) -> None:
    assert find_items("a phone case and two bags", items) == {"C3": 1, "A1": 2}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2),
        ("two", 2),
        ("just one", 1),
        ("a couple", 2),
        ("about 3 I think", 3),
        ("all of them", None),
        ("two or three", None),
        ("2 (two)", 2),
        ("a bag", None),
        ("none", None),
        ("1234567890", None),
        ("", None),
    ],
)
def test_the_number_in_a_text(text: str, number: int | None) -> None:
    assert find_number(text) == number


@given(st.integers(0, 999_999))
def test_a_number_alone_is_that_number(number: int) -> None:
    assert find_number(str(number)) == number
    assert find_number(f"it is {number}, sorry") == number


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2", 1),
        ("the second one", 1),
        ("option 3", 2),
        ("the last one", 2),
        ("first", 0),
        ("one", 0),
        ("number two please", 1),
        ("4", None),
        ("0", None),
        ("the shoes", None),
        ("first of all I am angry", None),
        ("", None),
    ],
)
def test_the_place_in_a_list(text: str, place: int | None) -> None:
    assert find_place(text, 3) == place


@given(st.text(max_size=60), st.integers(1, 30))
def test_a_place_is_in_the_list(text: str, length: int) -> None:
    place = find_place(text, length)
    assert place is None or 0 <= place < length


@given(st.text(max_size=100))
def test_words_are_what_is_left_of_the_tokens_without_the_marks(text: str) -> None:
    assert words(text) == [token for token in tokens(text) if token not in ",;:.&+"]
    assert all(word and not word.isspace() for word in words(text))
