"""What is learned: regression over n-grams and the published vectors, and the nearest sentences in both readings.

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

# Of a probability: regression, neighbours by the published vectors, neighbours by the adapted ones (their part falls
# to the others in proportion where there are none).
SHARES = (0.4, 0.2, 0.4)
_FILE = "intents.skops"


class IntentModel:
    """Probabilities of intents; `weights` has shape (n-grams + 384, intents): a text's few n-grams pick rows of it."""

    def __init__(
        self, features: TextFeatures, intents: List[str], weights: np.ndarray, bias: np.ndarray, near: List[Neighbours]
    ) -> None:
        self.features = features
        self.intents = intents
        self.weights = weights
        self.bias = bias
        self.near = near
        parts = np.array(SHARES[: 1 + len(near)], np.float32)
        self.shares = parts / parts.sum()

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
        near = [Neighbours(reading, classes, len(names)) for reading in _readings(vectors)]
        return cls(features, names, weights, bias, near)

    def probabilities(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Return the probability of each of `intents` for each text, shape (texts, intents)."""
        logits = vectors[:, :DIMENSIONS] @ self.weights[-DIMENSIONS:] + self.bias
        for i, text in enumerate(texts):
            columns, values = self.features.row(text)
            logits[i] += values @ self.weights[columns]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        ways = [powers / powers.sum(axis=1, keepdims=True)]
        ways += [near.probabilities(reading) for near, reading in zip(self.near, _readings(vectors), strict=True)]
        total: np.ndarray = np.tensordot(self.shares, np.stack(ways), axes=1)
        return total

    def ranking(self, probabilities: np.ndarray) -> List[Tuple[str, float]]:
        """Return (intent, probability), best first, for one row of `probabilities`."""
        return [(self.intents[i], float(probabilities[i])) for i in np.argsort(-probabilities)]

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        parts = [self.features.characters, self.features.words, self.intents, self.weights, self.bias]
        vectors = np.hstack([near.vectors for near in self.near]).astype(np.float16)
        skops.io.dump([*parts, vectors, self.near[0].classes], folder / _FILE)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read what `save` wrote."""
        trusted = ["numpy.dtype", "numpy.str_", "scipy.sparse._csr.csr_matrix"]  # what a vectorizer is made of
        characters, words, intents, weights, bias, vectors, classes = skops.io.load(folder / _FILE, trusted=trusted)
        features = TextFeatures()
        features.characters, features.words = characters, words
        near = [Neighbours(reading, classes, len(intents)) for reading in _readings(vectors)]
        return cls(features, intents, weights, bias, near)


def _readings(vectors: np.ndarray) -> List[np.ndarray]:
    return [vectors[:, start : start + DIMENSIONS] for start in range(0, vectors.shape[1], DIMENSIONS)]
