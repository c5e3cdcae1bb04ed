"""Entity F1 on sentences written for it: tests/dialogue/entities.yml."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Set, Tuple

import yaml

from dialogue import ROOT

FILE = ROOT / "tests" / "dialogue" / "entities.yml"
Key = Tuple[str, str]


@dataclass(frozen=True)
class EntityScore:
    """One entity's counts; `f1` is 0 where nothing was right."""

    entity: str
    expected: int
    found: int
    right: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.expected + self.found) if self.expected + self.found else 1.0


@dataclass(frozen=True)
class Sentence:
    """A sentence with the (entity, value) pairs that it holds, and the clock that it is read by."""

    text: str
    expected: Set[Key]
    metadata: Dict[str, Any]


def sentences(path: Path = FILE) -> List[Sentence]:
    """Return the sentences of the file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        Sentence(row["text"], _keys(row["entities"]), {**data["metadata"], **row.get("metadata", {})})
        for row in data["sentences"]
    ]


def _keys(entities: List[Dict[str, Any]]) -> Set[Key]:
    return {(name, str(value)) for entity in entities for name, value in entity.items()}


def score(expected: List[Set[Key]], found: List[Set[Key]]) -> List[EntityScore]:
    """Return the counts of each entity over all sentences, and of `all` at the end; a value must be right too."""
    counts: Dict[str, Counter[str]] = {"expected": Counter(), "found": Counter(), "right": Counter()}
    for wanted, got in zip(expected, found, strict=True):
        for name, keys in (("expected", wanted), ("found", got), ("right", wanted & got)):
            counts[name].update(entity for entity, _ in keys)
            counts[name].update("all" for _ in keys)
    names = sorted(set(counts["expected"]) | set(counts["found"]), key=lambda name: (name == "all", name))
    return [EntityScore(name, counts["expected"][name], counts["found"][name], counts["right"][name]) for name in names]
