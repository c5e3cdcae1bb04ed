"""Several problems in one message: what its clauses, each read alone, are about."""

from typing import List, Optional, Tuple

import numpy as np

from dialogue.encoder.runtime import Encoded
from dialogue.intent.clauses import clauses
from dialogue.intent.model import IntentModel
from dialogue.intent.table import IntentTable

MAX_CLAUSES = 8  # a message of more is a story; its first ones name the problem


def named_problems(
    text: str, encoded: Encoded, model: IntentModel, table: IntentTable, least: float
) -> List[Tuple[str, float]]:
    """Return the problems that the clauses of a message name, with their probability, in the order of the text.

    A clause names the intent that is most probable for it, if that is a problem of at least the probability `least`.
    A message of one clause names none beyond what it is about as a whole.
    """
    spans = clauses(text)[:MAX_CLAUSES]
    if len(spans) < 2:
        return []
    vectors = np.stack([encoded.pooled_between(start, end) for start, end in spans])
    found: List[Tuple[str, float]] = []
    for row in model.probabilities([text[start:end] for start, end in spans], vectors):
        intent, probability = model.intents[int(row.argmax())], float(row.max())
        if intent in table.problems and probability >= least and intent not in (name for name, _ in found):
            found.append((intent, probability))
    return found


def second_problem(first: str, named: List[Tuple[str, float]], table: IntentTable) -> Optional[str]:
    """Return the clearest problem among the named ones that is another story than the first; None without one."""
    others = [(p, intent) for intent, p in named if not table.same_story(first, intent)]
    return max(others)[1] if others and first in table.problems else None
