"""Training sentences as other people would have typed them, and about other goods: no two epochs show the same."""

import random
import re
from typing import List, Sequence

import yaml

from dialogue import ROOT

WORDS = ROOT / "data" / "entities" / "words.yml"


class Variation:
    """Varies texts at random, from a seed."""

    def __init__(self, asides: Sequence[str], seed: int = 0) -> None:
        """Take sentences that may stand beside a problem without changing what it is (anger, a greeting, a wish)."""
        self._random = random.Random(seed)  # noqa: S311  no secret
        self._asides = asides
        self._products = _words("product")
        self._carriers = _words("carrier")

    def __call__(self, text: str, problem: bool) -> str:
        """Return the text varied; `problem` says that it tells one, beside which an aside may stand."""
        chance = self._random.random
        if chance() < 0.5:
            text = self._exchanged(text)
        if problem and len(text) < 160 and chance() < 0.3:
            beside = min(self._random.choice((1, 1, 2)), len(self._asides))
            parts = [text, *self._random.sample(self._asides, beside)]
            self._random.shuffle(parts)
            text = self._random.choice([" ", ". ", ", "]).join(parts)
        if chance() < 0.3:
            text = text.lower()
        if chance() < 0.2:
            text = re.sub(r"[.,!?']", "", text)
        if chance() < 0.25:
            text = self._mistyped(text)
        return text or "?"

    def _exchanged(self, text: str) -> str:
        """Other goods, other carriers: what a message is about does not hang on them."""
        chance = self._random.random()
        goods = "item" if chance < 0.3 else self._several() if chance < 0.45 else None
        text = _pattern(self._products).sub(lambda _: goods or self._random.choice(self._products), text)
        return _pattern(self._carriers).sub(lambda _: self._random.choice(self._carriers), text)

    def _several(self) -> str:
        """Several goods at once."""
        first, *more = self._random.sample(self._products, self._random.choice((2, 3)))
        return self._random.choice(("{}, the {}", "{} and {}", "{} and both the {}")).format(
            ", ".join([first, *more[1:]]), more[0]
        )

    def _mistyped(self, text: str) -> str:
        """A letter left out, doubled or swapped with the next in one word of twelve."""
        words = text.split()
        for _ in range(max(1, len(words) // 12) if words else 0):
            which = self._random.randrange(len(words))
            word = words[which]
            if len(word) > 3:
                i = self._random.randrange(1, len(word) - 1)
                before, letter, after = word[:i], word[i], word[i + 1 :]
                slips = [before + after, before + after[0] + letter + after[1:], before + 2 * letter + after]
                words[which] = self._random.choice(slips)
        return " ".join(words)


def _words(entity: str) -> List[str]:
    entries = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    found = [
        word for e in entries if e["entity"] == entity for known, more in e["words"].items() for word in [known, *more]
    ]
    return sorted(found, key=lambda word: (-len(word), word))


def _pattern(words: Sequence[str]) -> "re.Pattern[str]":
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)  # re keeps it: compiled once
