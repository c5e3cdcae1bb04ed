"""What is learned: regression over n-grams and the published vectors, and the nearest sentences by both readings.

Ways of reading that err on different messages: their mean is better than each of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import List, Sequence, Tuple

import numpy as np
import skops.io

from dialogue.encoder.runtime import DIMENSIONS
from dialogue.intent.features import TextFeatures
from dialogue.intent.neighbours import Neighbours
from dialogue.intent.regression import fit_softmax

REGRESSION = 0.4  # of a probability; the neighbours have the rest
_FILE = "intents.skops"


class IntentModel:
    """Probabilities of intents; `weights` has shape (n-grams + 384, intents): a text's few n-grams pick rows of it."""

    def __init__(
        self, features: TextFeatures, intents: List[str], weights: np.ndarray, bias: np.ndarray, near: Neighbours
    ) -> None:
        self.features = features
        self.intents = intents
        self.weights = weights
        self.bias = bias
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
        return cls(features, names, weights, bias, Neighbours.fit(vectors, classes, len(names)))

    def probabilities(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Return the probability of each of `intents` for each text, shape (texts, intents)."""
        logits = vectors[:, :DIMENSIONS] @ self.weights[-DIMENSIONS:] + self.bias
        for i, text in enumerate(texts):
            columns, values = self.features.row(text)
            logits[i] += values @ self.weights[columns]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
        return REGRESSION * shares + (1 - REGRESSION) * self.near.probabilities(vectors)

    def ranking(self, probabilities: np.ndarray) -> List[Tuple[str, float]]:
        """Return (intent, probability), best first, for one row of `probabilities`."""
        return [(self.intents[i], float(probabilities[i])) for i in np.argsort(-probabilities)]

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        parts = [self.features.characters, self.features.words, self.intents, self.weights, self.bias]
        skops.io.dump([*parts, self.near.classes], folder / _FILE)
        self.near.save(folder)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read what `save` wrote."""
        trusted = ["numpy.dtype", "numpy.str_", "scipy.sparse._csr.csr_matrix"]  # what a vectorizer is made of
        characters, words, intents, weights, bias, classes = skops.io.load(folder / _FILE, trusted=trusted)
        features = TextFeatures()
        features.characters, features.words = characters, words
        return cls(features, intents, weights, bias, Neighbours.load(folder, classes, len(intents)))
