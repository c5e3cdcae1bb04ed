"""The thresholds' measure: near repetitions stay together, and the choice keeps its promise."""

import numpy as np

from dialogue import thresholds
from dialogue.intent.decision import Thresholds

ANSWERS = [
    *[("damaged", [("damaged", 0.8), ("defective", 0.1), ("out_of_scope", 0.1)])] * 96,
    *[("damaged", [("damaged", 0.5), ("out_of_scope", 0.37), ("defective", 0.13)])] * 3,
    ("damaged", [("damaged", 0.22), ("defective", 0.2), ("out_of_scope", 0.1)]),
    *[("out_of_scope", [("damaged", 0.5), ("out_of_scope", 0.42), ("defective", 0.08)])] * 6,
    *[("out_of_scope", [("damaged", 0.6), ("out_of_scope", 0.33), ("defective", 0.07)])] * 2,
    *[("out_of_scope", [("damaged", 0.9), ("out_of_scope", 0.05), ("defective", 0.05)])] * 2,
]


def test_near_repetitions_are_held_out_together():
    random = np.random.default_rng(1)
    vectors = np.repeat(random.normal(size=(200, 384)), 2, axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    out = thresholds.held_out(vectors)
    assert (out[::2] == out[1::2]).all()
    assert 0.1 < out.mean() < 0.3


def test_the_cost_counts_both_ways_of_turning_away():
    assert thresholds.cost(ANSWERS, Thresholds(out_of_scope=0.3, unsure=0.1)) == (0.03, 0.8)
    assert thresholds.cost(ANSWERS, Thresholds(out_of_scope=0.4, unsure=0.25)) == (0.01, 0.6)


def test_the_choice_turns_away_no_more_of_the_job_than_allowed():
    best = thresholds.chosen(ANSWERS)
    inside, outside = thresholds.cost(ANSWERS, best)
    assert inside <= thresholds.ALLOWED
    assert outside == 0.6, "at 0.35 and below more would be caught, and too many turned away"


def test_what_is_asked_back_is_counted():
    asked, better, either = thresholds.closeness(ANSWERS, 0.9)
    assert asked == 1 / len(ANSWERS)
    assert (better, either) == (1.0, 1.0)
