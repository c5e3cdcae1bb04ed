"""How results are counted."""

import pytest

from dialogue.measure.entities import score as score_entities
from dialogue.measure.latency import quantiles
from dialogue.measure.messages import Labelled
from dialogue.measure.scores import Answer, by_label, score

MESSAGES = [
    Labelled("a", "damaged"),
    Labelled("b", "damaged", frozenset({"defective"})),
    Labelled("c", "greet"),
    Labelled("d", "thank"),
]
ANSWERS = [
    Answer(("damaged", "greet"), "damaged"),
    Answer(("defective", "damaged"), "defective"),
    Answer(("thank", "greet"), "unsure"),
    Answer(("greet", "damaged"), "greet"),
]
OUTSIDE = [Labelled("x", "near"), Labelled("y", "unrelated")]
REFUSED = [Answer(("greet",), "greet"), Answer(("greet",), "out_of_scope")]


def test_shares():
    scores = score(MESSAGES, ANSWERS, OUTSIDE, REFUSED)
    assert (scores.strict, scores.lenient, scores.top2) == (0.25, 0.5, 0.75)
    assert (scores.turned_away, scores.oos_recall, scores.oos_recall_near) == (0.25, 0.5, 0.0)
    assert scores.macro_f1 == pytest.approx((2 / 3 + 0 + 0) / 3)


def test_the_table_of_labels():
    damaged = by_label(MESSAGES, ANSWERS)[0]
    assert (damaged.label, damaged.messages, damaged.precision, damaged.recall) == ("damaged", 2, 1.0, 0.5)
    assert damaged.taken_for == (("defective", 1),)


def test_entities_need_the_right_value():
    expected = [{("size", "M")}, {("size", "L"), ("colour", "red")}]
    found = [{("size", "M")}, {("size", "XL"), ("colour", "red")}]
    counts = {row.entity: (row.expected, row.found, row.right) for row in score_entities(expected, found)}
    assert counts == {"colour": (1, 1, 1), "size": (2, 2, 1), "all": (3, 3, 2)}


def test_quantiles():
    assert quantiles([float(i) for i in range(100)]).p95 == 95
    assert quantiles([3.0, 1.0, 2.0]).p50 == 2.0
