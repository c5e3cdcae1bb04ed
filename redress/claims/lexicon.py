"""Recognising answers by words that linguists edit in `data/lexicon.yml`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

CHINESE = re.compile(r"[\u4e00-\u9fff]")
APOSTROPHES = str.maketrans("’‘`´", "''''")


@dataclass(frozen=True)
class Phrases:
    """Phrases as one pattern; of two that begin at the same place, the longer one counts."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "Phrases":
        """The pattern of those phrases, whole words, letter case aside."""
        longest_first = sorted({phrase.casefold() for phrase in phrases}, key=len, reverse=True)
        alternatives = [
            re.escape(phrase) if CHINESE.search(phrase) else rf"\b{re.escape(phrase)}\b" for phrase in longest_first
        ]
        return cls(re.compile("|".join(alternatives)))

    def find(self, text: str) -> re.Match[str] | None:
        """The first phrase in the text, or None."""
        return self.pattern.search(text.translate(APOSTROPHES).casefold())

    def within(self, text: str) -> bool:
        """Whether any of the phrases stands in the text."""
        return self.find(text) is not None


@dataclass(frozen=True)
class Lexicon:
    """The phrases of `data/lexicon.yml`, by what they say."""

    affirms: Phrases
    denies: Phrases
    no_answer: Phrases
    all_items: Phrases
    sends: Phrases
    hesitates: Phrases
    remedies: Mapping[str, Phrases]
    values: Mapping[str, Phrases]
    problems: Mapping[str, Phrases]
    facts: Mapping[str, Mapping[str, Phrases]]
    other_order: Phrases
    refuses: Phrases
    later: Phrases
    dont_have: Phrases
    corrects: Phrases
    arrived: Phrases

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Lexicon":
        """The lexicon of the file's content: phrases in lists, or a mapping of such, to any depth."""
        return cls(**{key: _phrases(rows) for key, rows in data.items()})

    def yes_or_no(self, text: str, words: int) -> bool | None:
        """What the first `words` words of a text answer: True, False, or None for neither."""
        head = " ".join(text.split()[:words])
        if self.no_answer.within(text):
            return None
        yes, no = self.affirms.find(head), self.denies.find(head)
        if yes and no:
            return yes.start() < no.start()
        return True if yes else False if no else None


def _phrases(rows: Any) -> Any:
    if isinstance(rows, Mapping):
        return {name: _phrases(below) for name, below in rows.items()}
    flat = [phrase for row in rows for phrase in (row if isinstance(row, list) else [row])]
    return Phrases.of(flat)
