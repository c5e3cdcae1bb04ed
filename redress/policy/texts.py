"""Sentences a buyer reads, in every language."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from redress.policy.vocabulary import LANGUAGES

_SCHEMA = {
    "type": "object",
    "properties": {language: {"type": "string", "minLength": 1} for language in LANGUAGES},
    "required": list(LANGUAGES),
    "additionalProperties": False,
}


def _complete(value: Any) -> Any:
    """Exactly one non-empty sentence for each language."""
    if not isinstance(value, dict):
        raise PydanticCustomError("texts", "give the text in each language", {"allowed": LANGUAGES})
    if unknown := [key for key in value if key not in LANGUAGES]:
        raise PydanticCustomError("unknown_key", "unknown language", {"key": unknown[0], "allowed": LANGUAGES})
    for language in LANGUAGES:
        if not isinstance(value.get(language), str) or not value[language].strip():
            raise PydanticCustomError("texts", f"the text is missing in {language}", {"allowed": LANGUAGES})
    return value


Texts = Annotated[Mapping[str, str], BeforeValidator(_complete), WithJsonSchema(_SCHEMA)]
