"""The training sentences: of every intent enough, none twice, and none that is measured with."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

ROOT = Path(__file__).parents[2]
MEASURED = ROOT.parent / "shared" / "nlu"
HELD_OUT = yaml.safe_load((Path(__file__).parent / "messages.yml").read_text(encoding="utf-8"))
BUTTONS = "choose"  # pressed, never written: its two examples only make it known to Rasa
SHORT_WORDS = 2  # "thank you", "refund status": what anybody would write is no proof of copying


def folded(text: str) -> str:
    """Without case, punctuation and spacing, but with the emoji that may be all there is."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split()) or text


def examples() -> list[tuple[str, str]]:
    """Every training sentence as (text, intent)."""
    pairs = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        data = RasaYAMLReader().reads(path.read_text(encoding="utf-8"))
        pairs += [(example.get("text"), example.get("intent")) for example in data.intent_examples]
    return pairs


def held_out() -> list[tuple[str, str]]:
    """Every message of this project's own test set as (text, intent)."""
    one = [(text, intent) for intent, texts in HELD_OUT["one"].items() for text in texts]
    return one + [(row["text"], row["first"]) for part in ("two", "same_story") for row in HELD_OUT[part]]


def measured() -> list[str]:
    """The messages that the project is measured with, where they are present."""
    if not MEASURED.is_dir():
        pytest.skip("the measured messages are not on this machine")
    rows = [json.loads(line) for path in MEASURED.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    texts = [row["text"] for row in rows]
    for path in MEASURED.glob("benchmarks/**/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            texts += [cell for line in csv.reader(file) for cell in line]
    return texts


def test_no_intent_is_starved_and_none_drowns_the_others() -> None:
    counts = Counter(intent for _, intent in examples())
    assert counts.pop(BUTTONS) == 2
    beyond = counts.pop("out_of_scope")
    assert min(counts.values()) >= 50, counts
    assert max(counts.values()) <= 5 * min(counts.values()), counts
    assert beyond >= 300  # everything else in the world needs more room than any one intent


def test_sentences_are_as_long_as_people_write() -> None:
    lengths = sorted(len(text.split()) for text, _ in examples())
    assert lengths[len(lengths) // 10] <= 4
    assert lengths[-len(lengths) // 10] >= 20


def test_no_sentence_is_written_twice() -> None:
    counts = Counter(folded(text) for text, _ in examples())
    assert [text for text, times in counts.items() if times > 1] == []


def test_the_held_out_messages_cover_every_intent_and_stay_held_out() -> None:
    trained = {folded(text) for text, _ in examples()}
    assert [text for text, _ in held_out() if folded(text) in trained] == []
    assert {intent for _, intent in held_out()} == {intent for _, intent in examples()} - {BUTTONS}


def test_no_sentence_is_one_that_we_are_measured_with() -> None:
    """Compared folded and reported by number, so that no measured message is ever printed.

    Phrases of a few words that anybody writes ("thank you") are bound to be in both.
    """
    known = {folded(text) for text in measured()}
    same = sum(len(text.split()) > SHORT_WORDS and folded(text) in known for text, _ in examples())
    assert same == 0, f"{same} training sentences equal measured ones: drop them"
