"""What sends a claim, what does not, and what leaves it open: nothing goes out without a yes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.claims import consent
from redress.claims.conversation import Heard
from tests.claims.talk import LEXICON, NOON, World

SENT = [
    "yes", "yes please", "send it", "go ahead", "ok, submit", "Yes, send it", "looks good", "confirm", "sure", "do it",
    "sí", "envíalo", "envialo", "adelante", "да", "отправляйте", "提交", "好的，提交", "确认",
]  # fmt: skip
NOT_SENT = [
    "no", "don't send it", "dont send it", "Don’t send it", "do not submit", "not yet", "never", "no, don't",
    "no lo envíe", "не отправляйте", "нет", "不", "不要提交", "别提交", "先不提交",
]  # fmt: skip
UNDECIDED = [
    "yes but the quantity is wrong", "ok thank you", "thanks", "no problem", "wait", "hold on", "should I send it?",
    "when will you send it", "what happens if you send it", "yes, actually it was two", "before you send it",
    "ok, cancel it", "yes not yet", "sí, pero son dos", "да, но их две", "是的，但是有两个", "等一下", "取消提交",
    "要提交吗？",
    "I am not happy, send it back?",
    "yes and I also want to say that I am very disappointed by all of this",
]  # fmt: skip


UNCHANGED = [
    "nothing to change, submit it",
    "no corrections, send it",
    "yes, thank you, do send it",
    "that's how it is, send it",
]


@pytest.mark.parametrize("text", SENT + UNCHANGED)
def test_what_sends_a_claim(text: str) -> None:
    assert agreed(text, "nlu_fallback") is True


@pytest.mark.parametrize("text", NOT_SENT)
def test_what_does_not_send_it(text: str) -> None:
    assert agreed(text, "affirm" if text == "dont send it" else "deny") is False


@pytest.mark.parametrize("text", UNDECIDED)
def test_what_leaves_it_open(text: str) -> None:
    assert agreed(text) is None


@given(st.sampled_from(SENT), st.sampled_from(["but", "wait", "hold on", "except", "pero", "но", "但是"]))
def test_no_yes_with_a_but_sends_anything(yes: str, but: str) -> None:
    assert agreed(f"{yes}, {but} there is more", "affirm") is None


def test_a_yes_may_be_meant_where_no_word_says_it() -> None:
    assert agreed("all of that is right, off you go", "goodbye", ("yes", 0.8, 0.97), ("no", 0.4, 0.02)) is True
    assert agreed("that isn't what I told you", None, ("no", 0.8, 0.9), ("yes", 0.5, 0.1)) is False


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("off with it", (("yes", 0.5, 0.99),)),
        ("quite so, I believe", (("yes", 0.8, 0.9),)),
        ("it may be so", (("yes", 0.7, 0.9), ("no", 0.65, 0.1))),
        ("that's all for today", (("leave", 0.7, 0.97), ("yes", 0.6, 0.03))),
        ("all right but the size", (("yes", 0.9, 0.99),)),
        ("none of it is wrong or right", (("yes", 0.9, 0.99),)),
    ],
)
def test_a_doubtful_meaning_sends_nothing(text: str, near: tuple[tuple[str, float, float], ...]) -> None:
    assert agreed(text, "nlu_fallback", *near) is not True


def test_all_is_right_is_a_yes_that_no_button_said(world: World) -> None:
    talk = world.talk().hear("it never arrived", "non_delivery").identify()
    assert talk.question == "confirm"
    assert (
        talk.hear("that would be it", answers=(("confirm/leave", 0.8, 0.9), ("confirm/yes", 0.5, 0.1))).question
        == "confirm"
    )
    assert (
        talk.hear("all as it was", answers=(("confirm/yes", 0.8, 0.99), ("confirm/no", 0.4, 0.01))).ticket is not None
    )


def agreed(text: str, intent: str | None = None, *near: tuple[str, float, float]) -> bool | None:
    answers = tuple((f"confirm/{value}", cosine, share) for value, cosine, share in near)
    return consent.given(Heard(text, NOON, intent, 0.9, answers=answers), LEXICON)
