"""Which example answers a message comes near, by the trained model."""

import pytest

from dialogue.language.answers import KnownAnswers
from tests.dialogue.conftest import Parse

# an answer in words that data/answers.yml does not have, and what it means
MEANT = [
    ("I'd still like to have that item, working", "remedy/replacement"),
    ("not a single bit lost", "missing_parts/no"),
    ("the driver stood by while I signed", "signed_in_presence/yes"),
    ("the guy from next door got it for me", "signed_in_presence/no"),
    ("got refused at customs over here", "return_leg/international"),
    ("it's a video game disc", "product_kind/media"),
    ("nah I'm keeping it", "will_return_new_with_labels/no"),
    ("can I do that when I'm back on Friday", "evidence/later"),
]


@pytest.mark.parametrize(("text", "label"), MEANT)
def test_the_nearest_answer_of_its_question_is_the_right_one(parse: Parse, text: str, label: str) -> None:
    group = label.partition("/")[0]
    near = [pair for pair in parse([text])[0]["answers"] if pair[0].startswith(f"{group}/")]
    assert near[0][0] == label
    assert near[0][1] >= 0.45


def test_small_talk_is_far_from_every_answer(parse: Parse) -> None:
    for parsed in parse(["is it raining there", "hello", "what do you mean"]):
        assert not parsed["answers"]


def test_no_example_stands_for_two_values_of_a_question() -> None:
    meanings: dict[tuple[str, str], str] = {}
    for _, label, text in KnownAnswers.rows():
        question, _, value = label.partition("/")
        assert meanings.setdefault((question, text.casefold()), value) == value
