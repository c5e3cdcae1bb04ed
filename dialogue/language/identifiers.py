"""What says nothing of what a message is about, order numbers and the like: blanked before it is classified."""

import re
from functools import lru_cache
from typing import List, Tuple

import yaml

from dialogue import ROOT
from dialogue.intent.clauses import clauses

FILE = ROOT / "data" / "entities" / "identifiers.yml"
LEXICON = ROOT / "data" / "lexicon.yml"
# "The colour and the size are fine, but …", "model right, size wrong": what is said to be in order names no problem.
_THING = r"(?:(?:the|my|its)\s+)?(?!(?:nothing|none|neither|not|never|what)\b)\w+"
_NAMED = (
    r"(?:colou?r|size|model|version|product|item|article|quantity|number|box|parcel|package|packaging|wrapping"
    r"|delivery)"
)
_ALL = r"(?:it\s+)?(?:all|both|everything)"
_GOOD = (
    r"(?:(?:all|perfectly|both|just|exactly|absolutely)\s+)*"
    r"(?:ok|okay|fine|good|great|correct|right|perfect|alright|intact|undamaged|spot\s+on|in\s+order"
    r"|in\s+(?:good|great|perfect|mint|excellent|top)\s+(?:condition|order|shape|state)"
    r"|as\s+(?:described|ordered|expected|promised|advertised|pictured|shown|(?:it|they)\s+should\s+be)"
    r"|as\s+(?:in|on)\s+the\s+(?:pictures?|photos?|listing|page)|flawless|unworn|(?:working|works?)(?:\s+(?:fine|well))?)"
)
_THINGS = rf"{_THING}(?:(?:,\s+(?:the|my|its)|\s+(?:and|or))\s+{_THING}){{0,3}}(?:\s+(?:itself|themselves))?"
IN_ORDER = re.compile(
    rf"(?:\b(?:{_THINGS}\s+(?:is|are|was|were|looks?)|{_NAMED}|{_ALL})\s+{_GOOD}(?:(?:\s+and|,)\s+{_GOOD})*"
    rf"|(?:^|(?<=[,.;!?:]\s)|(?<=\band\s))(?:the\s+)?(?:right|correct)\s+{_NAMED})"
    r"(?=\s*(?:[,.;!]|but\b|and\b|only\b|yet\b|just\b|except\b|so\b|$))",
    re.IGNORECASE,
)
LEFT = 3  # words that must be left of a message for its other words to be blanked


@lru_cache(maxsize=None)
def _patterns() -> List["re.Pattern[str]"]:
    entries = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [re.compile(pattern) for entry in entries for pattern in entry["text"]]


@lru_cache(maxsize=None)
def _around() -> "re.Pattern[str]":
    """What only stands around an identifier: "my e-mail is", "order number"."""
    rows = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))["identifies"]
    words = sorted((word for row in rows for word in row), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)


def in_order(text: str) -> List[Tuple[int, int]]:
    """Return the places, (start, end), where a text says that something is in order, where enough is left beside."""
    rest = IN_ORDER.sub(" ", text)
    return [found.span() for found in IN_ORDER.finditer(text)] if len(rest.split()) >= LEFT else []


def blanked(text: str) -> str:
    """Return the text with every identifier replaced by blanks, so that all else keeps its place.

    A clause in which nothing is left but words around an identifier is blanked with it, unless there is no other; so is
    what the message says is in order, where enough is left.
    """
    for i, j in in_order(text):
        text = text[:i] + " " * (j - i) + text[j:]
    bare = text
    for pattern in _patterns():
        bare = pattern.sub(_blank, bare)
    if bare == text:
        return text
    spans = clauses(text)
    idle = [(i, j) for i, j in spans if text[i:j] != bare[i:j] and not _says_more(bare[i:j])]
    if len(idle) < len(spans):
        for i, j in idle:
            bare = bare[:i] + " " * (j - i) + bare[j:]
    return bare


def _says_more(clause: str) -> bool:
    return any(map(str.isalnum, _around().sub(" ", clause)))


def _blank(match: "re.Match[str]") -> str:
    whole, group = match.group(), 1 if match.re.groups and match.group(1) else 0
    start, end = match.start(group) - match.start(), match.end(group) - match.start()
    return whole[:start] + " " * (end - start) + whole[end:]
