"""What a message names: orders, e-mail addresses, tickets, problems."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.claims.conversation import Heard
from redress.claims.draft import Draft
from redress.claims.naming import (
    email_address,
    identifying,
    issue_of,
    name_issue,
    order_number,
    ticket_number,
)
from redress.policy.vocabulary import ISSUES
from tests.claims.talk import NOON, World

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("OR100001", "OR100001"),
        ("or100001", "OR100001"),
        ("My order is OR100001, and one bag is missing", "OR100001"),
        ("order no. 202611220001", "202611220001"),
        ("#30012345", "30012345"),
        ("number: OR 100001.", "OR100001"),
        ("OR-100001 please", "OR-100001"),
        ("订单号OR100001，少了一个包", "OR100001"),
        ("Заказ№OR100001", "OR100001"),
        ("OR100001 buyer@example.com", "OR100001"),
        ("MY NUMBER IS 100001", "100001"),
        ("it is no 100001", "100001"),
        ("buyer1234567@example.com OR100002", "OR100002"),
        ("RD-ABCD-2345 is my ticket, the order is OR100003", "OR100003"),
    ],
)
def test_order_numbers(text: str, number: str) -> None:
    assert order_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "two of the 3 bags",
        "I paid 1200",
        "size 42",
        "buyer1234567@example.com",
        "RD-ABCD-2345",
        "it came on 2026-03-04",
        "at 12:30",
        "I have ordered 100 of them",
        "4 weeks ago in 2025",
    ],
)
def test_what_is_no_order_number(text: str) -> None:
    assert order_number(text) is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("buyer@example.com", "buyer@example.com"),
        ("It is Buyer.Name+shop@Mail.Example.co.uk, thanks", "Buyer.Name+shop@Mail.Example.co.uk"),
        ("<buyer@example.com>", "buyer@example.com"),
        ("mailto:buyer@example.com.", "buyer@example.com"),
        ("我的邮箱是buyer@example.com。", "buyer@example.com"),
        ("o'neil@example.com", "o'neil@example.com"),
    ],
)
def test_email_addresses(text: str, address: str) -> None:
    assert email_address(text) == address


@pytest.mark.parametrize("text", ["", "buyer at example dot com", "@shop", "a@b", "five @ 3.50"])
def test_what_is_no_email_address(text: str) -> None:
    assert email_address(text) is None


@given(st.text(LETTERS, min_size=8, max_size=8), st.sampled_from(["-", " ", ""]), st.booleans())
def test_a_ticket_number_is_read_however_it_is_written(letters: str, between: str, small: bool) -> None:
    typed = f"RD{between}{letters[:4]}{between}{letters[4:]}"
    number = f"RD-{letters[:4]}-{letters[4:]}"
    said = f"what about {typed.lower() if small else typed}?"
    assert ticket_number(said) == number
    assert order_number(said) is None


@pytest.mark.parametrize("text", ["RD", "RD-ABC-2345", "RD-ABCD-234O", "road 1234 5678", "XRD-ABCD-2345"])
def test_what_is_no_ticket_number(text: str) -> None:
    assert ticket_number(text) is None


@given(
    st.from_regex(re.compile(r"[A-Z]{2}[0-9]{6,10}"), fullmatch=True),
    st.sampled_from(["{}", "order {}!", "it's {}, yes"]),
)
def test_a_number_is_found_again_in_what_was_found(number: str, sentence: str) -> None:
    found = order_number(sentence.format(number))
    assert found == number
    assert order_number(found) == number


def test_a_problem_is_named_by_its_intent() -> None:
    for issue in ISSUES:
        assert issue_of(heard("?", issue)) == issue
    assert issue_of(heard("?", "delivered_not_received")) == "non_delivery"
    assert issue_of(heard("?", "greet")) is None
    assert issue_of(Heard("?", NOON)) is None


def test_the_instant_of_the_first_naming_stays() -> None:
    first = name_issue(Draft(id="1"), "damaged", heard("broken", "damaged"))
    later = Heard("no, wrong", NOON.replace(hour=9), "wrong_item")
    second = name_issue(first, "wrong_item", later)
    assert first.reported_at == second.reported_at == NOON.isoformat()
    assert second.told == ("broken", "no, wrong")


def test_what_identifies_is_read_wherever_it_stands_but_never_replaced() -> None:
    draft = identifying(heard("OR100001 broken, buyer@example.com"), Draft(id="1"))
    assert (draft.order_number, draft.email) == ("OR100001", "buyer@example.com")
    again = identifying(heard("OR100002 other@example.com"), draft)
    assert (again.order_number, again.email) == ("OR100001", "buyer@example.com")


def heard(text: str, intent: str = "nlu_fallback") -> Heard:
    return Heard(text, NOON, intent, 0.9)


@pytest.mark.parametrize(
    "text", ["1 and 2", "no 2 and the first one", "the bag and the second one", "first and second"]
)
def test_several_items_by_their_places(world: World, text: str) -> None:
    talk = world.talk().hear("some things are broken", "damaged").identify().hear(text)
    assert set(talk.draft.affected or ()) == {"A1", "B2"}
