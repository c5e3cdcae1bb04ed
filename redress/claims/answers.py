"""Reading an answer by the kind of the open question. What is no answer is left to the dialogue's rules."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from redress.claims import evidence_words
from redress.claims.affected import Read, read_items, read_units, set_items, set_units
from redress.claims.conversation import Heard, Question
from redress.claims.draft import DESCRIBED, Draft
from redress.claims.items import find_number, find_place
from redress.claims.lexicon import Lexicon, ends_asking
from redress.claims.meaning import NEAR, meant, nearest, surely
from redress.claims.naming import (
    ISSUE_OF_INTENT,
    SURE,
    email_address,
    issue_of,
    name_issue,
    order_number,
    ticket_number,
    without_numbers,
)
from redress.claims.options import Options
from redress.claims.problems import named

# intents that are about the question and not an answer to it, however the words begin
ASIDES = frozenset(
    {
        "ask_why",
        "ask_deadline",
        "bot_challenge",
        "cancel_claim",
        "claim_status",
        "complaint",
        "goodbye",
        "greet",
        "policy_question",
        "refund_status",
        "start_over",
        "talk_to_human",
        "thanks",
        "wait",
    }
)
# those of them that ask: "yes, there are months of warranty left" asks nothing, though its words sound like it
INQUIRIES = frozenset({"ask_deadline", "claim_status", "policy_question", "refund_status"})
# intents that only answer a question, which what went wrong has none of
ANSWERS = frozenset({"affirm", "all_items", "correct_answer", "deny", "dont_have", "goodbye", "later"})
PLAINLY = 0.75  # of a problem that a description names though none on offer was chosen
LIKELY = 0.15  # of a problem beside such an intent
# questions whose answers are clear enough to be looked for in any message: "a refund please" asks for no status
READ_FIRST = frozenset({"order_number", "email", "ticket_number", "items", "remedy"})
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
FEW = 4  # words in which a yes or no stands at the beginning
SHORT = 8  # words of a message in which it may stand anywhere
MOST_STARS = 5
GOODS = ("replacement", "reship")  # the remedies that give goods and no money
# asides in which "all" means no goods: "I've lost all patience"
NO_ITEMS = ASIDES - {"thanks", "goodbye", "greet"}


@dataclass(frozen=True)
class Reading:
    """One message, read as the answer to one question."""

    question: Question
    heard: Heard
    draft: Draft
    options: Options
    lexicon: Lexicon

    def read(self) -> Read:
        """The draft with the answer in it; why the answer cannot stand; or None when the message is no answer."""
        if self.heard.choice is not None:
            return self._choice(self.heard.choice)
        topic = self.question.topic
        aside = self.heard.intent in ASIDES and self.heard.confidence >= SURE
        asks = aside and ends_asking(self.heard.text)
        may_stand = topic in READ_FIRST or (self.question.kind == "choice" and not asks)
        if aside and not may_stand and not self._says_it_plainly():
            return None
        return _READERS[topic](self) or self._meant(aside)

    def _meant(self, aside: bool) -> Read:
        """The answer that the message means where no word of it told; what asks or takes leave means none."""
        text = self.heard.text
        asks = ends_asking(text) or self.lexicon.questions.begins(text)
        if asks and not evidence_words.asks_leave(self.question, self.heard, self.lexicon):
            return None
        if self.question.topic == "evidence" and evidence_words.announces(self.heard, self.lexicon):
            return None
        value = meant(self.question, self.heard, list(self.options.values.values()), beside=aside)
        return None if value is None else self._choice(value)

    def _says_it_plainly(self) -> bool:
        """Whether words of the question's own answer it, whatever the message was understood as."""
        text = self.heard.text
        if self.question.topic == "evidence":  # "I'll be back in a minute" puts nothing off
            waits = self.heard.intent == "wait" and nearest("evidence", self.heard, NEAR) != "later"
            return self.lexicon.later.within(text) and not waits
        if surely(self.question, self.heard):
            return True
        if "?" in text:
            return False
        if self.lexicon.firm.alone(text, self.lexicon.polite):  # "that's right, thank you"
            return True
        told = self.heard.intent in INQUIRIES and self.lexicon.yes_or_no(text, 1) is not None
        fact = self.lexicon.fact(self.question.subject, text)
        value = nearest(self.question.subject, self.heard, NEAR)  # "bear with me" has no receipt
        return told or (fact is not None and {"yes": True, "no": False}.get(value or "") is fact)

    def yes_or_no(self) -> bool | None:
        """True, False, or None when the message says neither."""
        heard = self.heard
        told = {"yes": True, "no": False}.get(surely(self.question, heard) or "")
        if told is None and ("?" in heard.text or "？" in heard.text) and len(heard.text.split()) > 2:
            return None  # asked back, not answered
        if told is None and self.question.topic == "fact":
            told = self.lexicon.fact(self.question.subject, heard.text)
        if told is None:
            told = self.lexicon.yes_or_no(heard.text, FEW)
        if told is None and heard.intent in ("affirm", "deny") and not self.lexicon.no_answer.within(heard.text):
            told = heard.intent == "affirm"
        if told is None and len(heard.text.split()) <= SHORT:
            told = self.lexicon.yes_or_no(heard.text, SHORT)
        return told

    def stars(self) -> int | None:
        """One to five, where the message says so."""
        return stars_of(self.heard.text)

    def _choice(self, value: Mapping[str, Any]) -> Read:
        """What a choice stood for when it was offered."""
        draft, subject = self.draft, self.question.subject
        if "issue" in value:
            return name_issue(draft, value["issue"], self.heard)
        if "candidates" in value:
            return replace(draft, candidates=tuple(value["candidates"]))
        if "order_number" in value:
            return replace(draft, order_number=value["order_number"])
        if "items" in value:
            return set_items(draft, value["items"])
        if "quantity" in value:
            return set_units(draft, subject, value["quantity"])
        if "fact" in value:
            return draft.with_fact(subject, value["fact"])
        if "photo" in value:
            return draft.with_evidence(value["photo"])
        if "skip" in value:
            return replace(draft, skipped={**draft.skipped, subject: value["skip"]})
        if "remedy" in value:
            return replace(draft, remedy=value["remedy"])
        return None

    def _issue(self) -> Read:
        if self.draft.candidates == DESCRIBED:
            return self._described()
        if not any(character.isalpha() for character in self.heard.text):
            place = find_place(self.heard.text, len(self.options.values))
            return self._choice(list(self.options.values.values())[place]) if place is not None else None
        issue = issue_of(self.heard)
        asks = "?" in self.heard.text or self.lexicon.questions.begins(self.heard.text)
        if issue is None and self.heard.confidence < SURE and not asks:  # what the words name is surer than the guess
            issue = named(self.heard, tuple(self.lexicon.problems), self.lexicon)
        if issue is None and self.heard.intent in ANSWERS:  # nothing was asked that it could answer
            likely = (ISSUE_OF_INTENT.get(intent) for intent, share in self.heard.ranking if share >= LIKELY)
            issue = next((one for one in likely if one), None)
        if issue in (None, "other") and self._none_of_these():
            return replace(self.draft, candidates=DESCRIBED)
        if issue is None and self._of_an_order():
            issue = "other"
        if issue:
            return name_issue(self.draft, issue, self.heard)
        chosen = self.options.match(self.heard.text, by_word=False)  # "I want help" is no "I want to cancel the order"
        return self._choice(chosen) if chosen else None

    def _none_of_these(self) -> bool:
        """Whether the buyer says that none of the problems on offer is theirs, and not yet which one is."""
        text = self.heard.text
        return self.lexicon.none_of_these.within(text) and not self.lexicon.matters.within(text)

    def _described(self) -> Read:
        """The problem in the buyer's own words, for a person to read, or the known one that they plainly name."""
        heard = self.heard
        known = issue_of(heard)
        if known is None and heard.intent not in (None, "nlu_fallback", "out_of_scope"):
            return None
        if not any(character.isalpha() for character in without_numbers(heard.text)):
            return None
        plainly = known is not None and heard.confidence >= PLAINLY and self.lexicon.tells(known, heard.text)
        return name_issue(self.draft, known if known and plainly else "other", heard)

    def _of_an_order(self) -> bool:
        """Whether a message that was taken for none of the job tells of something that went wrong with an order."""
        if self.heard.intent not in ("out_of_scope", "nlu_fallback"):
            return False
        if order_number(self.heard.text) and dict(self.heard.ranking).get("other", 0.0) >= LIKELY:
            return True
        return any(map(self._tells_of_an_order, SENTENCE_END.split(self.heard.text)))

    def _tells_of_an_order(self, sentence: str) -> bool:
        asks = "?" in sentence or self.lexicon.questions.begins(sentence)
        return len(sentence.split()) > FEW and not asks and self.lexicon.of_orders.within(sentence)

    def _order_number(self) -> Read:
        number = order_number(self.heard.text)
        if number is None and self.lexicon.same_order.within(self.heard.text):
            number = self.draft.last_order
        return replace(self.draft, order_number=number) if number else None

    def _ticket_number(self) -> Read:
        number = ticket_number(self.heard.text)
        return replace(self.draft, ticket=number) if number else None

    def _email(self) -> Read:
        email = email_address(self.heard.text)
        return replace(self.draft, email=email) if email else None

    def _items(self) -> Read:
        return read_items(self.heard.text, self.draft, self.lexicon, everything=self._all())

    def _quantity(self) -> Read:
        return read_units(self.heard.text, self.draft, self.question.subject, everything=self._all())

    def _all(self) -> bool:
        guessed = self.heard.intent == "all_items" and self.heard.confidence >= SURE
        aside = self.heard.intent in NO_ITEMS and self.heard.confidence >= SURE
        return guessed or (not aside and self.lexicon.all_items.within(self.heard.text))

    def _fact(self) -> Read:
        unknown = self.lexicon.no_answer.within(self.heard.text) and not surely(self.question, self.heard)
        if self.question.kind != "text" and unknown:
            return replace(self.draft, skipped={**self.draft.skipped, self.question.id: "unknown"})
        value: Any = _FACTS[self.question.kind](self)
        return None if value is None else self.draft.with_fact(self.question.subject, value)

    def _chosen_fact(self) -> Any:
        text = self.heard.text
        chosen = self.options.match(text, by_word=False)
        named = self.lexicon.value((value["fact"] for value in self.options.values.values()), text)
        if chosen is None and named is None and not self.lexicon.denies.within(text):
            chosen = self.options.match(text)
        return chosen["fact"] if chosen else named

    def _date(self) -> str | None:
        try:
            return date.fromisoformat(str(self.heard.first("date") or self.heard.text.strip())[:10]).isoformat()
        except ValueError:
            return None

    def _text(self) -> str | None:
        return self.heard.own_words.strip() or None

    def _evidence(self) -> Read:
        denies = self.yes_or_no() is False
        return evidence_words.taken(self.question, self.heard, self.draft, self.lexicon, denies=denies)

    def _remedy(self) -> Read:
        text = self.heard.text
        if "?" in text and self.lexicon.open_questions.begins(text):
            return None  # "how do I get the money?"
        offered = [value["remedy"] for value in self.options.values.values()]
        asked = self.lexicon.remedies_in(text, offered)
        chosen = self.options.match(text, by_word=len(asked) < 2)  # "a refund or an exchange" names both
        kind = chosen["remedy"] if chosen else asked[0] if len(asked) == 1 else self._next_best(offered)
        return replace(self.draft, remedy=kind) if kind else None

    def _next_best(self, offered: list[str]) -> str | None:
        """The remedy on offer that gives goods, where the other one that does is asked for: "send it again"."""
        goods = [kind for kind in offered if kind in GOODS]
        asked = self.lexicon.remedies_in(self.heard.text, self.lexicon.remedies)
        wished = bool(asked) and set(asked) <= set(GOODS) and not ends_asking(self.heard.text)
        return goods[0] if len(goods) == 1 and wished else None

    def _appeal_reason(self) -> Read:
        text = self._text()
        asks = ends_asking(self.heard.text) and self.lexicon.questions.begins(self.heard.text)
        bare = self.heard.intent == "appeal" and len(self.heard.text.split()) <= SHORT  # "I want to appeal" says no why
        return replace(self.draft, appeal_reason=text) if text and not asks and not bare else None


def stars_of(text: str) -> int | None:
    """One to five stars, where a text says so."""
    number = find_number(text)
    return number if number is not None and 1 <= number <= MOST_STARS else None


_FACTS: Mapping[str, Callable[[Reading], Any]] = {
    "yes_no": Reading.yes_or_no,
    "choice": Reading._chosen_fact,
    "date": Reading._date,
    "text": Reading._text,
}
_READERS: Mapping[str, Callable[[Reading], Read]] = {
    "issue": Reading._issue,
    "order_number": Reading._order_number,
    "ticket_number": Reading._ticket_number,
    "email": Reading._email,
    "items": Reading._items,
    "quantity": Reading._quantity,
    "fact": Reading._fact,
    "evidence": Reading._evidence,
    "remedy": Reading._remedy,
    "appeal_reason": Reading._appeal_reason,
}
