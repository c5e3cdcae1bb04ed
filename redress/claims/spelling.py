"""Reading a misspelt word on which a whole message turns as the word that was meant."""

import re
from collections.abc import Collection

from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 5  # letters of a misspelt word that is still told from others
LONG = 9  # letters from which two slips are forgiven


def respelt(text: str, words: Collection[str], lookalikes: Collection[str]) -> str:
    """The text with every misspelt one of the words as it should be: "witdhraw" is withdraw, "appear" is no appeal.

    `lookalikes` are words of their own that are no misspellings. A slip is a letter too many, too few, wrong, or two
    that changed places; never the first letter, and no ending ("refunds").
    """
    return WORD.sub(lambda found: _meant(found.group(), words, lookalikes), text)


def _meant(said: str, words: Collection[str], lookalikes: Collection[str]) -> str:
    word = said.casefold()
    if len(word) < SHORTEST or word in words or word in lookalikes:
        return said
    near = sorted(
        (slips, abs(len(one) - len(word)), one)
        for one in words
        if one[0] == word[0]
        and not word.startswith(one)
        and (slips := OSA.distance(one, word)) <= (2 if min(len(one), len(word)) >= LONG else 1)
    )
    clear = near and (len(near) == 1 or near[0][:2] < near[1][:2])
    return near[0][2] if clear else said
