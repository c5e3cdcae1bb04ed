"""What of a shop's policy a message comes near in meaning, by the trained model."""

import pytest

from dialogue.language.topics import POLICIES, rows_of
from tests.dialogue.conftest import Parse

# shop, a question in words that its pack does not have, what answers it
MEANT = [
    ("1688order", "what's the charge if I swap 3 products", "return_fees"),
    ("1688order", "is it possible to have my stuff looked over more carefully", "special_check"),
    ("ali-shipping", "what if nobody opens the door and the parcel goes back", "rto"),
    ("ali-shipping", "is downgrading my plan possible", "membership"),
    ("genuine-goods", "how do you know whether it's really counterfeit", "counterfeit_proof"),
    ("genuine-goods", "who puts up the money", "who_pays"),
    ("parcel-up", "what do you keep if I cancel after the purchase", "cancellation_costs"),
    ("parcel-up", "is it covered when the colours look different in reality", "never_covered"),
    ("platform-15", "does the voucher count in the refund", "coupons"),
    ("platform-15", "I threw in my own item with the return by accident", "sent_by_mistake"),
]


@pytest.mark.parametrize(("shop", "question", "topic"), MEANT)
def test_the_nearest_topic_is_the_right_one(parse: Parse, shop: str, question: str, topic: str) -> None:
    (parsed,) = parse([question], [{"shop": shop}])
    (nearest, cosine), *_ = parsed["topics"]
    assert nearest == topic
    assert cosine >= 0.45


@pytest.mark.parametrize(
    "question", ["do you take bitcoin", "what's the weather", "are you hiring", "do you gift-wrap"]
)
def test_what_no_policy_speaks_of_is_far_from_it(parse: Parse, question: str) -> None:
    for parsed in parse([question] * 5, [{"shop": path.stem} for path in sorted(POLICIES.glob("*.yml"))]):
        assert parsed["topics"][0][1] < 0.6


def test_without_a_shop_there_are_no_topics(parse: Parse) -> None:
    assert "topics" not in parse(["how do I cancel"])[0]


def test_an_answers_questions_and_texts_and_every_clause_are_compared() -> None:
    rows = list(rows_of(POLICIES / "parcel-up.yml"))
    assert ("parcel-up", "replacement", "Do you send a new one?") in rows
    assert {topic for _, topic, _ in rows} >= {"replacement", "cancelling", "6.5", "8.4"}
    assert len(rows) == len(set(rows))
