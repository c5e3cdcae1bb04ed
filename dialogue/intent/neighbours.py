"""The nearest training sentences: what the regression misses where few sentences of an intent look like the message."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

import numpy as np
import onnxruntime

from dialogue.encoder.runtime import DIMENSIONS, session

NEAREST = 30  # sentences that vote
TEMPERATURE = 0.05  # in cosine: a sentence this much nearer weighs e times more
READINGS = (0.2, 0.8)  # of the nearness: what the reading as published, and that as adapted, count for
_FILE, _CLASSES = "neighbours.onnx", "neighbours.npy"


class Neighbours:
    """Votes of the nearest of some sentences.

    They are kept as 8-bit numbers in an ONNX graph: most of a search's time is the reading of all of them.
    """

    def __init__(self, graph: bytes, classes: Sequence[int], count: int) -> None:
        self.graph = graph
        self.search: onnxruntime.InferenceSession = session(graph)
        self.classes = np.asarray(classes, np.int64)
        self.count = count

    @classmethod
    def fit(cls, vectors: np.ndarray, classes: Sequence[int], count: int) -> Neighbours:
        """Keep sentences, shape (sentences, 768) for both readings or (sentences, 384) for the published one alone."""
        return cls(_graph(_joined(vectors)), classes, count)

    def probabilities(self, vectors: np.ndarray) -> np.ndarray:
        """Return each class's share of the votes for each vector, shape (vectors, classes)."""
        cosines, nearest = self.search.run(["cosines", "nearest"], {"vectors": _joined(vectors)})
        votes = np.exp((cosines - 1) / TEMPERATURE)
        shares = np.stack(
            [np.bincount(*row, minlength=self.count) for row in zip(self.classes[nearest], votes, strict=True)]
        )
        return shares / shares.sum(axis=1, keepdims=True)

    def save(self, folder: Path) -> None:
        """Write the sentences and their classes into a folder."""
        (folder / _FILE).write_bytes(self.graph)
        np.save(folder / _CLASSES, self.classes)

    @classmethod
    def load(cls, folder: Path, count: int) -> Neighbours:
        """Read what `save` wrote."""
        return cls((folder / _FILE).read_bytes(), np.load(folder / _CLASSES).tolist(), count)


def _joined(vectors: np.ndarray) -> np.ndarray:
    """Return vectors whose products are the mean cosines of the readings."""
    if vectors.shape[1] == DIMENSIONS:
        return vectors
    return vectors * np.repeat(np.sqrt(READINGS), DIMENSIONS).astype(np.float32)


def _graph(sentences: np.ndarray) -> bytes:
    """Return the search: `vectors` to the `cosines` and the places of the `nearest`, each (vectors, `NEAREST`)."""
    from onnx import TensorProto, helper, numpy_helper

    steps = np.abs(sentences).max(axis=1) / 127  # of each sentence
    constants = {
        "sentences": np.round(sentences / steps[:, np.newaxis]).astype(np.int8).T,
        "steps": steps.astype(np.float32),
        "voters": np.array([min(NEAREST, len(sentences))], np.int64),
    }
    nodes = [
        helper.make_node("DynamicQuantizeMatMul", ["vectors", "sentences", "steps"], ["every"], domain="com.microsoft"),
        helper.make_node("TopK", ["every", "voters"], ["cosines", "nearest"]),
    ]
    graph = helper.make_graph(
        nodes,
        "neighbours",
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["vectors", sentences.shape[1]])],
        [
            helper.make_tensor_value_info("cosines", TensorProto.FLOAT, ["vectors", None]),
            helper.make_tensor_value_info("nearest", TensorProto.INT64, ["vectors", None]),
        ],
        [numpy_helper.from_array(np.ascontiguousarray(value), name) for name, value in constants.items()],
    )
    imports = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    found: bytes = helper.make_model(graph, opset_imports=imports, ir_version=8).SerializeToString()
    return found
