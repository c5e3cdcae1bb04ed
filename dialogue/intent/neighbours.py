"""The nearest training sentences: what the regression misses where few sentences of an intent look like the message."""

from typing import Sequence

import numpy as np

NEAREST = 30  # sentences that vote
TEMPERATURE = 0.05  # in cosine: a sentence this much nearer weighs e times more


class Neighbours:
    """Votes of the nearest of the sentence vectors, shape (sentences, 384), each of length 1."""

    def __init__(self, vectors: np.ndarray, classes: Sequence[int], count: int) -> None:
        self.vectors = np.ascontiguousarray(vectors, np.float32)
        self.classes = np.asarray(classes, np.int64)
        self.count = count

    def probabilities(self, vectors: np.ndarray) -> np.ndarray:
        """Return each class's share of the votes for each vector, shape (vectors, classes)."""
        nearness = vectors @ self.vectors.T
        voters = min(NEAREST, nearness.shape[1])
        nearest = np.argpartition(-nearness, voters - 1, axis=1)[:, :voters]
        votes = np.exp((np.take_along_axis(nearness, nearest, axis=1) - 1) / TEMPERATURE)
        shares = np.zeros((len(vectors), self.count), np.float32)
        np.add.at(shares, (np.arange(len(vectors))[:, np.newaxis], self.classes[nearest]), votes)
        return shares / shares.sum(axis=1, keepdims=True)
