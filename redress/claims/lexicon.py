"""Recognising answers by words that linguists edit in `data/lexicon.yml`."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LAST_LATIN = "\u024f"
APOSTROPHES = str.maketrans("’‘`´", "''''")


@dataclass(frozen=True)
class Phrases:
    """Phrases as one pattern; of two that begin at the same place, the longer one counts."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "Phrases":
        """The pattern of those phrases, whole words, letter case aside."""
        longest_first = sorted({plain(phrase) for phrase in phrases}, key=len, reverse=True)
        alternatives = [
            re.escape(phrase) if CHINESE.search(phrase) else rf"\b{re.escape(phrase)}\b" for phrase in longest_first
        ]
        return cls(re.compile("|".join(alternatives)))

    def find(self, text: str) -> re.Match[str] | None:
        """The first phrase in the text as `plain` makes it, or None."""
        return self.pattern.search(plain(text))

    def begins(self, text: str) -> bool:
        """Whether the text begins with any of the phrases."""
        found = self.find(text)
        return found is not None and not text[: found.start()].strip()

    def within(self, text: str) -> bool:
        """Whether any of the phrases stands in the text."""
        return self.find(text) is not None


@dataclass(frozen=True)
class Lexicon:
    """The phrases of `data/lexicon.yml`, by what they say."""

    affirms: Phrases
    denies: Phrases
    fillers: Phrases
    no_answer: Phrases
    all_items: Phrases
    sends: Phrases
    hesitates: Phrases
    remedies: Mapping[str, Phrases]
    values: Mapping[str, Phrases]
    problems: Mapping[str, Phrases]
    facts: Mapping[str, Mapping[str, Phrases]]
    other_order: Phrases
    also: Phrases
    everything: Phrases
    refuses: Phrases
    later: Phrases
    dont_have: Phrases
    keeps: Phrases
    corrects: Phrases
    arrived: Phrases
    asks: Mapping[str, Phrases]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Lexicon":
        """The lexicon of the file's content: phrases in lists, or a mapping of such, to any depth."""
        return cls(**{key: _phrases(rows) for key, rows in data.items()})

    def remedies_in(self, text: str, kinds: Iterable[str]) -> list[str]:
        """The kinds of remedy that a text asks for, in their order."""
        return [kind for kind in kinds if kind in self.remedies and self.remedies[kind].within(text)]

    def fact(self, name: str, text: str) -> bool | None:
        """What words of a fact's own say of it ("untouched" is no to "has it been altered"); of both, the no counts."""
        phrases = self.facts.get(name)
        if phrases is None:
            return None
        if phrases["no"].within(text):
            return False
        return True if phrases["yes"].within(text) else None

    def asked(self, text: str) -> str | None:
        """The intent of what is asked in another language than English, where that is most of the message."""
        said = [character for character in plain(text) if character.isalnum()]
        for intent, phrases in self.asks.items():
            found = phrases.find(text)
            if found and 2 * sum(character.isalnum() for character in found.group()) >= len(said):
                return intent
        return None

    def yes_or_no(self, text: str, words: int) -> bool | None:
        """What the first `words` words of a text answer: True, False, or None for neither."""
        if self.no_answer.within(text):
            return None
        head = " ".join(self.fillers.pattern.sub(" ", plain(text)).split()[:words])
        yes, no = self.affirms.find(head), self.denies.find(head)
        if yes and no:  # of two at the same place the longer one counts: "of course not"
            return (yes.start(), -yes.end()) < (no.start(), -no.end())
        return True if yes else False if no else None


def in_another_script(text: str) -> bool:
    """Whether most letters are none that English or Spanish have."""
    letters = [character for character in text if character.isalpha()]
    return 2 * sum(character > LAST_LATIN for character in letters) > len(letters)


def plain(text: str) -> str:
    """The text in lower case, without accents, which phones often leave out, and with straight apostrophes."""
    parted = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).casefold()
    return "".join(character for character in parted if not unicodedata.combining(character))


def _phrases(rows: Any) -> Any:
    if isinstance(rows, Mapping):
        return {name: _phrases(below) for name, below in rows.items()}
    flat = [phrase for row in rows for phrase in (row if isinstance(row, list) else [row])]
    return Phrases.of(flat)
