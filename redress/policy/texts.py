"""Sentences a buyer reads, in every language."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from redress.policy.vocabulary import LANGUAGES, Language


def _complete(value: Any) -> Any:
    """Exactly one non-empty sentence for each language."""
    if not isinstance(value, dict):
        raise ValueError(f"give the text in each language: {', '.join(LANGUAGES)}")
    if missing := [language for language in LANGUAGES if not str(value.get(language) or "").strip()]:
        raise ValueError(f"the text is missing in {', '.join(missing)}")
    return value


Texts = Annotated[Mapping[Language, str], BeforeValidator(_complete)]
