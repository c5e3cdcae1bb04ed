"""Questions about the policy, against the shops' real packs."""

from typing import get_args

import pytest

from redress.claims.topics import best_topic
from redress.policy import Answer
from redress.policy.vocabulary import Language
from tests.claims.talk import World
from tests.ticketing import PACKS

# shop, question, the topics or clauses of which one answers it
ANSWERED = [
    ("1688order", "can I return opened software?", "27.2"),
    ("1688order", "Can i send back a DVD that I opened", "27.2"),
    ("1688order", "how much is the return fee for 30 SKUs?", "return_fees"),
    ("1688order", "what does an exchange cost with 12 SKUs", "return_fees"),
    ("1688order", "who pays the return", "return_fees"),
    ("1688order", "how long do I have to report damage", "deadlines"),
    ("1688order", "which photos do you need for a wrong size", "photos"),
    ("1688order", "what happens if customs sends the parcel back", "returned_parcels"),
    ("1688order", "who pays when the parcel is returned from abroad", "returned_parcels 38.1"),
    ("1688order", "can I return it without the receipt", "28.2"),
    ("1688order", "should i sign if the box is torn", "note_on_slip inspect"),
    ("1688order", "do you check the quality before shipping", "inspection 25.3 special_check"),
    ("1688order", "can i exchange a product that was altered", "26.2"),
    ("ali-shipping", "do you accept returns", "returns 3.1"),
    ("ali-shipping", "where do I send it back", "return_address"),
    ("ali-shipping", "can I use the warehouse address", "return_address 3.4"),
    ("ali-shipping", "how do I get my refund paid", "refunds 15.1"),
    ("ali-shipping", "can I cancel an order", "cancelling"),
    ("ali-shipping", "what is RTO", "rto"),
    ("ali-shipping", "my customer says it never came but tracking shows delivered", "tracking 14.3"),
    ("ali-shipping", "how do I cancel my membership", "membership"),
    ("genuine-goods", "where do I send it in Hong Kong?", "return_address 25.3"),
    ("genuine-goods", "where do I return it in Taiwan", "return_address 25.4"),
    ("genuine-goods", "how much compensation do I get for a fake", "how_much 7.2"),
    ("genuine-goods", "what counts as proof", "counterfeit_proof"),
    ("genuine-goods", "who pays the compensation", "who_pays"),
    ("genuine-goods", "how long do I have to complain about a fake", "7.1 10.1"),
    ("parcel-up", "how do I cancel", "cancelling"),
    ("parcel-up", "is there a fee for cancelling", "cancellation_costs cancelling"),
    ("parcel-up", "are delivery delays covered", "never_covered 10.1"),
    ("parcel-up", "what if my parcel is lost", "undelivered 7.4"),
    ("parcel-up", "how long do I have to report", "how_to_ask"),
    ("parcel-up", "can i get a replacement instead of a refund", "replacement 8.4"),
    ("platform-15", "do you accept returns", "no_returns 12.2"),
    ("platform-15", "can I return something just because I don't like it", "no_returns 12.2"),
    ("platform-15", "who pays the return", "costs"),
    ("platform-15", "how long does the review take", "how_fast 20.2"),
    ("platform-15", "when do I get my money", "when_paid 22.2"),
    ("platform-15", "where do I send the return to", "return_address given_address 24.4"),
    ("platform-15", "I used a coupon, how much do I get back", "coupons 15.2"),
    ("platform-15", "what about force majeure", "13.2"),
]
UNANSWERED = [
    "do you ship to Canada",
    "do you sell gift cards",
    "can I pay with paypal",
    "who pays customs duties",
    "is there cash on delivery",
    "do you have a shop in Berlin",
    "what colour does this bag come in",
    "do you have a loyalty program",
    "what's the weather like",
]


@pytest.mark.parametrize(("shop", "question", "topics"), ANSWERED, ids=lambda value: value)
def test_the_topic_of_a_question(shop: str, question: str, topics: str) -> None:
    found = best_topic(PACKS[shop].versions[-1], question, "en")
    assert found is not None
    assert (found.topic if isinstance(found, Answer) else found.ref) in topics.split()


@pytest.mark.parametrize("shop", PACKS)
@pytest.mark.parametrize("question", UNANSWERED)
def test_what_the_policy_does_not_say(world: World, shop: str, question: str) -> None:
    """Also in the middle of a claim, whose rule does not answer it either; then a person is offered."""
    talk = world.talk(shop).hear("it arrived broken", "damaged")
    talk.hear(question, "policy_question", ranking=(("policy_question", 0.7), ("late_delivery", 0.15)))
    assert "does not say" in talk.text or "says nothing" in talk.text
    assert "Talk to a person" in talk.choices
    assert talk.question == "order_number"  # put again


@pytest.mark.parametrize("language", get_args(Language))
def test_every_topic_is_found_by_its_own_phrases_in_every_language(language: Language) -> None:
    """By a phrase that two topics share either of them is found."""
    lost = []
    for shop, pack in PACKS.items():
        for answer in pack.versions[-1].answers.values():
            for phrase in answer.words.get(language, ()):
                found = best_topic(pack.versions[-1], phrase, language)
                words = [*found.words[language], found.title[language]] if isinstance(found, Answer) else []
                if not phrase.isdigit() and not any(phrase in word or word in phrase for word in words):
                    lost.append((shop, answer.topic, phrase, getattr(found, "topic", found)))
    assert not lost


def test_a_fee_is_worked_out_for_the_number_in_the_question(world: World) -> None:
    talk = world.talk().hear("how much is the return fee for 30 SKUs?", "policy_question")
    assert "With 30 SKUs a month, the service fee for a return is CN¥" in talk.text


def test_a_fee_is_worked_out_for_the_order_of_the_claim(world: World) -> None:
    talk = world.talk().hear("one shoe has the wrong size", "wrong_size").identify()
    talk.hear("what does a return cost?", "policy_question")
    assert "With 12 SKUs a month" in talk.text


def test_days_are_no_number_of_skus(world: World) -> None:
    talk = world.talk().hear("what does a return cost after 30 days?", "policy_question")
    assert "30 SKUs" not in talk.text


@pytest.mark.parametrize("question", ["can I return it then?", "what is the policy on this?", "will I get a refund?"])
def test_a_question_without_a_topic_is_about_the_claim(world: World, question: str) -> None:
    talk = world.talk("genuine-goods").hear("they sent me a fake", "counterfeit")
    assert "clause" in talk.hear(question, "policy_question").text


def test_the_answer_is_in_the_buyers_language_with_its_clause(world: World) -> None:
    talk = world.talk(language="zh-CN").hear("退货服务费多少钱？")
    assert "每个 SKU" in talk.text
    assert "条款" in talk.text


def test_the_deadline_of_the_claim_that_is_being_told(world: World) -> None:
    talk = world.talk().hear("one shoe has the wrong size", "wrong_size").identify()
    talk.hear("how long do I have?", "ask_deadline")
    assert "a wrong size can be reported until" in talk.text
    assert "(China time)" in talk.text


KEEPS = "what do you keep of my money after that"  # shares no word with the answer


def test_a_question_is_answered_by_what_it_means(world: World) -> None:
    talk = world.talk("parcel-up").hear(KEEPS, "policy_question", topics=(("cancellation_costs", 0.7),))
    assert "35 RMB" in talk.text


def test_what_is_far_in_meaning_is_no_answer(world: World) -> None:
    talk = world.talk("parcel-up").hear("do you take bitcoin", "policy_question", topics=(("cancellation_costs", 0.4),))
    assert "says nothing" in talk.text


def test_a_topic_that_the_pack_no_longer_has_is_passed_over(world: World) -> None:
    near = (("gone", 0.9), ("cancellation_costs", 0.7))
    assert "35 RMB" in world.talk("parcel-up").hear(KEEPS, "policy_question", topics=near).text


def test_what_shares_words_goes_before_what_is_about_as_near(world: World) -> None:
    near = (("membership", 0.7), ("refunds", 0.65))
    talk = world.talk("ali-shipping").hear("how is the refund paid", "policy_question", topics=near)
    assert "E-Wallet" in talk.text


def test_a_question_that_was_taken_for_a_problem_opens_no_claim(world: World) -> None:
    question = "the shirt has the wrong colour, must I pay to send it back?"
    talk = world.talk("parcel-up").hear(question, "wrong_color", topics=(("who_pays_return", 0.9),))
    assert "labels and packaging" in talk.text
    assert talk.question == "issue"


def test_a_problem_that_is_told_with_a_question_mark_opens_one(world: World) -> None:
    told = "my shirt came in the wrong colour, can you help?"
    talk = world.talk("parcel-up").hear(told, "wrong_color", topics=(("who_pays_return", 0.5),))
    assert talk.question == "order_number"
