"""Multinomial logistic regression over sparse and dense columns at once.

scikit-learn's would take the dense columns as sparse ones and be several times slower; the loss is the same.
"""

from typing import Sequence, Tuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix


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

    def loss(flat: np.ndarray) -> Tuple[float, np.ndarray]:
        weights = flat.astype(np.float32).reshape(columns + 1, count)
        logits = sparse @ weights[:split] + dense @ weights[split:-1] + weights[-1]
        logits -= logits.max(axis=1, keepdims=True)
        logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        error = np.exp(logs)
        error[rows, labels] -= 1
        error *= importance[:, np.newaxis]
        gradient = np.concatenate([transposed @ error, dense.T @ error, error.sum(axis=0)[np.newaxis]])
        gradient[:-1] += weights[:-1] / strength
        value = -(importance * logs[rows, labels]).sum() + (weights[:-1] ** 2).sum() / (2 * strength)
        return float(value), gradient.ravel().astype(np.float64)

    found = minimize(loss, np.zeros((columns + 1) * count), jac=True, method="L-BFGS-B", options={"maxiter": steps})
    solution = found.x.astype(np.float32).reshape(columns + 1, count)
    return np.ascontiguousarray(solution[:-1]), solution[-1]
