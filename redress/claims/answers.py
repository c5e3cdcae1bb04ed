"""Reading an answer by the kind of the open question. What is no answer is left to the dialogue's rules."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process

from redress.claims.conversation import Heard, Question
from redress.claims.draft import Draft
from redress.claims.items import find_items, find_number, means_all, words
from redress.policy.vocabulary import ISSUES

ORDER_NUMBER = re.compile(r"\b(?=[A-Z0-9-]*\d{4})[A-Z]{1,4}-?\d{4,14}\b|\b\d{5,18}\b", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
YES = frozenset(
    {
        "yes",
        "yep",
        "yeah",
        "yup",
        "y",
        "sure",
        "correct",
        "right",
        "ok",
        "okay",
        "true",
        "sí",
        "si",
        "да",
        "是",
        "对",
        "是的",
        "好",
    }
)
NO = frozenset({"no", "nope", "nah", "n", "not", "never", "false", "нет", "不", "否", "不是", "没有"})

# what an understood intent means among the policy's issues
ISSUE_OF_INTENT = {**{issue: issue for issue in ISSUES}, "delivered_not_received": "non_delivery"}


@dataclass(frozen=True)
class Unclear:
    """An answer that cannot stand: the response that says why, and its values."""

    response: str
    values: Mapping[str, Any]


type Read = Draft | Unclear | None


@dataclass(frozen=True)
class Options:
    """What the words of an answer are compared with: title of each choice -> its value."""

    values: Mapping[str, Mapping[str, Any]]

    def match(self, text: str) -> Mapping[str, Any] | None:
        """The value whose title the text repeats, spelling within reason, or whose place in the list it names."""
        best = process.extractOne(
            text.casefold(), [t.casefold() for t in self.values], scorer=fuzz.ratio, score_cutoff=86
        )
        if best:
            return list(self.values.values())[best[2]]
        number = find_number(text) if len(words(text)) <= 3 else None
        if number is not None and 1 <= number <= len(self.values):
            return list(self.values.values())[number - 1]
        return None


def read(question: Question, heard: Heard, draft: Draft, options: Options) -> Read:
    """The draft with the answer in it; why the answer cannot stand; or None when the message is no answer."""
    chosen = heard.choice or (options.match(heard.text) if question.kind == "choice" else None)
    if chosen is not None:
        return apply_choice(question, chosen, heard, draft)
    return _READERS[question.topic](question, heard, draft)


def apply_choice(question: Question, value: Mapping[str, Any], heard: Heard, draft: Draft) -> Read:
    """The draft after a choice: its value is what the choice stood for when it was offered."""
    if "issue" in value:
        return name_issue(draft, value["issue"], heard)
    if "items" in value:
        return _set_items(draft, dict.fromkeys(value["items"]))
    if "quantity" in value:
        return _set_quantity(question.subject, value["quantity"], draft)
    if "fact" in value:
        return draft.with_fact(question.subject, value["fact"])
    if "skip" in value:
        return replace(draft, skipped={**draft.skipped, question.subject: value["skip"]})
    if "remedy" in value:
        return replace(draft, remedy=value["remedy"])
    return None


def name_issue(draft: Draft, issue: str, heard: Heard) -> Draft:
    """The draft with its problem named. The instant of the first naming stays for good."""
    told = (*draft.told, heard.text) if heard.text else draft.told
    return replace(draft, issue=issue, reported_at=draft.reported_at or heard.at.isoformat(), told=told)


def volunteer(heard: Heard, draft: Draft) -> Draft:
    """The draft with what identifies the order, wherever in the message it stands."""
    if draft.order is not None or heard.choice is not None:
        return draft
    email = EMAIL.search(heard.text)
    rest = heard.text.replace(email.group(), " ") if email else heard.text
    number = ORDER_NUMBER.search(rest)
    return replace(
        draft,
        order_number=draft.order_number or (number.group().upper() if number else None),
        email=draft.email or (email.group() if email else None),
    )


def volunteer_items(draft: Draft) -> Draft:
    """The draft with the items and units that the buyer named before the order was known, when that is unambiguous."""
    assert draft.order is not None
    for text in draft.told:
        found = find_items(text, draft.order["items"])
        if found:
            read = _set_items(draft, found)
            if isinstance(read, Draft):
                return read
    return draft


def yes_or_no(heard: Heard) -> bool | None:
    """True, False, or None when the message says neither."""
    if heard.intent == "affirm":
        return True
    if heard.intent in ("deny", "dont_have"):
        return False
    said = words(heard.text)[:3]
    if said and said[0] in NO:
        return False
    return True if said and said[0] in YES else None


def _issue(question: Question, heard: Heard, draft: Draft) -> Read:
    issue = ISSUE_OF_INTENT.get(heard.intent or "")
    return name_issue(draft, issue, heard) if issue else None


def _order_number(question: Question, heard: Heard, draft: Draft) -> Read:
    found = ORDER_NUMBER.search(EMAIL.sub(" ", heard.text))
    return replace(draft, order_number=found.group().upper()) if found else None


def _email(question: Question, heard: Heard, draft: Draft) -> Read:
    found = EMAIL.search(heard.text)
    return replace(draft, email=found.group()) if found else None


def _items(question: Question, heard: Heard, draft: Draft) -> Read:
    assert draft.order is not None
    lines = draft.order["items"]
    found = find_items(heard.text, lines)
    if found:
        return _set_items(draft, found)
    if heard.intent == "all_items" or means_all(heard.text):
        return _set_items(draft, {line["sku"]: line["quantity"] for line in lines})
    number = find_number(heard.text) if len(words(heard.text)) <= 3 else None
    if number and number <= len(lines):
        return _set_items(draft, {lines[number - 1]["sku"]: None})
    return None


def _set_items(draft: Draft, wanted: Mapping[str, int | None]) -> Read:
    assert draft.order is not None
    lines = {line["sku"]: line for line in draft.order["items"]}
    affected: dict[str, int | None] = {}
    for sku, quantity in wanted.items():
        if sku not in lines:
            return Unclear("utter_item_unknown", {})
        ordered = lines[sku]["quantity"]
        if quantity is not None and not 1 <= quantity <= ordered:
            return Unclear("utter_quantity_impossible", {"ordered": ordered, "title": lines[sku].get("title") or sku})
        affected[sku] = 1 if ordered == 1 else quantity
    return replace(draft, affected=affected)


def _quantity(question: Question, heard: Heard, draft: Draft) -> Read:
    assert draft.order is not None
    if heard.intent == "all_items" or means_all(heard.text):
        ordered = next(line["quantity"] for line in draft.order["items"] if line["sku"] == question.subject)
        return _set_quantity(question.subject, ordered, draft)
    number = find_number(heard.text)
    return None if number is None else _set_quantity(question.subject, number, draft)


def _set_quantity(sku: str, quantity: int, draft: Draft) -> Read:
    read = _set_items(draft, {sku: quantity})
    if not isinstance(read, Draft):
        return read
    return replace(draft, affected={**(draft.affected or {}), sku: quantity})


def _fact(question: Question, heard: Heard, draft: Draft) -> Read:
    value: Any = _FACTS[question.kind](heard)
    return None if value is None else draft.with_fact(question.subject, value)


def _date(heard: Heard) -> str | None:
    found = heard.first("date")
    try:
        return date.fromisoformat(str(found or heard.text.strip())[:10]).isoformat()
    except ValueError:
        return None


def _text(heard: Heard) -> str | None:
    """Free text answers a text question, unless it clearly is a question or an order to the bot."""
    return None if heard.intent in ASIDES and heard.confidence >= SURE else heard.text.strip() or None


def _evidence(question: Question, heard: Heard, draft: Draft) -> Read:
    if heard.intent == "dont_have":
        return replace(draft, skipped={**draft.skipped, question.subject: "unavailable"})
    if heard.intent == "later":
        return replace(draft, skipped={**draft.skipped, question.subject: "later"})
    if question.kind != "text":
        return None
    text = _text(heard)
    return draft.with_evidence(question.subject, text) if text else None


def _appeal_reason(question: Question, heard: Heard, draft: Draft) -> Read:
    text = _text(heard)
    return replace(draft, appeal_reason=text) if text else None


def _nothing(question: Question, heard: Heard, draft: Draft) -> Read:
    return None


SURE = 0.6
ASIDES = frozenset(
    {"ask_why", "cancel_claim", "start_over", "talk_to_human", "policy_question", "wait", "bot_challenge"}
)

_FACTS: Mapping[str, Callable[[Heard], Any]] = {
    "yes_no": yes_or_no,
    "date": _date,
    "text": _text,
    "choice": lambda _: None,
}
_READERS: Mapping[str, Callable[[Question, Heard, Draft], Read]] = {
    "issue": _issue,
    "order_number": _order_number,
    "email": _email,
    "items": _items,
    "quantity": _quantity,
    "fact": _fact,
    "evidence": _evidence,
    "remedy": _nothing,
    "appeal_reason": _appeal_reason,
}
