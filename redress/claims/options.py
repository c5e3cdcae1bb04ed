"""Recognising in words which of the choices on offer is meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from redress.claims.items import find_place, words
from redress.claims.lexicon import MISSPELT

SHORTEST = 5  # letters of a word that may be misspelt


@dataclass(frozen=True)
class Options:
    """What the words of an answer are compared with: title of each choice -> its value."""

    values: Mapping[str, Mapping[str, Any]]

    def match(self, text: str, *, by_word: bool = True) -> Mapping[str, Any] | None:
        """The value whose title the text repeats, spelling within reason, or whose place in the list it names.

        `by_word`: a single word that only one of them has is enough.
        """
        titles = [title.casefold() for title in self.values]
        values = list(self.values.values())
        best = process.extractOne(text.casefold(), titles, scorer=fuzz.ratio, score_cutoff=86)
        if best:
            return values[best[2]]
        place = find_place(text, len(values))
        if place is not None:
            return values[place]
        return self._only_named(set(words(text)), titles, values) if by_word else None

    def _only_named(
        self, said: set[str], titles: list[str], values: list[Mapping[str, Any]]
    ) -> Mapping[str, Any] | None:
        """The one value of which the text has a word that no other title or value has."""
        known = [
            set(words(title)) | set(words(str(*value.values()))) for title, value in zip(titles, values, strict=True)
        ]
        named = []
        for place, own in enumerate(known):
            others = set().union(*(other for at, other in enumerate(known) if at != place))
            if any(len(word) > 3 and any(_alike(word, one) for one in said) for word in own - others):
                named.append(values[place])
        return named[0] if len(named) == 1 else None


def _alike(word: str, said: str) -> bool:
    return word == said or (min(len(word), len(said)) >= SHORTEST and fuzz.ratio(word, said) >= MISSPELT)
