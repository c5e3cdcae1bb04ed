"""Where one message says several things: its clauses."""

import itertools
import re
from typing import List, Tuple

TELLING = 8  # clauses of a message that are read alone: one of more is a story, whose first ones say what it is about
MIN_WORDS = 2  # a shorter piece says nothing of its own and stays with its neighbour

# After a sentence's end or a line break, or before a word that joins a second statement to the first.
_BORDER = re.compile(
    r"(?<=[.!?;…])\s+|\s*\n\s*|,?\s+(?=(?:and|but|also|plus|while|besides|moreover|additionally)\b)|,\s+", re.IGNORECASE
)


def clauses(text: str) -> List[Tuple[int, int]]:
    """Return the clauses of a text as (start, end); at least one, covering the text between them.

    A piece of fewer than `MIN_WORDS` words is joined to the one before it.
    """
    borders = [0, *(match.end() for match in _BORDER.finditer(text)), len(text)]
    pieces: List[Tuple[int, int]] = []
    for start, end in itertools.pairwise(borders):
        if pieces and len(text[start:end].split()) < MIN_WORDS:
            pieces[-1] = (pieces[-1][0], end)
        elif end > start:
            pieces.append((start, end))
    return pieces or [(0, len(text))]
