"""From a ranking to a decision, from a text to its clauses, from intents to labels."""

import itertools

import numpy as np
import pytest

from dialogue.encoder.runtime import DIMENSIONS
from dialogue.intent.clauses import clauses
from dialogue.intent.decision import Thresholds, decide
from dialogue.intent.features import TextFeatures, folded
from dialogue.intent.neighbours import NEAREST, READINGS, TEMPERATURE, Neighbours
from dialogue.intent.problems import second_problem
from dialogue.intent.regression import TextRegression, fit_softmax
from dialogue.intent.table import IntentTable

THRESHOLDS = Thresholds(out_of_scope=0.35, unsure=0.15, close=0.7)
TABLE = IntentTable.read()


@pytest.mark.parametrize(
    ("ranking", "kind", "intent", "close"),
    [
        ([("damaged", 0.8), ("defective", 0.1), ("out_of_scope", 0.1)], "intent", "damaged", ()),
        ([("damaged", 0.4), ("defective", 0.3), ("out_of_scope", 0.1)], "close", "damaged", ("damaged", "defective")),
        ([("out_of_scope", 0.6), ("damaged", 0.3), ("greet", 0.1)], "out_of_scope", "out_of_scope", ()),
        ([("damaged", 0.5), ("out_of_scope", 0.4), ("greet", 0.1)], "out_of_scope", "out_of_scope", ()),
        ([("damaged", 0.12), ("greet", 0.11), ("out_of_scope", 0.1)], "unsure", "nlu_fallback", ()),
    ],
)
def test_decisions(ranking, kind, intent, close):
    decision = decide(ranking, THRESHOLDS)
    assert (decision.kind, decision.intent, decision.close) == (kind, intent, close)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one shirt is missing", ["one shirt is missing"]),
        ("it did arrive, but one item is missing", ["it did arrive", "but one item is missing"]),
        ("One is broken! The other is red.", ["One is broken!", "The other is red."]),
        ("yes, the blue one is torn", ["yes", "the blue one is torn"]),
        ("it is torn, sadly", ["it is torn, sadly"]),
        ("", [""]),
    ],
)
def test_clauses(text, parts):
    assert [text[start:end].strip(" ,") for start, end in clauses(text)] == parts


@pytest.mark.parametrize("text", ["a, b. c! d and e\nf but g", "...,,,", "and and and", "x" * 5000])
def test_clauses_cover_the_text_in_order(text):
    spans = clauses(text)
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(spans))


def test_a_second_problem_is_another_story():
    named = [("non_delivery", 0.9), ("late_delivery", 0.8), ("damaged", 0.6)]
    assert second_problem("non_delivery", named, TABLE) == "damaged"
    assert second_problem("late_delivery", named[:2], TABLE) is None
    assert second_problem("greet", named, TABLE) is None


def test_labels_join_intents_and_leave_out_what_has_none():
    ranking = [
        ("cancellation", 0.3),
        ("complaint", 0.25),
        ("cancel_claim", 0.2),
        ("damaged", 0.15),
        ("out_of_scope", 0.1),
    ]
    assert TABLE.labelled(ranking) == [("cancel_order", 0.5), ("damaged", 0.15)]


def test_folding_joins_what_means_the_same():
    assert folded("sooooo bad’s 1234567 at http://x.y/z") == "soo bad's 000 at  url "


def test_one_row_is_what_many_rows_have():
    texts = ["the bag is missing", "the shoes are missing too", "the bag, the bag!"] * 2
    features = TextFeatures()
    features.fit(texts)
    rows = features.transform(texts).toarray()
    for text, expected in zip(texts, rows, strict=True):
        columns, values = features.row(text)
        row = 0 * expected
        row[columns] = values
        assert row == pytest.approx(expected, abs=1e-6)


def test_a_regression_that_was_saved_says_the_same(tmp_path):
    texts = ["the bag is missing", "the shoes are missing too", "the bag, the bag!"] * 2
    random = np.random.default_rng(0)
    features = TextFeatures()
    features.fit(texts)
    weights = random.normal(size=(features.transform(texts).shape[1] + DIMENSIONS, 2)).astype(np.float32)
    vectors = random.normal(size=(6, DIMENSIONS)).astype(np.float32)
    saved = TextRegression(features, ["a", "b"], weights, np.array([0, 1], np.float32))
    saved.save(tmp_path, "it")
    loaded = TextRegression.load(tmp_path, "it")
    assert loaded.labels == saved.labels
    assert loaded.logits(texts, vectors) == pytest.approx(saved.logits(texts, vectors))


@pytest.mark.parametrize("columns", [DIMENSIONS, 2 * DIMENSIONS])
def test_the_quantized_search_votes_as_a_plain_one(columns, tmp_path):
    random = np.random.default_rng(0)
    centres = random.normal(size=(5, columns // DIMENSIONS, DIMENSIONS))
    classes = random.integers(0, 5, 400)
    readings = centres[classes] + random.normal(size=(400, *centres.shape[1:]))
    readings /= np.linalg.norm(readings, axis=-1, keepdims=True)
    vectors = readings.reshape(400, columns).astype(np.float32)
    Neighbours.fit(vectors[:380], classes[:380], 5).save(tmp_path)
    votes = Neighbours.load(tmp_path, 5).probabilities(vectors[380:])

    parts = READINGS if columns > DIMENSIONS else (1.0,)
    cosines = sum(part * readings[380:, i] @ readings[:380, i].T for i, part in enumerate(parts))
    for got, row in zip(votes, cosines, strict=True):
        nearest = np.argsort(-row)[:NEAREST]
        plain = np.bincount(classes[nearest], np.exp((row[nearest] - 1) / TEMPERATURE), 5)
        assert got == pytest.approx(plain / plain.sum(), abs=0.02)


def test_fewer_sentences_than_votes_are_enough():
    vectors = np.eye(3, DIMENSIONS, dtype=np.float32)
    votes = Neighbours.fit(vectors, [0, 1, 1], 2).probabilities(np.vstack([vectors[:1], 0 * vectors[:1]]))
    assert votes[0, 0] > 0.9
    assert votes.sum(axis=1) == pytest.approx([1, 1])


def test_regression_is_the_textbooks():
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    random = np.random.default_rng(0)
    dense, sparse = random.normal(size=(120, 5)).astype(np.float32), random.normal(size=(120, 4)).astype(np.float32)
    classes = (dense[:, 0] + sparse[:, 1] > 0).astype(int) + (dense[:, 2] > 1)
    weights, bias = fit_softmax(csr_matrix(sparse), dense, classes, strength=2.0, steps=500)
    ours = np.hstack([sparse, dense]) @ weights + bias
    expected = LogisticRegression(C=2.0, class_weight="balanced", max_iter=2000, tol=1e-8).fit(
        np.hstack([sparse, dense]), classes
    )
    theirs = expected.decision_function(np.hstack([sparse, dense]))
    difference = (ours - ours.mean(axis=1, keepdims=True)) - (theirs - theirs.mean(axis=1, keepdims=True))
    assert abs(difference).max() < 0.02
