"""Whether a message agrees that something may be sent: a claim, or the withdrawal of a ticket."""

from redress.claims.conversation import Heard
from redress.claims.lexicon import Lexicon, plain
from redress.claims.meaning import SURELY, nearest

FEW = 4  # words in which a yes or no stands at the beginning
SURE = 0.5  # of the intent of a yes that no word says
MEANT = 0.55  # cosine from which a yes or no is meant that no word says


def given(heard: Heard, lexicon: Lexicon) -> bool | None:
    """True only for a yes without any "but", False for a no, None for neither: nothing is sent on that."""
    text = heard.text
    if "?" in text or "？" in text:
        return None
    said = lexicon.unchanged.pattern.sub(" ", plain(text))  # "nothing to change" denies nothing
    denies = lexicon.denies.within(said)
    if lexicon.firm.alone(text, lexicon.polite) and not denies:  # also with thanks, which alone take leave
        return True
    sends = lexicon.sends.nearly(text)
    meant, surely = nearest("confirm", heard, MEANT), nearest("confirm", heard, MEANT, SURELY)
    told = lexicon.yes_or_no(said, FEW)
    if meant == "no" and not sends and not told and not lexicon.questions.begins(text):
        return False
    if lexicon.hesitates.within(said) or (lexicon.thanks.within(said) and not sends):
        return None
    if not denies and (sends or surely == "yes"):
        return True
    if told is None:
        told = lexicon.yes_or_no(text, FEW)
    if told:
        plainly = heard.intent == "affirm" or len(text.split()) <= 2
        return True if plainly and not denies else None
    return True if told is None and heard.intent == "affirm" and heard.confidence >= SURE else told
