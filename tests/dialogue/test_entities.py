"""Entities: every sentence of entities.yml, and the rules behind the values."""

import itertools
from datetime import datetime, timezone

import pytest
from rasa.shared.nlu.training_data.message import Message

from dialogue.language import dates, values
from dialogue.language.entities import PatternEntities
from dialogue.language.identifiers import blanked
from dialogue.language.tokenizer import DOC, english
from dialogue.measure import entities

NOW = datetime(2026, 3, 25, 10, tzinfo=timezone.utc)  # noqa: UP017 - Python 3.10
CONTEXT = values.Context(NOW)


@pytest.fixture(scope="module")
def component():
    return PatternEntities()


def found(component, text, metadata=None):
    message = Message(data={"text": text, "metadata": metadata or {"now": NOW.isoformat()}})
    message.set(DOC, english().make_doc(text))
    (result,) = component.process([message])
    return result.get("entities")


@pytest.mark.parametrize("sentence", entities.sentences(), ids=lambda sentence: sentence.text)
def test_sentence(component, sentence):
    got = {(e["entity"], str(e["value"])) for e in found(component, sentence.text, sentence.metadata)}
    assert got == sentence.expected


def test_start_and_end_are_the_words(component):
    text = "I ordered  an XL shirt, got 2XL"
    assert [text[e["start"] : e["end"]] for e in found(component, text)] == ["XL", "shirt", "2XL"]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("not the blue one", True),
        ("it isn't red", True),
        ("never sent by DHL", True),
        ("no, the blue one", False),
        ("not good, I want the red one", False),
        ("I did not like it but the red one is fine", False),
        ("the blue one", False),
    ],
)
def test_denied_words_are_marked(component, text, denied):
    (entity,) = [e for e in found(component, text) if e["entity"] in ("colour", "carrier")]
    assert entity.get("negated", False) is denied


@pytest.mark.parametrize(
    ("number", "right"),
    [("RR123456785CN", True), ("rr 123 456 785 cn", True), ("RR123456784CN", False), ("EA473124829CN", True)],
)
def test_postal_numbers_must_have_the_right_check_digit(number, right):
    assert (values.s10(number, CONTEXT) is not None) is right


def test_exactly_one_check_digit_is_right_for_every_serial():
    for serial in ("00000000", "47312482", "99999999", "10000001", "60504030"):
        assert sum(values.s10(f"RR{serial}{digit}CN", CONTEXT) is not None for digit in range(10)) == 1


@pytest.mark.parametrize(
    ("metadata", "day"),
    [
        ({"now": "2026-03-24T23:30:00+00:00"}, 24),
        ({"now": "2026-03-24T23:30:00+00:00", "time_zone": "Asia/Shanghai"}, 25),
        ({"now": "2026-03-25T00:30:00+00:00", "time_zone": "America/New_York"}, 24),
        ({"now": "2026-03-24T23:30:00+00:00", "time_zone": "Atlantis/Sunken"}, 24),
    ],
)
def test_today_is_the_buyers(metadata, day):
    assert dates.clock(metadata).day == day


@pytest.mark.parametrize(
    ("now", "words", "day"),
    [
        ("00:50", "1 hour ago", "2026-03-24"),
        ("01:10", "1 hour ago", "2026-03-25"),
        ("13:59", "13 hours ago", "2026-03-25"),
        ("13:59", "14 hours ago", "2026-03-24"),
        ("00:50", "25/03", "2026-03-25"),
        ("00:50", "26/03", "2025-03-26"),
        ("00:50", "today", "2026-03-25"),
    ],
)
def test_a_day_is_counted_from_the_hour(component, now, words, day):
    (entity,) = found(component, words, {"now": f"2026-03-25T{now}:30+00:00"})
    assert entity["value"] == day


ODD = {"empty": "", "blank": "   ", "marks": "???", "slashes": "/" * 50, "digits": "9" * 5000, "long": "a" * 10_000}


@pytest.mark.parametrize("text", [*ODD.values(), "1Z " * 300], ids=[*ODD, "UPS"])
def test_odd_texts_break_nothing(component, text):
    assert isinstance(found(component, text) or [], list)


def test_what_is_found_never_overlaps(component):
    text = "order OR100001 RR123456785CN size EU 42 two red XL t-shirts on 12/03 by DHL to a@b.co " * 3
    spans = [(e["start"], e["end"]) for e in found(component, text)]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("order OR100001 is late", "order          is late"),
        ("mail a@b.co now", "mail        now"),
        ("tracking number: 61299998820821171811.", "tracking number:                     ."),
        ("two shirts, size 42", "two shirts, size 42"),
        ("My email is a@b.co. It broke", " " * 20 + "It broke"),
        ("it broke. Order OR100001", "it broke. " + " " * 14),
        ("my order OR100001", "my order         "),
        ("it is about my order. It broke", "it is about my order. It broke"),
        ("the colour and model are fine, but not the size", " " * 29 + ", but not the size"),
        ("the label is fine, thanks", "the label is fine, thanks"),
        ("is it fine to wait, or what", "is it fine to wait, or what"),
    ],
)
def test_identifiers_are_blanked_in_place(text, blank):
    assert blanked(text) == blank
