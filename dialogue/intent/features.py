"""What the classifier sees of a text beside the encoder's vector: TF-IDF of character and word n-grams."""

import re
from typing import Any, Dict, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_FOLDED = [
    (re.compile(r"https?://\S+|www\.\S+"), " url "),
    (re.compile(r"\S+@\S+\.\S+"), " email "),
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
        self.words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w[\w']*\b", **shared)

    def fit(self, texts: Sequence[str]) -> None:
        """Learn the vocabulary and how rare each n-gram is."""
        plain = [folded(text) for text in texts]
        self.characters.fit(plain)
        self.words.fit(plain)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Return the rows, shape (texts, n-grams)."""
        plain = [folded(text) for text in texts]
        return hstack([self.characters.transform(plain), self.words.transform(plain)], format="csr", dtype=np.float32)
