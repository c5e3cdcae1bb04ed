"""What the classifier sees of a text beside the encoder's vector: TF-IDF of character and word n-grams."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

KEPT_WORDS = 20_000  # a language's usual words; people type new ones, so that there must be a bound
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
        self.characters, self.words = _vectorizers([None, None])

    def fit(self, texts: Sequence[str]) -> None:
        """Learn the vocabulary and how rare each n-gram is."""
        plain = [folded(text) for text in texts]
        self.characters.fit(plain)
        self.words.fit(plain)

    def learned(self) -> Tuple[List[List[str]], List[np.ndarray]]:
        """Return what `fit` learned, for characters and words each: the n-grams in the order of their columns, and how
        rare each is."""
        both = (self.characters, self.words)
        return [one.get_feature_names_out().tolist() for one in both], [one.idf_ for one in both]

    @classmethod
    def restored(cls, ngrams: Sequence[Sequence[str]], rarity: Sequence[np.ndarray]) -> TextFeatures:
        """Return the features that had `learned` this."""
        features = cls()
        features.characters, features.words = _vectorizers(ngrams)
        features.characters.idf_, features.words.idf_ = rarity
        return features

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Return the rows, shape (texts, n-grams)."""
        plain = [folded(text) for text in texts]
        return hstack([self.characters.transform(plain), self.words.transform(plain)], format="csr", dtype=np.float32)

    def row(self, text: str) -> Tuple[np.ndarray, np.ndarray]:
        """Return columns and values of one text's row, as `transform` has it but without its overhead."""
        plain = folded(text)
        characters, of_characters = self._rows[0](plain.split())
        words, of_words = self._rows[1]([plain])
        columns = np.concatenate([characters, words + len(self.characters.vocabulary_)])
        return columns, np.concatenate([of_characters, of_words])

    @cached_property
    def _rows(self) -> Tuple[_Row, _Row]:
        return _Row(self.characters, kept=KEPT_WORDS), _Row(self.words)


def _vectorizers(vocabularies: Sequence[Optional[Sequence[str]]]) -> Tuple[TfidfVectorizer, TfidfVectorizer]:
    """Return those of characters and words; a vocabulary of None is to be learned."""
    shared: Dict[str, Any] = {"sublinear_tf": True, "min_df": 3, "dtype": np.float32}
    characters, words = vocabularies
    return (
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), vocabulary=characters, **shared),
        TfidfVectorizer(ngram_range=(1, 2), token_pattern=_WORD, vocabulary=words, **shared),
    )


class _Row:
    """One vectorizer's row of a text, from its parts: scikit-learn computes some of them anew at each call.

    A text comes in pieces over whose borders no n-gram reaches; of `kept` of them it is remembered what they hold.
    """

    def __init__(self, vectorizer: TfidfVectorizer, kept: int = 0) -> None:
        self.known = vectorizer.vocabulary_
        self.rarity = vectorizer.idf_.astype(np.float32)
        self.ngrams = vectorizer.build_analyzer()
        self.columns = lru_cache(kept)(self._columns) if kept else self._columns

    def __call__(self, pieces: Sequence[str]) -> Tuple[np.ndarray, np.ndarray]:
        found = np.concatenate([_NOTHING, *map(self.columns, pieces)])
        columns, counts = np.unique(found, return_counts=True)
        values = (1 + np.log(counts, dtype=np.float32)) * self.rarity[columns]
        return columns, values / max(float(np.linalg.norm(values)), 1e-12)

    def _columns(self, piece: str) -> np.ndarray:
        return np.array([self.known[ngram] for ngram in self.ngrams(piece) if ngram in self.known], np.int64)


_NOTHING = np.zeros(0, np.int64)
