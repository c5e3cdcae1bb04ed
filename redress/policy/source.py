"""A shop's policy page as its sentences, each with its reference and its print."""

import hashlib
import re
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`ref` is paragraph.sentence, `print` the first 12 hex digits of the SHA-256 of the text, white space folded."""

    ref: str
    print: str
    text: str


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a policy page: paragraphs are its non-empty lines, split after . ! ? ; before white space."""
    found = []
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    for number, paragraph in enumerate(paragraphs, 1):
        for index, part in enumerate(_SENTENCE_END.split(paragraph), 1):
            folded = " ".join(part.split())
            digest = hashlib.sha256(folded.encode()).hexdigest()[:12]
            found.append(Sentence(f"{number}.{index}", digest, folded))
    return found
