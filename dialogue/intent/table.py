"""What the intents are: problems, what is alike, what yields, labels, answers (data/intents.yml)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, FrozenSet, List, Optional, Sequence, Tuple

import yaml

from dialogue import ROOT
from dialogue.intent.decision import OUT_OF_SCOPE

TABLE = ROOT / "data" / "intents.yml"


@dataclass(frozen=True)
class IntentTable:
    """The table as read.

    `labels` gives None for an intent without a label, nothing for one that is its own; `answers` the value that an
    intent answers a question with.
    """

    problems: FrozenSet[str]
    alike: Tuple[FrozenSet[str], ...]
    yielding: FrozenSet[str]
    labels: Dict[str, Optional[str]]
    answers: Dict[str, str]

    @classmethod
    def read(cls, path: Path = TABLE) -> "IntentTable":
        """Read the table's file."""
        data: Dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(
            frozenset(data["problems"]),
            tuple(frozenset(row) for row in data["alike"]),
            frozenset(data["yielding"]),
            data["labels"],
            data["answers"],
        )

    def same_story(self, first: str, second: str) -> bool:
        """Say whether two problems are one problem in different words."""
        return first == second or any(first in row and second in row for row in self.alike)

    def labelled(self, ranking: Sequence[Tuple[str, float]]) -> List[Tuple[str, float]]:
        """Return a ranking of intents as one of labels, best first.

        The probabilities of intents with the same label are added; intents without one, and out of scope, are left out.
        """
        total: Dict[str, float] = {}
        for intent, probability in ranking:
            label = self.labels.get(intent, intent)
            if label is not None and intent != OUT_OF_SCOPE:
                total[label] = total.get(label, 0.0) + probability
        return sorted(total.items(), key=lambda item: -item[1])
