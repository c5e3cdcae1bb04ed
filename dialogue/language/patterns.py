"""The entities' patterns: read from data/entities, compiled for spaCy, and found in a document."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, FrozenSet, Iterator, List, Optional, Tuple

import yaml
from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span

from dialogue import ROOT
from dialogue.language.values import KINDS, Context

FOLDER = ROOT / "data" / "entities"
FILES = ("identifiers", "sizes", "dates", "quantities", "words")  # what stands first wins where two fit the same words
NUMBER_WORDS = "words_of_number"


@dataclass(frozen=True)
class Found:
    """An entity in a text: the characters from `start` to `end`, and what they mean."""

    entity: str
    value: Any
    start: int
    end: int


class EntityPattern:
    """One entry of a patterns file."""

    def __init__(self, entry: Dict[str, Any], nlp: Language) -> None:
        self.entity: str = entry["entity"]
        self.value: Optional[Callable[[str, Context], Any]] = KINDS[entry["value"]] if "value" in entry else None
        self.texts = [re.compile(pattern) for pattern in entry.get("text", ())]
        self.not_before = _flat(entry.get("not_before", ()))
        self.not_after = _flat(entry.get("not_after", ()))
        self.tokens = Matcher(nlp.vocab)
        if "tokens" in entry:
            self.tokens.add(self.entity, entry["tokens"])
        self.canonical = {
            form.lower(): value for value, forms in entry.get("words", {}).items() for form in (str(value), *forms)
        }
        self.phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
        self.phrases.add(self.entity, [nlp.make_doc(form) for form in self.canonical])

    def spans(self, doc: Doc, text: str) -> Iterator[Tuple[int, int]]:
        """Yield where the pattern fits a document and its text, as start and end; they may overlap."""
        yield from self._by_text(text)
        yield from self._by_matcher(doc)

    def read(self, doc: Doc, words: str, start: int, context: Context) -> Optional[Found]:
        """Return what the words at `start`, which the pattern fits, mean; None where they are no such entity."""
        value = self.canonical.get(words.lower()) if self.value is None else self.value(words, context)
        end = start + len(words)
        if value is None or not self._neighbours_allow(doc, start, end):
            return None
        return Found(self.entity, value, start, end)

    def _by_text(self, text: str) -> Iterator[Tuple[int, int]]:
        for pattern in self.texts:
            for match in pattern.finditer(text):
                yield match.span(1 if pattern.groups and match.group(1) else 0)

    def _by_matcher(self, doc: Doc) -> Iterator[Tuple[int, int]]:
        for matcher in (self.tokens, self.phrases):
            for _, first, last in matcher(doc) if len(matcher) else ():
                span = doc[first:last]
                yield span.start_char, span.end_char

    def _neighbours_allow(self, doc: Doc, start: int, end: int) -> bool:
        if not self.not_before and not self.not_after:
            return True
        span: Span = doc.char_span(start, end, alignment_mode="expand")
        before = doc[span.start - 1].lower_ if span.start else ""
        after = doc[span.end].lower_ if span.end < len(doc) else ""
        return before not in self.not_after and after not in self.not_before


class EntityPatterns:
    """All patterns of the folder."""

    def __init__(self, nlp: Language, folder: Path = FOLDER) -> None:
        entries = [e for name in FILES for e in yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8"))]
        numbers = next(entry["words"] for entry in entries if entry["entity"] == NUMBER_WORDS)
        self.numbers = {word: int(value) for value, words in numbers.items() for word in words}
        self.rewrites = tuple(
            (re.compile(pattern), to) for entry in entries for pattern, to in entry.get("rewrite", {}).items()
        )
        self.patterns = [EntityPattern(entry, nlp) for entry in entries if entry["entity"] != NUMBER_WORDS]

    def find(self, doc: Doc, context: Context) -> List[Found]:
        """Return the entities of a document, none overlapping: the longest, then the first in the files, wins."""
        text = doc.text  # spaCy joins it anew at each call
        fitting = [(start, end, pattern) for pattern in self.patterns for start, end in pattern.spans(doc, text)]
        chosen: List[Found] = []
        for start, end, pattern in sorted(fitting, key=lambda f: f[0] - f[1]):  # stable: the files' order breaks ties
            if all(end <= other.start or start >= other.end for other in chosen):
                found = pattern.read(doc, text[start:end], start, context)  # last: to read a day takes longest
                chosen += [found] if found else []
        return sorted(chosen, key=lambda f: f.start)


def _flat(rows: Any) -> FrozenSet[str]:
    return frozenset(str(word) for row in rows for word in row)
