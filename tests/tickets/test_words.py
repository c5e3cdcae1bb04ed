"""The sentences about tickets: in every language, with the same gaps to fill, and none that nobody says."""

from __future__ import annotations

import re

import pytest
import yaml

from redress.policy.vocabulary import LANGUAGES
from redress.settings import ROOT

FILE = ROOT / "data" / "responses" / "tickets.yml"
RESPONSES = yaml.safe_load(FILE.read_text("utf-8"))["responses"]
GAP = re.compile(r"{(\w+)}")


def by_language(name: str) -> dict[str, str]:
    return {
        next((one["value"] for one in variation.get("condition", ())), "en"): variation["text"]
        for variation in RESPONSES[name]
    }


@pytest.mark.parametrize("name", RESPONSES)
def test_a_sentence_is_there_in_every_language_with_the_same_gaps(name: str) -> None:
    texts = by_language(name)
    assert set(texts) == set(LANGUAGES)
    gaps = {language: sorted(GAP.findall(text)) for language, text in texts.items()}
    assert all(found == gaps["en"] for found in gaps.values()), gaps
    assert len(set(texts.values())) == len(LANGUAGES), "translated"


def test_every_sentence_is_said_somewhere() -> None:
    code = "".join(path.read_text() for path in (ROOT / "redress" / "claims").glob("*.py"))
    states = {"appealed", "settled", "withdrawn", "expired"}
    unsaid = [
        name
        for name in RESPONSES
        if name.removeprefix("utter_ticket_") not in code and name.rpartition("_")[2] not in states
    ]
    assert unsaid == []
