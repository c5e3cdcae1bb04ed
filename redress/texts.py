"""The sentences a buyer reads, from the same files as Rasa's: `data/responses/*.yml`."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import yaml

from redress.errors import RedressError
from redress.policy.vocabulary import LANGUAGES, Language

PLACEHOLDER = re.compile(r"{(\w+)}")
DEFAULT_LANGUAGE = "en"


class UnknownText(RedressError):
    """A sentence that no file under data/responses has, or one whose placeholder was given no value."""

    code = "unknown_text"


class FileTexts:
    """Responses by name and language. A variation without a condition is English, the language of last resort."""

    def __init__(self, folder: Path) -> None:
        self._texts: dict[str, dict[str, str]] = {}
        for file in sorted(folder.glob("*.yml")):
            for name, variations in read_yaml(file)["responses"].items():
                self._texts[name] = {_language(variation): variation["text"].strip() for variation in variations}

    def say(self, name: str, language: str, **values: object) -> str:
        """The text of a response, its placeholders filled with `values`."""
        try:
            variations = self._texts[name]
            text = variations.get(language) or variations[DEFAULT_LANGUAGE]
            return PLACEHOLDER.sub(lambda found: str(values[found[1]]), text)
        except KeyError as error:
            raise UnknownText(f"data/responses has no {name} in {language}, or no value for {error}.") from error

    def names(self) -> Mapping[str, Mapping[str, str]]:
        """Every response: name -> language -> text."""
        return self._texts


def language_of(locale: str) -> Language:
    """The language of ours that fits a BCP 47 locale best: "zh-Hans" is zh-CN, "fr" is English."""
    primary = locale.replace("_", "-").partition("-")[0].lower()
    found = next((language for language in LANGUAGES if language.partition("-")[0] == primary), LANGUAGES[0])
    return cast("Language", found)


def read_yaml(file: Path) -> dict[str, Any]:
    """The content of one of our own YAML files, a mapping."""
    content: dict[str, Any] = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return content


def _language(variation: Mapping[str, object]) -> str:
    conditions = variation.get("condition") or []
    assert isinstance(conditions, list)
    return next((str(c["value"]) for c in conditions if c.get("name") == "language"), DEFAULT_LANGUAGE)
