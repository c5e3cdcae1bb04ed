"""Which value of its question an answer tells: regression over n-grams and the published vector, one per question."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, Sequence, Tuple

import numpy as np

from dialogue.encoder.runtime import DIMENSIONS
from dialogue.intent.features import TextFeatures
from dialogue.intent.regression import TextRegression, fit_softmax

STRENGTH = 20.0  # of the regression; chosen on answers that nobody here wrote
STEPS = 25  # of its learning: few examples are soon learned
_NAME = "told"

Example = Tuple[str, str]  # "question/value" and an answer that tells it


class AnswerModel:
    """Probabilities of the values of each question; the regression's labels are "question/value"."""

    def __init__(self, regression: TextRegression) -> None:
        self.regression = regression
        questions = [label.partition("/")[0] for label in regression.labels]
        self._questions = np.unique(questions, return_inverse=True)[1]

    @classmethod
    def fit(cls, examples: Sequence[Example], vectors: np.ndarray) -> AnswerModel:
        """Learn from examples and their published vectors, shape (examples, 384)."""
        features = TextFeatures()
        features.fit([text for _, text in examples])
        rows = features.transform([text for _, text in examples])
        labels = sorted({label for label, _ in examples})
        weights = np.zeros((rows.shape[1] + DIMENSIONS, len(labels)), np.float32)
        bias = np.zeros(len(labels), np.float32)
        places = np.array([labels.index(label) for label, _ in examples])
        for question in sorted({label.partition("/")[0] for label in labels}):
            columns = [i for i, label in enumerate(labels) if label.partition("/")[0] == question]
            mine = np.flatnonzero(np.isin(places, columns))
            used = np.flatnonzero(rows[mine].getnnz(axis=0))
            classes = places[mine] - columns[0]
            found, offsets = fit_softmax(rows[mine][:, used], vectors[mine], classes.tolist(), STRENGTH, STEPS)
            weights[np.ix_([*used, *range(rows.shape[1], len(weights))], columns)] = found
            bias[columns] = offsets
        return cls(TextRegression(features, labels, weights, bias))

    def probabilities(self, text: str, vector: np.ndarray) -> Dict[str, float]:
        """Return the probability of each "question/value" among the values of its question."""
        logits = self.regression.logits([text], vector[np.newaxis])[0]
        powers = np.exp(logits - logits.max())
        shares = powers / np.bincount(self._questions, powers)[self._questions]
        return dict(zip(self.regression.labels, shares.tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        self.regression.save(folder, _NAME)

    @classmethod
    def load(cls, folder: Path) -> AnswerModel:
        """Read what `save` wrote."""
        return cls(TextRegression.load(folder, _NAME))
