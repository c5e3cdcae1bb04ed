"""An answer that no word told: the one of the open question that a message comes clearly nearest to in meaning."""

from collections.abc import Mapping
from typing import Any

from redress.claims.conversation import Heard, Question
from redress.claims.lexicon import ends_asking
from redress.claims.naming import issue_of

# Cosines with the example answers of data/answers.yml, chosen on answers of our own (ADR 0026, 0018):
NEAR = 0.45  # from which one is meant
NEAR_FACT = 0.55  # from which a fact is, which can decline a claim
LIKELY = 0.8  # the probability from which it is that value and none of the question's others
SURELY = 0.95  # the probability from which single words do not say otherwise: "no, I changed nothing"
FARTHER = 0.1  # by which what is that probable may be farther
APART = 0.07  # by which a wish must be nearer to be one though something else was asked
NEAR_BESIDE = 0.65  # from which it is meant though the message was taken for a problem
WISH = "remedy"  # the question whose answers are also given before it is asked
LONGEST = 20  # words of an answer; what is longer tells something else


def meant(
    question: Question, heard: Heard, offered: list[Mapping[str, Any]], *, beside: bool = False
) -> Mapping[str, Any] | None:
    """The one of the offered choices' values that the message means; None where none is clearly nearest.

    `beside`: the message was taken for something else than an answer, as one is that tells a problem or is beyond the
    desk. A refusal is offered to nobody, and so is never meant here: it takes words that deny.
    """
    group = question.subject if question.topic == "fact" else question.topic
    elsewhere = beside or issue_of(heard) or (heard.intent == "out_of_scope" and heard.confidence >= LIKELY)
    needed = NEAR_FACT if question.topic == "fact" else NEAR
    name = nearest(group, heard, NEAR_BESIDE if elsewhere else needed)
    return next((value for value in offered if name is not None and _named(value) == name), None)


def surely(question: Question, heard: Heard) -> str | None:
    """The value of a fact that a message means so clearly that single words of it cannot say otherwise; else None."""
    return (
        None if ends_asking(heard.text) or question.topic != "fact" else nearest(question.subject, heard, NEAR, SURELY)
    )


def nearest(group: str, heard: Heard, needed: float, likely: float = LIKELY) -> str | None:
    """The example answers' value that a message means as an answer of that group; None where none surely is.

    From the cosine `needed` on it answers that group's question at all, from the probability `likely` on with a value.
    """
    near = [
        (label.partition("/")[2], cosine, share)
        for label, cosine, share in heard.answers
        if label.partition("/")[0] == group
    ]
    if not near or len(heard.text.split()) > LONGEST:
        return None
    cosine = near[0][1]
    wish = max((near for label, near, _ in heard.answers if label.startswith(f"{WISH}/")), default=0.0)
    if group != WISH and wish - cosine >= APART:  # "a replacement please" answers nothing that comes before the remedy
        return None
    name, _, share = max(near, key=lambda one: one[2])
    if share >= SURELY and likely < SURELY:
        needed -= FARTHER
    return name if cosine >= needed and share >= likely else None


def _named(value: Mapping[str, Any]) -> str:
    """What an offered value is called among the example answers."""
    own = next((value[key] for key in ("fact", "remedy", "skip") if key in value), None)
    return {True: "yes", False: "no"}[own] if isinstance(own, bool) else str(own)
