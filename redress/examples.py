"""Training examples out of labelled lines: without personal data, without what the training data already has."""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from redress.store.learning import Missed
from redress.texts import read_yaml

EMAIL = re.compile(r"\S+@\S+\.\w+")
NUMBER = re.compile(r"\d{4,}")
DIGITS = "1234567890"
ANNOTATION = str.maketrans("[]{}", "()()")  # Rasa would read them as entities
LONGEST = 300
HEAD = (
    "# Lines that buyers wrote, labelled in the console and written by `redress nlu export`: read before you commit.\n"
)


def write_examples(labelled: Iterable[Missed], folder: Path, target: Path) -> tuple[int, int]:
    """Write the lines' examples into `target`, an nlu file for `folder`; how many were, and how many not."""
    known = {_folded(text) for file in folder.glob("*.yml") if file != target for text in _texts(file)}
    examples: dict[str, list[str]] = defaultdict(list)
    left_out = 0
    for line in labelled:
        text = plain(line.text)
        if line.label is None or line.language != "en" or not text or len(text) > LONGEST or _folded(text) in known:
            left_out += 1
            continue
        known.add(_folded(text))
        examples[line.label].append(text)
    target.write_text(_yaml(examples), "utf-8")
    return sum(map(len, examples.values())), left_out


def plain(text: str) -> str:
    """One line without addresses, long numbers and signs that mean something to Rasa."""
    one_line = " ".join(text.translate(ANNOTATION).split()).lstrip("-/ ")
    return NUMBER.sub(lambda found: (DIGITS * 4)[: len(found[0])], EMAIL.sub("me@example.com", one_line))


def _yaml(examples: dict[str, list[str]]) -> str:
    blocks = [
        f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {text}\n" for text in examples[intent])
        for intent in sorted(examples)
    ]
    return HEAD + 'version: "3.1"\n\nnlu:' + ("\n" + "\n".join(blocks) if blocks else " []\n")


def _texts(file: Path) -> Iterable[str]:
    for entry in read_yaml(file).get("nlu") or ():
        for line in str(entry.get("examples") or "").splitlines():
            yield line.strip().removeprefix("- ")


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())
