"""Evidence that was put off, not to be found or refused, and that the buyer can bring after all."""

from collections.abc import Mapping
from dataclasses import replace

from redress.claims.conversation import Heard, Question
from redress.claims.draft import Draft
from redress.claims.items import words
from redress.claims.lexicon import Lexicon
from redress.claims.naming import SURE

PUT_OFF = frozenset({"later", "unavailable", "refused"})


def after_all(heard: Heard, draft: Draft, question: Question | None, lexicon: Lexicon) -> bool:
    """Whether a message says that evidence which was passed over can be had now."""
    text = heard.text
    if heard.choice is not None or not passed_over(draft) or (question and question.kind == "text"):
        return False
    if lexicon.refuses.within(text) or lexicon.later.within(text) or lexicon.dont_have.within(text) or "?" in text:
        return False
    return lexicon.brings.within(text) or (heard.intent == "add_evidence" and heard.confidence >= SURE)


def passed_over(draft: Draft) -> tuple[str, ...]:
    """The requirements that the buyer put off, could not bring or refused, in their order."""
    return tuple(name for name, how in draft.skipped.items() if how in PUT_OFF and not name.startswith("fact:"))


def asked_again(text: str, draft: Draft, question: Question | None, labels: Mapping[str, str]) -> Draft | None:
    """The draft in which what the message means of the evidence passed over is open again; None where it means none.

    `labels`: what each requirement is called. Named by a word that only its label has, else all that was passed over;
    while other evidence is asked for, only what is named, since the message may speak of that one.
    """
    asked = question.subject if question and question.topic == "evidence" else None
    said = set(words(text))
    meant = [name for name in passed_over(draft) if said & _own_words(name, labels)]
    if not meant and asked is None:
        meant = list(passed_over(draft))
    if not meant or (asked and said & _own_words(asked, labels)):
        return None
    left = {name: how for name, how in draft.skipped.items() if name not in meant}
    refused = any(draft.skipped[name] == "refused" for name in meant)
    return replace(draft.with_fact("evidence_refused", None) if refused else draft, skipped=left)


def _own_words(name: str, labels: Mapping[str, str]) -> set[str]:
    others = {word for other, label in labels.items() if other != name for word in words(label)}
    return {word for word in words(labels.get(name, "")) if word not in others and len(word) > 2}
