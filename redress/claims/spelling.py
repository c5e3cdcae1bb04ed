"""Reading a misspelt word of those that answers are recognised by as the word that was meant."""

import re
from collections.abc import Collection
from functools import cache

from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

# A word of letters that is no part of an address, a number or a compound: "e-mail" stays, and so does "a@example.com".
WORD = re.compile(r"(?<![\w@.%+/-])[^\W\d_]+(?![\w@/%+-]|\.\w)")
SHORTEST = 5  # letters of a misspelt word that is still told from others
LONG = 9  # letters from which two slips are forgiven


def respelt(text: str, words: Collection[str]) -> str:
    """The text with every misspelt one of the words as it should be: "witdhraw" is withdraw, "appear" is no appeal.

    Only what an English dictionary knows is read into a text, and nothing that it knows is a misspelling. A slip is a
    letter too many, too few, wrong, or two that changed places; never the first letter, and no ending ("refunds").
    """
    return WORD.sub(lambda found: _meant(found.group(), words), text)


def _meant(said: str, words: Collection[str]) -> str:
    word = said.casefold()
    if len(word) < SHORTEST or word in words or not word.isascii() or word in _dictionary():
        return said
    near = sorted(
        (slips, abs(len(one) - len(word)), one)
        for one in words
        if one in _dictionary()
        and one[0] == word[0]
        and not word.startswith(one)
        and (slips := OSA.distance(one, word)) <= (2 if min(len(one), len(word)) >= LONG else 1)
    )
    clear = near and (len(near) == 1 or near[0][:2] < near[1][:2])
    return near[0][2] if clear else said


@cache
def _dictionary() -> Collection[str]:
    return frozenset(SpellChecker(language="en").word_frequency.words())
