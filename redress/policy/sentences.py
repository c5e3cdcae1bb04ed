"""The sentences about an assessment that belong to no single shop, read once from `sentences.yml`."""

from functools import cache
from pathlib import Path
from typing import Any

from redress.policy.texts import Texts
from redress.policy.yaml_lines import read_document


@cache
def sentences() -> dict[str, Any]:
    """All of them: name -> text by language, or a group of such."""
    data: dict[str, Any] = read_document(Path(__file__).with_name("sentences.yml").read_bytes()).data
    return data


def reason_sentence(code: str) -> Texts:
    """The general sentence for a reason code, in every language."""
    texts: Texts = sentences()["reasons"][code]
    return texts
