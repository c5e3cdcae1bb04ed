"""An answer that no word told: the one of the open question that a message comes clearly nearest to in meaning."""

from collections.abc import Mapping
from typing import Any

from redress.claims.conversation import Heard, Question
from redress.claims.naming import issue_of

# Cosines with the example answers of data/answers.yml, chosen on answers of our own (ADR 0026):
NEAR = 0.45  # from which one is meant
NEAR_FACT = 0.55  # from which a yes or no is, which can decline a claim
APART = 0.07  # by which the next one of the same question must be farther
NEAR_BESIDE = 0.65  # from which it is meant though the message was taken for a problem
WISH = "remedy"  # the question whose answers are also given before it is asked
LONGEST = 20  # words of an answer; what is longer tells something else


def meant(
    question: Question, heard: Heard, offered: list[Mapping[str, Any]], *, beside: bool = False
) -> Mapping[str, Any] | None:
    """The one of the offered choices' values that the message means; None where none is clearly nearest.

    `beside`: the message was taken for something else than an answer, as one that tells a problem is. A refusal is
    offered to nobody, and so is never meant: it takes words that say so.
    """
    group = question.subject if question.topic == "fact" else question.topic
    needed = NEAR_FACT if question.topic == "fact" and question.kind == "yes_no" else NEAR
    name = nearest(group, heard, NEAR_BESIDE if beside or issue_of(heard) else needed)
    return next((value for value in offered if name is not None and _named(value) == name), None)


def nearest(group: str, heard: Heard, needed: float) -> str | None:
    """The example answers' value that a message means as an answer of that group; None where none is clearly nearest.

    `needed` is the cosine from which one is near enough.
    """
    near = [(label.partition("/")[2], cosine) for label, cosine in heard.answers if label.partition("/")[0] == group]
    if not near or len(heard.text.split()) > LONGEST:
        return None
    (name, cosine), others = near[0], near[1:]
    wish = max((near for label, near in heard.answers if label.startswith(f"{WISH}/")), default=0.0)
    if group != WISH and wish - cosine >= APART:  # "a replacement please" answers nothing that comes before the remedy
        return None
    return name if cosine >= needed and not (others and cosine - others[0][1] < APART) else None


def _named(value: Mapping[str, Any]) -> str:
    """What an offered value is called among the example answers."""
    own = next((value[key] for key in ("fact", "remedy", "skip") if key in value), None)
    return {True: "yes", False: "no"}[own] if isinstance(own, bool) else str(own)
