"""Which part of a message tells of which problem."""

from collections.abc import Iterable

from redress.claims.lexicon import Lexicon, parts


def part_about(text: str, issue: str, others: Iterable[str], lexicon: Lexicon) -> str | None:
    """The part of a message that names this problem and none of the others; None where no part of it does."""
    for part in parts(text):
        if lexicon.tells(issue, part) and not any(lexicon.tells(other, part) for other in others):
            return part
    return None
