"""Order numbers, addresses and the like say nothing of what a message is about: blanked before it is classified."""

import re
from functools import lru_cache
from typing import List

import yaml

from dialogue import ROOT

FILE = ROOT / "data" / "entities" / "identifiers.yml"


@lru_cache(maxsize=None)
def _patterns() -> List["re.Pattern[str]"]:
    entries = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [re.compile(pattern) for entry in entries for pattern in entry["text"]]


def blanked(text: str) -> str:
    """Return the text with every identifier replaced by blanks, so that all else keeps its place."""
    for pattern in _patterns():
        text = pattern.sub(_blank, text)
    return text


def _blank(match: "re.Match[str]") -> str:
    whole, group = match.group(), 1 if match.re.groups and match.group(1) else 0
    start, end = match.start(group) - match.start(), match.end(group) - match.start()
    return whole[:start] + " " * (end - start) + whole[end:]
