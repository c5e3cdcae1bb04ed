"""The messages to measure with, read from the folder that holds them; none of them is part of this project."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import FrozenSet, List

from dialogue import ROOT

FOLDER = ROOT.parent / "shared" / "nlu"


@dataclass(frozen=True)
class Labelled:
    """A message with its label and the others that are right too."""

    text: str
    label: str
    alternatives: FrozenSet[str] = frozenset()


def issues(folder: Path = FOLDER) -> List[Labelled]:
    """Return the development half of the real messages."""
    rows = map(json.loads, (folder / "issues_dev.jsonl").read_text(encoding="utf-8").splitlines())
    return [Labelled(row["text"], row["label"], frozenset(row.get("alt") or ())) for row in rows]


def out_of_scope(folder: Path = FOLDER) -> List[Labelled]:
    """Return the messages outside the job; their label is `near` or `unrelated`."""
    rows = map(json.loads, (folder / "oos_dev.jsonl").read_text(encoding="utf-8").splitlines())
    return [Labelled(row["text"], "near" if row.get("kind") == "near" else "unrelated") for row in rows]
