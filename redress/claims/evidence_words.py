"""What a message says of the evidence that is asked for: written out, refused, put off, not to be had."""

import re
from dataclasses import replace

from redress.claims.conversation import Heard, Question
from redress.claims.draft import Draft
from redress.claims.lexicon import Lexicon, ends_asking, parts
from redress.claims.meaning import NEAR, SURELY, nearest
from redress.claims.naming import SURE

BRIEF = 8  # words in which evidence that is written out may be put off
LONG = 16  # words in which a file may be
INTENT_OF = {"later": "later", "unavailable": "dont_have"}  # what becomes of evidence: the intent that says so
SAYS_SOMETHING = re.compile(r"\d|[aeiouyà-ü]|[^\W\d_a-zà-ü]", re.IGNORECASE)  # "rrr" has no vowel and no other script


def taken(question: Question, heard: Heard, draft: Draft, lexicon: Lexicon, *, denies: bool) -> Draft | None:
    """The draft with what became of the evidence that the question asks for; None where nothing is told of it.

    `denies`: the message says no, by which a poor photo that was sent is to be kept.
    """
    text, requirement = heard.text, question.subject
    if poor := draft.poor_of(requirement):
        return draft.with_evidence(poor) if _keeps_photo(heard, lexicon, denies) else None
    if _refuses(heard, lexicon):
        return replace(draft.with_fact("evidence_refused", True), skipped={**draft.skipped, requirement: "refused"})
    if ends_asking(text) and not (lexicon.later.within(text) and asks_leave(question, heard, lexicon)):
        return None
    if how := _not_now(question, heard, lexicon):
        return replace(draft, skipped={**draft.skipped, requirement: how})
    elsewhere = heard.intent == "out_of_scope" and heard.confidence >= SURE
    if question.kind == "upload" or (elsewhere and not any(character.isdigit() for character in text)):
        return None
    return draft.with_evidence(requirement, heard.own_words.strip()) if SAYS_SOMETHING.search(text) else None


def _refuses(heard: Heard, lexicon: Lexicon) -> bool:
    """Whether the buyer will not send it. It can decline a claim: what is meant must deny in words, too."""
    if lexicon.refuses.within(heard.text):
        return True
    return lexicon.denies.within(heard.text) and nearest("evidence", heard, NEAR, SURELY) == "refused"


def announces(heard: Heard, lexicon: Lexicon) -> bool:
    """Whether evidence is announced that comes now: "here it is", "uploading"; "I'll send it tonight" is no such."""
    words = lexicon.brings.within(heard.text) and nearest("evidence", heard, NEAR, SURELY) not in INTENT_OF
    said = words or nearest("evidence", heard, NEAR) == "sending"
    return heard.choice is None and said and not ends_asking(heard.text)


def asks_leave(question: Question, heard: Heard, lexicon: Lexicon) -> bool:
    """Whether a question about evidence is one for leave: "can I send that another day?" puts off."""
    return question.topic == "evidence" and any(map(lexicon.asks_leave.begins, parts(heard.text)))


def _keeps_photo(heard: Heard, lexicon: Lexicon, denies: bool) -> bool:
    """Whether the buyer has no better photo than the poor one; a yes is none, for it may be on its way."""
    if ends_asking(heard.text):
        return False
    phrases = (lexicon.keeps, lexicon.refuses, lexicon.dont_have, lexicon.later)
    return denies or heard.intent in INTENT_OF.values() or any(one.within(heard.text) for one in phrases)


def _not_now(question: Question, heard: Heard, lexicon: Lexicon) -> str | None:
    """Whether evidence is `unavailable` or comes `later`; None where the message says neither."""
    text, typed = heard.text, question.kind == "text"
    promises = asks_leave(question, heard, lexicon) or lexicon.promises.begins(text)
    if lexicon.questions.begins(text) and not promises:
        return None  # "what will the weather be like tomorrow"
    for how, phrases in (("later", lexicon.later), ("unavailable", lexicon.dont_have)):
        most = BRIEF if typed and heard.intent != INTENT_OF[how] else LONG
        if phrases.within(text) and len(text.split()) <= most:
            return how
    if typed or announces(heard, lexicon):
        return None
    return next((how for how, intent in INTENT_OF.items() if heard.intent == intent), None)
