"""The sentence encoder as it runs: a tokenizer and an ONNX graph on one core, nothing of TensorFlow."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import List, Sequence, Tuple

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

DIMENSIONS = 384  # of one reading; a text has two, as published and as adapted, side by side
MAX_TOKENS = 128  # longer messages are cut: the original was trained on no longer ones, and time grows with length


@dataclass(frozen=True)
class Encoded:
    """One text: both readings of each token, shape (tokens, 768), and where each stands in the text (start, end)."""

    vectors: np.ndarray
    offsets: List[Tuple[int, int]]
    text: str

    @cached_property
    def pooled(self) -> np.ndarray:
        """The sentence vector, shape (768,): of each reading the mean over tokens, of length 1."""
        return _units(self.vectors.sum(axis=0))

    def pooled_parts(self, parts: Sequence[Tuple[int, int]]) -> np.ndarray:
        """Return the vectors, shape (parts, 768), of the tokens that begin within each part (start, end) of the text.

        A part without tokens has zeros.
        """
        first, last = np.array(self.offsets).T
        start, end = np.array(parts).reshape(-1, 2, 1).transpose(1, 0, 2)
        inside = (start <= first) & (first < end) & (first < last)  # the marks around a text have no characters
        return _units(inside.astype(np.float32) @ self.vectors)


def _units(vectors: np.ndarray) -> np.ndarray:
    """Scale both readings of vectors, shape (..., 768), to length 1."""
    readings = vectors.reshape(*vectors.shape[:-1], 2, DIMENSIONS)
    lengths = np.sqrt((readings * readings).sum(axis=-1, keepdims=True))
    return (readings / np.maximum(lengths, 1e-12)).reshape(vectors.shape)


def session(graph: bytes) -> onnxruntime.InferenceSession:
    """Return what runs an ONNX graph, on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


class Encoder:
    """Runs `encoder.onnx` with `tokenizer.json`, both from one folder."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.session = session((folder / "encoder.onnx").read_bytes())

    def encode(self, text: str) -> Encoded:
        """Encode one text; an empty one gives the vectors of the two marks around it."""
        encoding = self.tokenizer.encode(text)
        ids = np.asarray([encoding.ids], dtype=np.int32)
        (vectors,) = self.session.run(["tokens"], {"input_ids": ids})
        return Encoded(vectors[0], encoding.offsets, text)

    def sentences(self, texts: Sequence[str]) -> np.ndarray:
        """Return the sentence vectors of several texts, shape (texts, 768)."""
        return np.stack([self.encode(text).pooled for text in texts])
