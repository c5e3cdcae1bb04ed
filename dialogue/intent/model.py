"""What is learned: regression over n-grams and the published vectors, and the nearest sentences by both readings.

Ways of reading that err on different messages: their mean is better than each of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import List, Sequence, Tuple

import numpy as np

from dialogue.encoder.runtime import DIMENSIONS
from dialogue.intent.features import TextFeatures
from dialogue.intent.neighbours import Neighbours
from dialogue.intent.regression import TextRegression, fit_softmax

REGRESSION = 0.4  # of a probability; the neighbours have the rest
_NAME = "intents"


class IntentModel:
    """Probabilities of intents."""

    def __init__(self, regression: TextRegression, near: Neighbours) -> None:
        self.regression = regression
        self.intents = regression.labels
        self.near = near

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: np.ndarray, intents: Sequence[str], strength: float) -> IntentModel:
        """Learn from texts, their sentence vectors and their intents.

        The vectors are those of both readings, (texts, 768), or of the published one alone, (texts, 384).
        """
        features = TextFeatures()
        features.fit(texts)
        names = sorted(set(intents))
        classes = [names.index(intent) for intent in intents]
        weights, bias = fit_softmax(features.transform(texts), vectors[:, :DIMENSIONS], classes, strength)
        regression = TextRegression(features, names, weights, bias)
        return cls(regression, Neighbours.fit(vectors, classes, len(names)))

    def probabilities(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Return the probability of each of `intents` for each text, shape (texts, intents)."""
        logits = self.regression.logits(texts, vectors[:, :DIMENSIONS])
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
        return REGRESSION * shares + (1 - REGRESSION) * self.near.probabilities(vectors)

    def ranking(self, probabilities: np.ndarray) -> List[Tuple[str, float]]:
        """Return (intent, probability), best first, for one row of `probabilities`."""
        return [(self.intents[i], float(probabilities[i])) for i in np.argsort(-probabilities)]

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        self.regression.save(folder, _NAME)
        self.near.save(folder)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read what `save` wrote."""
        regression = TextRegression.load(folder, _NAME)
        return cls(regression, Neighbours.load(folder, len(regression.labels)))
