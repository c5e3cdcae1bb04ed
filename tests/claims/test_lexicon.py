"""Yes, no and neither, in the words that buyers use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.claims.answers import Reading
from redress.claims.conversation import Heard, Question
from redress.claims.draft import Draft
from redress.claims.lexicon import Phrases, plain
from redress.claims.options import Options
from tests.claims.talk import LEXICON, NOON

YES = [
    "yes", "Yes!", "YES PLEASE", "yeah", "yep it was", "sure", "ok", "Okay.", "of course", "that’s right", "I did",
    "yes, but only the outer box", "right, it was opened", "it was, yes",
    "Sí", "si", "claro", "sí, lo abrí", "por supuesto", "vale", "да", "Да, конечно", "ага", "верно",
    "是", "是的", "对", "好的", "有", "有的", "没错", "没问题", "嗯", "可以",
]  # fmt: skip
NO = [
    "no", "No.", "nope", "nah", "never", "not at all", "I didn’t", "i didnt", "I did not open it", "I do not have it",
    "it wasn't", "neither of them", "of course not", "nothing", "no, it is new", "definitely not", "don't think so",
    "No, no lo abrí", "claro que no", "nunca", "jamas", "нет", "не открывал", "Нет, конечно", "конечно нет", "неа",
    "不", "不是", "没有", "没", "否", "还没有", "不是的", "没有签字", "不对",
]  # fmt: skip
NEITHER = [
    "not sure", "I'm not sure", "no idea", "I don’t know", "dont know", "I can't remember", "no problem", "no worries",
    "never mind", "yes and no", "maybe", "", "the box was blue", "no sé", "no estoy segura", "не знаю", "не помню",
    "不知道", "不清楚", "不记得", "对不起", "不好意思", "也许",
]  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_yes(text: str) -> None:
    assert reading(text).yes_or_no() is True


@pytest.mark.parametrize("text", NO)
def test_no(text: str) -> None:
    assert reading(text).yes_or_no() is False


@pytest.mark.parametrize("text", NEITHER)
def test_neither(text: str) -> None:
    assert reading(text).yes_or_no() is None


def test_not_knowing_beats_what_was_understood() -> None:
    assert reading("no idea", "deny").yes_or_no() is None


def test_what_was_understood_decides_where_no_word_does() -> None:
    assert reading("mhm", "affirm").yes_or_no() is True
    assert reading("uh-uh", "deny").yes_or_no() is False


@given(st.text(max_size=80))
def test_no_text_is_both(text: str) -> None:
    told = LEXICON.yes_or_no(text, 4)
    assert told in (True, False, None)
    assert LEXICON.yes_or_no(f"  {text.upper()} ", 4) in (told, LEXICON.yes_or_no(text.upper(), 4))


@given(st.text(max_size=80))
def test_plain_is_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_a_phrase_is_found_as_whole_words_without_accents_and_case() -> None:
    phrases = Phrases.of(["don't", "sí", "всё", "全部"])
    for text in ("I DON’T", "i dont", "si", "Sí!", "все", "我要全部退"):
        assert phrases.within(text), text
    for text in ("donut", "sister", "всегда", "部"):
        assert not phrases.within(text), text


def test_a_gap_in_a_phrase_is_up_to_three_words() -> None:
    phrases = Phrases.of(["send ... rest"])
    for text in ("send the rest", "Send rest", "please send me all the rest"):
        assert phrases.within(text), text
    for text in ("send one of all those for the rest", "the rest: send", "resend the rest", "send arrest"):
        assert not phrases.within(text), text


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("I threw the box away", "dont_have"),
        ("no lo tengo", "dont_have"),
        ("у меня нет", "dont_have"),
        ("I'll do it tomorrow", "later"),
        ("más tarde", "later"),
        ("позже", "later"),
        ("稍后发", "later"),
        ("I won’t send any photo", "refuses"),
        ("отказываюсь", "refuses"),
        ("全部", "all_items"),
        ("todos", "all_items"),
        ("все", "all_items"),
        ("I meant the shoes", "corrects"),
        ("it arrived after all", "arrived"),
    ],
)
def test_groups_of_phrases(text: str, group: str) -> None:
    assert getattr(LEXICON, group).within(text)


def reading(text: str, intent: str = "nlu_fallback") -> Reading:
    heard = Heard(text, NOON, intent, 0.9 if intent != "nlu_fallback" else 0.3)
    return Reading(Question("fact:opened", "yes_no"), heard, Draft(id="1"), Options({}), LEXICON)


@pytest.mark.parametrize(
    ("fact", "text", "said"),
    [
        ("within_warranty", "it has not expired", True),
        ("within_warranty", "it expired in May", False),
        ("signed_in_presence", "I signed at the door", True),
        ("signed_in_presence", "it stood at the door", False),
        ("missing_parts", "no component was lost on my side", False),
        ("missing_parts", "no it was lost", True),
    ],
)
def test_what_words_answer_a_fact(fact: str, text: str, said: bool) -> None:
    assert LEXICON.fact(fact, text) is said


def test_before_the_border_is_inside() -> None:
    assert LEXICON.value(("domestic", "international"), "that was before it left China") == "domestic"
