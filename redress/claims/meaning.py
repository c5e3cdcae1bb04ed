"""An answer that no word told: the one of the open question that a message comes clearly nearest to in meaning."""

from collections.abc import Mapping
from typing import Any

from redress.claims.conversation import Heard, Question
from redress.claims.naming import issue_of

# Cosines with the example answers of data/answers.yml, chosen on answers of our own (ADR 0026):
NEAR = 0.45  # from which one is meant
NEAR_FACT = 0.55  # from which a yes or no is, which can decline a claim
APART = 0.07  # by which the next one of the same question must be farther
NEAR_BESIDE = 0.75  # from which it is meant though the message was taken for a problem
LONGEST = 20  # words of an answer; what is longer tells something else


def meant(question: Question, heard: Heard, offered: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The one of the offered choices' values that the message means; None where none is clearly nearest.

    A refusal is offered to nobody, and so is never meant: it takes words that say so.
    """
    group = question.subject if question.topic == "fact" else question.topic
    near = [(label, cosine) for label, cosine in heard.answers if label.partition("/")[0] == group]
    if not near or len(heard.text.split()) > LONGEST:
        return None
    (label, cosine), others = near[0], near[1:]
    needed = NEAR_FACT if question.topic == "fact" and question.kind == "yes_no" else NEAR
    if cosine < (NEAR_BESIDE if issue_of(heard) else needed) or (others and cosine - others[0][1] < APART):
        return None
    return next((value for value in offered if _named(value) == label.partition("/")[2]), None)


def _named(value: Mapping[str, Any]) -> str:
    """What an offered value is called among the example answers."""
    own = next((value[key] for key in ("fact", "remedy", "skip") if key in value), None)
    return {True: "yes", False: "no"}[own] if isinstance(own, bool) else str(own)
