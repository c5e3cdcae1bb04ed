"""Buyers who write Chinese, Spanish or Russian: every button works, and so do yes, no and the hint in free text."""

import re
from collections.abc import Sequence

import pytest

from redress.claims.choices import COMMON_ISSUES
from redress.claims.conversation import Conversation
from redress.claims.draft import JSON
from redress.demo import PREFIXES
from redress.policy.sentences import sentences
from redress.policy.vocabulary import ISSUES, Language
from tests.claims.talk import Talk, World
from tests.ticketing import PACKS, TEXTS

OTHERS: tuple[Language, ...] = ("zh-CN", "es", "ru")
SCRIPTS = {"zh-CN": re.compile(r"[\u4e00-\u9fff]"), "ru": re.compile(r"[а-яё]", re.IGNORECASE)}
ENGLISH = re.compile(r"\b(the|your|you|please|which|is|are|of|what|it)\b", re.IGNORECASE)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("shop", PACKS)
@pytest.mark.parametrize("issue", ["missing_item", "non_delivery"])
def test_a_claim_by_buttons_alone(world: World, shop: str, language: Language, issue: str) -> None:
    talk = world.talk(shop, language)
    press(talk, f"utter_issue_{issue}", language)
    seen = [talk.text]
    talk.identify(PREFIXES[shop] + "100001")
    while talk.question and len(seen) < 30:
        seen.append(talk.text)
        talk = press_on(talk, language)
    seen.append(talk.text)
    assert talk.question is None
    assert talk.ticket or talk.outcome in ("declined", "too_early")
    for text in seen:
        in_language(text, language)


@pytest.mark.parametrize("language", OTHERS)
def test_every_problem_can_be_chosen(world: World, language: Language) -> None:
    for issue in ISSUES:
        talk = world.talk("platform-15", language)
        if issue not in COMMON_ISSUES:
            press(talk, "utter_issue_other", language)
            assert talk.question == "issue"
            in_language(talk.text, language)
        if issue == "other":
            press(talk, "utter_choice_none_of_these", language)
            in_language(talk.text, language)
            talk.hear("发票上的名称不对。", "nlu_fallback")  # whatever it is, a person reads it
            assert talk.draft.told == ("发票上的名称不对。",)
        else:
            press(talk, f"utter_issue_{issue}", language)
        assert talk.draft.issue == issue
        assert talk.question == "order_number"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-CN", "我收到的包裹里少了一个包"),
        ("es", "Me falta una bolsa en el paquete"),
        ("ru", "В посылке не хватает одной сумки"),
        ("en", "В посылке не хватает одной сумки"),
        ("en", "我收到的包裹里少了一个包"),
    ],
)
def test_free_text_of_another_language_is_told_what_works(world: World, language: Language, text: str) -> None:
    talk = world.talk(language=language).hear(text)
    assert TEXTS.say("utter_only_english", language) in talk.text
    assert TEXTS.say("utter_choice_person", language) in talk.choices
    assert talk.question == "issue"
    assert talk.draft.issue is None


@pytest.mark.parametrize(
    ("language", "text", "intent"),
    [
        ("zh-CN", "人工客服", "talk_to_human"),
        ("zh-CN", "请转人工", "talk_to_human"),
        ("es", "Quiero hablar con una persona", "talk_to_human"),
        ("ru", "Позовите человека!", "talk_to_human"),
        ("en", "позовите человека", "talk_to_human"),
        ("zh-CN", "为什么？", "ask_why"),
        ("es", "¿Por qué?", "ask_why"),
        ("ru", "Почему?", "ask_why"),
        ("zh-CN", "谢谢", "thanks"),
        ("es", "Muchas gracias", "thanks"),
        ("ru", "спасибо", "thanks"),
        ("zh-CN", "你好", "greet"),
        ("ru", "我要退款", "nlu_fallback"),
        ("en", "包裹里少了一个包，谢谢", "nlu_fallback"),
        ("en", "gracias", None),
        ("en", "thanks", None),
        ("es", "la bolsa llegó rota, quiero hablar del reembolso", None),
    ],
)
def test_what_the_dialogue_process_gets(
    world: World, monkeypatch: pytest.MonkeyPatch, language: Language, text: str, intent: str | None
) -> None:
    """Of what it cannot understand, the intent that the lexicon knows, or that it is not understood; never the text."""
    talk, got = world.talk(language=language), []
    answer = talk.say

    def listen(conversation: Conversation, client_id: str, message: str) -> Sequence[JSON]:
        got.append(message)
        return answer(conversation, client_id, message)

    monkeypatch.setattr(talk, "say", listen)
    talk.hear(text)
    assert got == [f"/{intent}" if intent else text]


def test_a_foreign_sentence_is_no_answer_by_what_it_was_taken_for(world: World) -> None:
    """The dialogue process takes Chinese that it cannot read for a no, say."""
    talk = world.talk(language="zh-CN")
    press(talk, "utter_issue_damaged", "zh-CN")
    talk.identify().hear("全部")
    question, facts = talk.question, talk.draft.facts
    talk.hear("什么意思呢", "deny")
    assert (talk.question, talk.draft.facts) == (question, facts)


@pytest.mark.parametrize("text", ["I don’t get it 😡", "“hmm”", "… €?"])
def test_curly_quotes_and_emoji_are_no_other_language(world: World, text: str) -> None:
    talk = world.talk().hear(text)
    assert TEXTS.say("utter_not_understood", "en") in talk.text


@pytest.mark.parametrize(
    ("language", "yes", "no"),
    [("en", "yes", "no"), ("zh-CN", "是的", "没有"), ("es", "sí", "no"), ("ru", "да", "нет")],
)
def test_a_question_of_fact_answered_in_words(world: World, language: Language, yes: str, no: str) -> None:
    for said, meant in ((yes, True), (no, False)):
        talk = world.talk(language=language)
        press(talk, "utter_issue_damaged", language)
        talk.identify().take(next(iter(talk.choices.values())))
        while (talk.question or "").startswith("quantity:"):
            talk.hear("1")
        assert talk.question is not None
        assert talk.question.startswith("fact:")
        name = talk.question.removeprefix("fact:")
        talk.hear(said)
        assert talk.draft.facts[name] is meant


@pytest.mark.parametrize(
    ("language", "everything"), [("en", "all of them"), ("zh-CN", "全部"), ("es", "todos"), ("ru", "все")]
)
def test_all_items_in_words(world: World, language: Language, everything: str) -> None:
    talk = world.talk(language=language)
    press(talk, "utter_issue_damaged", language)
    talk.identify().hear(everything)
    assert talk.draft.affected == {"A1": 3, "B2": 1, "C3": 2}


@pytest.mark.parametrize("language", OTHERS)
def test_a_typed_title_counts_as_the_button(world: World, language: Language) -> None:
    talk = world.talk(language=language).hear(TEXTS.say("utter_issue_counterfeit", language))
    assert talk.draft.issue == "counterfeit"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "I want my money"), ("es", "Es una bolsa"), ("ru", "что это такое"), ("zh-CN", "商品")],
)
def test_a_word_of_a_title_is_not_the_problem(world: World, language: Language, text: str) -> None:
    assert world.talk(language=language).hear(text).draft.issue is None


@pytest.mark.parametrize("language", OTHERS)
def test_interruptions_are_answered_in_the_language(world: World, language: Language) -> None:
    talk = world.talk(language=language)
    press(talk, "utter_issue_damaged", language)
    for intent in ("ask_why", "greet", "thanks", "wait", "complaint", "out_of_scope", "bot_challenge", "goodbye"):
        talk.hear("?!", intent)
        in_language(talk.text, language)
        assert talk.question == "order_number"
    talk.identify().hear("?!", "ask_deadline")
    in_language(talk.text, language)
    talk.hear("?!", "talk_to_human")
    in_language(talk.text, language)


def press(talk: Talk, name: str, language: Language) -> Talk:
    """Press the button with that response for a title."""
    return talk.take(talk.choices[TEXTS.say(name, language)])


def press_on(talk: Talk, language: Language) -> Talk:
    """Answer the open question as a willing buyer would, by a button wherever there is one."""
    question = talk.state.question
    assert question is not None
    if question.topic == "evidence":
        return talk.photograph()
    if question.topic == "confirm":
        return press(talk, "utter_choice_confirm", language)
    if question.topic == "fact":
        return talk.answer_facts()
    assert talk.choices, question
    return talk.take(next(iter(talk.choices.values())))


def in_language(text: str, language: Language) -> None:
    """Nothing of a text is English, and what is Chinese or Russian is in its script."""
    titles = ("Canvas bag", "Running shoes 42", "Phone case", "ABC 12345, as I said")
    for title in titles:
        text = text.replace(title, "")
    if language in SCRIPTS:
        assert SCRIPTS[language].search(text), text
    assert not ENGLISH.search(text), text
    assert sentences()["outcomes"]["qualifies"]["en"] not in text
