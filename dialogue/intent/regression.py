"""Multinomial logistic regression over a text's n-grams and its published vector at once.

scikit-learn's would take the dense columns as sparse ones and be several times slower; the loss is the same.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import List, Sequence, Tuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from dialogue.encoder.runtime import DIMENSIONS
from dialogue.intent.features import TextFeatures


class TextRegression:
    """How much speaks for each of `labels`; `weights` has shape (n-grams + 384, labels), `bias` (labels,).

    A text's few n-grams pick rows of the weights.
    """

    def __init__(self, features: TextFeatures, labels: List[str], weights: np.ndarray, bias: np.ndarray) -> None:
        self.features = features
        self.labels = labels
        self.weights = weights
        self.bias = bias

    def logits(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Return the logarithms of the odds for texts and their published vectors, shape (texts, labels)."""
        found: np.ndarray = vectors @ self.weights[-DIMENSIONS:] + self.bias
        for i, text in enumerate(texts):
            columns, values = self.features.row(text)
            found[i] += values @ self.weights[columns]
        return found

    def save(self, folder: Path, name: str) -> None:
        """Write it into a folder, as `name`.json (what is text) and `name`.npz (what is numbers)."""
        ngrams, (characters, words) = self.features.learned()
        (folder / f"{name}.json").write_text(json.dumps({"labels": self.labels, "ngrams": ngrams}), "utf-8")
        np.savez(folder / f"{name}.npz", characters=characters, words=words, weights=self.weights, bias=self.bias)

    @classmethod
    def load(cls, folder: Path, name: str) -> TextRegression:
        """Read what `save` wrote."""
        texts = json.loads((folder / f"{name}.json").read_text("utf-8"))
        with np.load(folder / f"{name}.npz") as numbers:
            features = TextFeatures.restored(texts["ngrams"], [numbers["characters"], numbers["words"]])
            return cls(features, texts["labels"], numbers["weights"], numbers["bias"])


def fit_softmax(
    sparse: csr_matrix, dense: np.ndarray, classes: Sequence[int], strength: float, steps: int = 40
) -> Tuple[np.ndarray, np.ndarray]:
    """Return weights of shape (sparse + dense columns, classes) and bias of shape (classes,).

    Minimizes the cross-entropy, each class weighing alike, plus the squared weights / (2 * strength), by L-BFGS. It is
    stopped after some steps: real messages are read worse once the sentences are read ever better.
    """
    labels = np.asarray(classes)
    rows, count = np.arange(len(labels)), int(labels.max()) + 1
    columns, split = sparse.shape[1] + dense.shape[1], sparse.shape[1]
    importance = (len(labels) / (count * np.bincount(labels)))[labels].astype(np.float32)
    transposed = sparse.T.tocsr()

    # Written anew at each step: new arrays would cost more than the sums.
    weights = np.empty((columns + 1, count), np.float32)
    gradient = np.empty((columns + 1, count))

    def loss(flat: np.ndarray) -> Tuple[float, np.ndarray]:
        weights[...] = flat.reshape(columns + 1, count)
        logits = sparse @ weights[:split] + dense @ weights[split:-1] + weights[-1]
        logits -= logits.max(axis=1, keepdims=True)
        logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        error = np.exp(logs)
        error[rows, labels] -= 1
        error *= importance[:, np.newaxis]
        np.multiply(weights[:-1], 1 / strength, out=gradient[:-1])
        gradient[:split] += transposed @ error
        gradient[split:-1] += dense.T @ error
        gradient[-1] = error.sum(axis=0)
        value = -(importance * logs[rows, labels]).sum() + np.vdot(weights[:-1], weights[:-1]) / (2 * strength)
        return float(value), gradient.ravel()

    found = minimize(loss, np.zeros((columns + 1) * count), jac=True, method="L-BFGS-B", options={"maxiter": steps})
    solution = found.x.astype(np.float32).reshape(columns + 1, count)
    return np.ascontiguousarray(solution[:-1]), solution[-1]
