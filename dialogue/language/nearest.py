"""The nearest of labelled texts to a message, by the encoder's published reading."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, List, Sequence, Tuple

import numpy as np

from dialogue.encoder import weights
from dialogue.encoder.cache import cached_vectors
from dialogue.encoder.runtime import DIMENSIONS, Encoded, Encoder


def published(encoded: Encoded) -> np.ndarray:
    """Return the sentence vector of the encoder as published: the desk's adaptation parts problems alone."""
    return encoded.pooled()[:DIMENSIONS]


def vectors_of(texts: Sequence[str], variant: str, kept_as: str) -> np.ndarray:
    """Return the texts' vectors, shape (texts, 384); those of unchanged texts come from the cache file of that name."""
    file = weights.onnx_file(variant).with_suffix(f".{kept_as}.npz")
    with tempfile.TemporaryDirectory() as folder:
        weights.copy_to(Path(folder), variant)
        encoder = Encoder(Path(folder))
        return cached_vectors(file, texts, lambda one: published(encoder.encode(one)))


@dataclass(frozen=True)
class Index:
    """Labels, and vectors of their texts with the place of each one's label."""

    labels: List[str]
    places: np.ndarray
    vectors: np.ndarray

    @classmethod
    def of(cls, rows: Sequence[Tuple[str, np.ndarray]]) -> "Index":
        """Return the index of labels and vectors; a label has as many rows as it has texts."""
        labels = sorted({label for label, _ in rows})
        return cls(
            labels, np.array([labels.index(label) for label, _ in rows]), np.stack([vector for _, vector in rows])
        )

    def near(self, encoded: Encoded) -> List[List[Any]]:
        """Return labels and cosines, nearest first; a label is as near as the nearest of its texts."""
        best = np.full(len(self.labels), -1.0)
        np.maximum.at(best, self.places, self.vectors @ published(encoded))
        return [[self.labels[place], round(float(best[place]), 3)] for place in np.argsort(-best)]
