"""Misspelt words on which a message turns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.claims.conversation import Question
from redress.settings import ROOT
from redress.texts import read_yaml
from tests.claims.talk import LEXICON, World

WORDS = sorted(read_yaml(ROOT / "data" / "lexicon.yml")["further_words"])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I want to witdhraw my claim", "I want to withdraw my claim"),
        ("cancle it", "cancel it"),
        ("I want to APPEEL", "I want to appeal"),
        ("a refnud or a replacment", "a refund or a replacement"),
        ("the secnd one", "the second one"),
        ("Thaks for evreything, a nromal parcle", "thanks for everything, a normal parcel"),
    ],
)
def test_a_slip_is_read_as_the_word(said: str, meant: str) -> None:
    assert LEXICON.spelt(said) == meant


@pytest.mark.parametrize(
    "text",
    [
        "stains appear after washing",
        "two refunds",
        "I was exchanged for him",
        "OR100001",
        "取消",
        "",
        "review it",
        "my e-mial is ordre@parcle.com",
        "https://ordre.parcle",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert LEXICON.spelt(text) == text


@given(st.text())
def test_nothing_but_letters_of_long_words_changes(text: str) -> None:
    """Numbers, addresses and marks stay where they are; what is spelt right is left alone."""
    once = LEXICON.spelt(text)
    assert LEXICON.spelt(once) == once
    assert [c for c in once if not c.isalpha()] == [c for c in text if not c.isalpha()]


@given(st.sampled_from(WORDS), st.data())
def test_two_letters_that_changed_places_are_never_another_word(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 2))
    slip = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assert LEXICON.spelt(slip) in (word, slip)


def test_the_buyers_words_are_kept_as_they_were_written(world: World) -> None:
    talk = world.talk().hear("one bag is torn", "damaged").hear("cancle it all please", "cancel_claim")
    assert talk.question is None or talk.state.question == Question("issue", "choice")
    said = [line["text"] for line in world.transcripts.transcript(talk.id) if line["author"] == "buyer"]
    assert said[-1] == "cancle it all please"
