"""Several problems in one message: what its clauses, each read alone, are about."""

from typing import List, Optional, Sequence, Tuple

import numpy as np

from dialogue.encoder.runtime import Encoded
from dialogue.intent.clauses import TELLING, clauses
from dialogue.intent.table import IntentTable


def readings(text: str, encoded: Encoded) -> Tuple[List[str], np.ndarray]:
    """Return what is to be classified, texts and vectors: the whole message, then its clauses if it has several."""
    spans = clauses(text)[:TELLING]
    parts = spans if len(spans) > 1 else []
    vectors = np.vstack([encoded.pooled, encoded.pooled_parts(parts)])
    return [text, *(text[start:end] for start, end in parts)], vectors


def with_clauses(
    row: np.ndarray, clause_rows: Sequence[np.ndarray], intents: List[str], table: IntentTable
) -> np.ndarray:
    """Return the message's probabilities of intents, those of problems raised by the clauses that tell them.

    The reading of a whole message is a mean of all that stands in it, in which a greeting, an order number, the goods
    or a wish drown the few words that say what went wrong. A problem is as probable as the mean of the whole message
    and of the clause that tells it most plainly, where that is more.
    """
    if not clause_rows:
        return row
    problems = np.array([intent in table.problems or intent == "other" for intent in intents])
    told = np.maximum(row, (row + np.max(clause_rows, axis=0)) / 2)
    raised = np.where(problems, told, row)
    return raised / raised.sum()


def named_problems(
    clause_rows: Sequence[np.ndarray], intents: List[str], table: IntentTable, least: float
) -> List[Tuple[str, float]]:
    """Return the problems that the clauses of a message name, with their probability, in the order of the text.

    Of each clause there is a row of probabilities of `intents`. It names the most probable one, if that is a problem of
    at least the probability `least`.
    """
    found: List[Tuple[str, float]] = []
    for row in clause_rows:
        intent, probability = intents[int(row.argmax())], float(row.max())
        if intent in table.problems and probability >= least and intent not in (name for name, _ in found):
            found.append((intent, probability))
    return found


def second_problem(first: str, named: List[Tuple[str, float]], table: IntentTable) -> Optional[str]:
    """Return the clearest problem among the named ones that is another story than the first; None without one."""
    others = [(p, intent) for intent, p in named if not table.same_story(first, intent)]
    return max(others)[1] if others and first in table.problems else None
