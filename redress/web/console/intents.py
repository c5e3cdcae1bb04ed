"""The intents that a line can be labelled with: those that the training data teaches."""

from functools import cache
from pathlib import Path

from redress.texts import read_yaml

NEVER = ("nlu_fallback",)


@cache
def known_intents(data_dir: Path) -> tuple[str, ...]:
    """The intents under data/nlu, in alphabetical order."""
    found = {
        entry["intent"].partition("/")[0]
        for file in sorted((data_dir / "nlu").glob("*.yml"))
        for entry in read_yaml(file).get("nlu") or ()
        if "intent" in entry
    }
    return tuple(sorted(found - set(NEVER)))
