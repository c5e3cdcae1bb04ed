"""What can be pressed instead of typed, question by question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from redress.claims.conversation import Choice, Conversation, Question
from redress.claims.draft import DESCRIBED, Draft
from redress.claims.interview import choosable
from redress.claims.ports import Texts
from redress.policy import Pack, PackVersion, assess, parse_claim
from redress.policy.vocabulary import ISSUES

# the problems offered as buttons at first; "something else" offers every other one
COMMON_ISSUES = ("missing_item", "wrong_size", "wrong_item", "damaged", "counterfeit", "non_delivery", "cancellation")
MOST_COUNT_BUTTONS = 8


@dataclass(frozen=True)
class Choices:
    """Makes the buttons of a question, titled in the buyer's language."""

    texts: Texts
    packs: Mapping[str, Pack]

    def offered(self, conversation: Conversation, question: Question, draft: Draft) -> tuple[Choice, ...]:
        """The buttons of that question; none where only words answer it."""
        make = getattr(self, f"_{question.topic}_choices", None)
        return tuple(make(conversation, question, draft)) if make else ()

    def _issue_choices(self, conversation: Conversation, question: Question, draft: Draft) -> Iterable[Choice]:
        language = conversation.language
        if draft.candidates == DESCRIBED:
            yield Choice(self.texts.say("utter_choice_person", language), {"say": "/talk_to_human"})
            return
        for issue in draft.candidates or COMMON_ISSUES:
            yield Choice(self.texts.say(f"utter_issue_{issue}", language), {"issue": issue})
        if draft.candidates:
            yield Choice(self.texts.say("utter_choice_none_of_these", language), {"candidates": list(DESCRIBED)})
        else:
            others = [issue for issue in ISSUES if issue not in (*COMMON_ISSUES, "other")]
            yield Choice(self.texts.say("utter_issue_other", language), {"candidates": others})

    def _order_number_choices(self, conversation: Conversation, question: Question, draft: Draft) -> Iterable[Choice]:
        if draft.last_order:
            yield Choice(draft.last_order, {"order_number": draft.last_order})

    def _items_choices(self, conversation: Conversation, question: Question, draft: Draft) -> Iterable[Choice]:
        assert draft.order is not None
        lines = draft.order["items"]
        for line in lines:
            units = f" × {line['quantity']}" if line["quantity"] > 1 else ""
            yield Choice(f"{line.get('title') or line['sku']}{units}", {"items": {line["sku"]: None}})
        if len(lines) > 1:
            every = {line["sku"]: line["quantity"] for line in lines}
            yield Choice(self.texts.say("utter_choice_all_items", conversation.language), {"items": every})

    def _quantity_choices(self, conversation: Conversation, question: Question, draft: Draft) -> Iterable[Choice]:
        ordered = line_of(draft, question.subject)["quantity"]
        if ordered <= MOST_COUNT_BUTTONS:
            for units in range(1, ordered + 1):
                yield Choice(str(units), {"quantity": units})

    def _fact_choices(self, conversation: Conversation, question: Question, draft: Draft) -> Iterable[Choice]:
        fact = version_of(self.packs, conversation, draft).fact(question.subject)
        if fact.kind == "yes_no":
            yield Choice(self.texts.say("utter_choice_yes", conversation.language), {"fact": True})
            yield Choice(self.texts.say("utter_choice_no", conversation.language), {"fact": False})
        for choice in fact.choices:
            yield Choice(choice.title[conversation.language], {"fact": choice.value})

    def _evidence_choices(self, conversation: Conversation, question: Question, draft: Draft) -> Iterable[Choice]:
        if poor := draft.poor_of(question.subject):
            yield Choice(self.texts.say("utter_choice_keep_photo", conversation.language), {"photo": poor})
            return
        yield Choice(self.texts.say("utter_choice_later", conversation.language), {"skip": "later"})
        yield Choice(self.texts.say("utter_choice_dont_have", conversation.language), {"skip": "unavailable"})

    def _remedy_choices(self, conversation: Conversation, question: Question, draft: Draft) -> Iterable[Choice]:
        claim = parse_claim(draft.claim(conversation.shop), self.packs)
        for kind in choosable(assess(claim, self.packs[conversation.shop])):
            yield Choice(self.texts.say(f"utter_remedy_{kind}", conversation.language), {"remedy": kind})

    def _ticket_number_choices(self, conversation: Conversation, question: Question, draft: Draft) -> Iterable[Choice]:
        yield Choice(self.texts.say("utter_choice_never_mind", conversation.language), {"say": "/cancel_claim"})

    def _feedback_choices(self, conversation: Conversation, question: Question, draft: Draft) -> Iterable[Choice]:
        for stars in range(5, 0, -1):
            yield Choice("★" * stars, {"stars": stars})

    def _resume_choices(self, conversation: Conversation, question: Question, draft: Draft) -> Iterable[Choice]:
        yield Choice(self.texts.say("utter_choice_go_on", conversation.language), {"resume": True})
        yield Choice(self.texts.say("utter_choice_new_claim", conversation.language), {"resume": False})

    def _confirm_choices(self, conversation: Conversation, question: Question, draft: Draft) -> Iterable[Choice]:
        if draft.errand == "withdraw":
            yield Choice(self.texts.say("utter_choice_withdraw", conversation.language), {"confirm": True})
            yield Choice(self.texts.say("utter_choice_keep", conversation.language), {"confirm": False})
            return
        yield Choice(self.texts.say("utter_choice_confirm", conversation.language), {"confirm": True})
        yield Choice(self.texts.say("utter_choice_not_yet", conversation.language), {"confirm": False})


def version_of(packs: Mapping[str, Pack], conversation: Conversation, draft: Draft) -> PackVersion:
    """The rules in force for the claim that is being told."""
    return packs[conversation.shop].version_for(parse_claim(draft.claim(conversation.shop), packs))


def line_of(draft: Draft, sku: str) -> Mapping[str, Any]:
    """The line of the order with that SKU."""
    assert draft.order is not None
    line: Mapping[str, Any] = next(line for line in draft.order["items"] if line["sku"] == sku)
    return line
