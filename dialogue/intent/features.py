"""What the classifier sees of a text beside the encoder's vector: TF-IDF of character and word n-grams."""

import re
from collections import Counter
from functools import cached_property
from typing import Any, Dict, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

_WORD = r"(?u)\b\w[\w']*\b"
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_FOLDED = [
    (re.compile(r"https?://\S+|www\.\S+"), " url "),
    (re.compile(r"@\w+"), " "),  # a name, not a word
    (re.compile(r"(.)\1{2,}"), r"\1\1"),  # sooooo
    (re.compile(r"\d"), "0"),
    (re.compile(r"0{3,}"), "000"),
]


def folded(text: str) -> str:
    """Return the text with what varies without meaning made alike: quotes, digits, addresses, drawn-out letters."""
    text = text.translate(_QUOTES)
    for pattern, replacement in _FOLDED:
        text = pattern.sub(replacement, text)
    return text


class TextFeatures:
    """Turns texts into one sparse row each; learned from the training texts."""

    def __init__(self) -> None:
        shared: Dict[str, Any] = {"sublinear_tf": True, "min_df": 2, "dtype": np.float32}
        self.characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), **shared)
        self.words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=_WORD, **shared)

    def fit(self, texts: Sequence[str]) -> None:
        """Learn the vocabulary and how rare each n-gram is."""
        plain = [folded(text) for text in texts]
        self.characters.fit(plain)
        self.words.fit(plain)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Return the rows, shape (texts, n-grams)."""
        plain = [folded(text) for text in texts]
        return hstack([self.characters.transform(plain), self.words.transform(plain)], format="csr", dtype=np.float32)

    def row(self, text: str) -> Tuple[np.ndarray, np.ndarray]:
        """Return columns and values of one text's row, as `transform` has it but without its overhead."""
        plain = folded(text)
        (characters, of_characters), (words, of_words) = (row(plain) for row in self._rows)
        return np.concatenate([characters, words + len(self.characters.vocabulary_)]), np.r_[of_characters, of_words]

    @cached_property
    def _rows(self) -> Tuple["_Row", "_Row"]:
        return _Row(self.characters), _Row(self.words)


class _Row:
    """One vectorizer's row of a text, from its parts: scikit-learn computes some of them anew at each call."""

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self.known = vectorizer.vocabulary_
        self.rarity = vectorizer.idf_.astype(np.float32)
        self.ngrams = vectorizer.build_analyzer()

    def __call__(self, text: str) -> Tuple[np.ndarray, np.ndarray]:
        counts = Counter(column for column in map(self.known.get, self.ngrams(text)) if column is not None)
        columns = np.fromiter(counts.keys(), np.int64, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.rarity[columns]
        return columns, values / max(float(np.linalg.norm(values)), 1e-12)
