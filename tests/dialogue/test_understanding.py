"""What the trained model makes of messages that it has never seen (messages.yml)."""

from pathlib import Path
from random import Random

import pytest
import yaml

from dialogue.intent.table import IntentTable
from dialogue.measure.scores import share

MESSAGES = yaml.safe_load((Path(__file__).parent / "messages.yml").read_text(encoding="utf-8"))
ONE = [(intent, text) for intent, texts in MESSAGES["one"].items() for text in texts]

pytestmark = pytest.mark.slow


def test_most_messages_are_understood(parse):
    results = parse([text for _, text in ONE])
    right = [r["intent_ranking"][0]["name"] == intent for (intent, _), r in zip(ONE, results, strict=True)]
    assert share(right) >= 0.8


def test_two_problems_in_one_message_are_both_noticed(parse):
    results = parse([row["text"] for row in MESSAGES["two"]])
    both = [
        {result["intent"]["name"], result.get("second_issue")} == {row["first"], row["second"]}
        for row, result in zip(MESSAGES["two"], results, strict=True)
    ]
    assert share(both) >= 0.6


def test_one_problem_told_in_many_words_stays_one(parse):
    results = parse([row["text"] for row in MESSAGES["same_story"]])
    first = [result["intent_ranking"][0]["name"] for result in results]
    wanted = [row["first"] for row in MESSAGES["same_story"]]
    assert share([got == want for got, want in zip(first, wanted, strict=True)]) >= 0.75
    assert share(["second_issue" not in result for result in results]) >= 0.75


def test_what_a_parse_holds(parse):
    (result,) = parse(["my order OR100001 came without the phone case, and the bag is torn"])
    assert set(result["decision"]) == {"kind", "close"}
    assert result["decision"]["kind"] in ("intent", "close", "unsure", "out_of_scope")
    assert result["intent_ranking"][0]["confidence"] >= result["intent_ranking"][1]["confidence"]
    assert set(result["labels"]) == {"decision", "ranking"}
    assert {"order_number", "product"} <= {entity["entity"] for entity in result["entities"]}


def test_letters_without_sense_are_turned_away(parse):
    random = Random(7)
    words = ["".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=random.randint(4, 8))) for _ in range(120)]
    results = parse([" ".join(words[i : i + 3]) for i in range(0, len(words), 3)])
    assert share([result["labels"]["decision"] in ("out_of_scope", "unsure") for result in results]) >= 0.9


DENIED = {
    "it isn't broken": "damaged",
    "nothing is damaged": "damaged",
    "it works": "defective",
    "not faulty": "defective",
}
CLAIMED = {
    "you sent the wrong colour": "wrong_color",
    "it is the wrong size": "wrong_size",
    "one of the two is missing": "missing_item",
}


def test_what_is_denied_is_not_the_problem(parse):
    pairs = [(f"{denial}, {claim}", CLAIMED[claim]) for denial in DENIED for claim in CLAIMED]
    results = parse([text for text, _ in pairs])
    right = [result["intent"]["name"] == wanted for (_, wanted), result in zip(pairs, results, strict=True)]
    assert share(right) >= 0.75
    assert not {result["intent"]["name"] for result in results} & set(DENIED.values())


@pytest.mark.parametrize("text", ["", "?", "...", "!!!", "   "])
def test_nothing_to_understand_is_unsure(parse, text):
    (result,) = parse([text])
    assert result["intent"]["name"] == "nlu_fallback"
    assert result["labels"]["decision"] == "unsure"
    assert result["labels"]["ranking"], "a ranking all the same"


ODD = {
    "long word": "a" * 10_000,
    "long": "broken " * 1500,
    "unseen": "\u0000\u200b",
    "faces": "🙁" * 200,
    "Russian": "где моя посылка",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_messages_break_nothing(parse, text):
    (result,) = parse([text])
    assert result["labels"]["decision"]


def test_the_table_names_intents_that_there_are(parse):
    domain = yaml.safe_load((Path(__file__).parents[2] / "domain.yml").read_text(encoding="utf-8"))
    intents = {next(iter(i)) if isinstance(i, dict) else i for i in domain["intents"]} | {"out_of_scope"}
    table = IntentTable.read()
    named = table.problems | table.yielding | set(table.labels) | frozenset().union(*table.alike)
    assert named <= intents
