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


def test_small_talk_answers_nothing(parse: Parse) -> None:
    for parsed in parse(["is it raining there", "hello", "what do you mean", "how are you doing today"]):
        told = [label for label, cosine, share in parsed["answers"] if cosine >= 0.5 and share >= 0.8]
        assert set(told) <= {"confirm/leave"}  # which neither agrees nor denies
        assert not parsed["volunteered"]


def test_no_example_stands_for_two_values_of_a_question() -> None:
    meanings: dict[tuple[str, str], str] = {}
    for _, label, text in KnownAnswers.rows():
        question, _, value = label.partition("/")
        assert meanings.setdefault((question, text.casefold()), value) == value


@pytest.mark.slow
def test_what_a_clause_tells_unasked_is_told_apart_from_what_the_message_is(parse: Parse) -> None:
    (result,) = parse(["One bag arrived torn, and I still have the receipt in my drawer"])
    assert "has_receipt/yes" in result["volunteered"]
    (result,) = parse(["The box was empty when I opened it and I want my money back"])
    assert result["volunteered"] in ([], ["opened/yes"])


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("altered", "no, I changed nothing on it", "no"),
        ("has_quality_card", "no, such a card I never had", "no"),
        ("original_label_intact", "it sits there without a scratch", "yes"),
        ("signed_in_presence", "he stood right beside me as I signed", "yes"),
        ("within_warranty", "the guarantee is still good until spring", "yes"),
    ],
)
def test_a_yes_or_no_is_told_by_what_is_said_of_the_matter(parse: Parse, question: str, text: str, value: str) -> None:
    shares = {label: share for label, _, share in parse([text])[0]["answers"]}
    assert shares[f"{question}/{value}"] >= 0.8
