"""Questions about the policy, answered from the shop's pack: its answers by topic, its fees, its rules by issue."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency
from rapidfuzz import fuzz

from redress.claims.conversation import Conversation, Heard
from redress.claims.items import words
from redress.claims.naming import ISSUE_OF_INTENT
from redress.claims.ports import Clock, Texts
from redress.policy import Answer, Clause, Pack, PackVersion, parse_claim
from redress.policy.vocabulary import Language

NUMBER = re.compile(r"\b\d{1,5}\b")
LIKELY = 0.1  # of an issue that a question about the policy names beside being one
ALIKE = 88  # of 100, for a word of a topic that is misspelt
LOCALES = {"zh-CN": "zh_Hans_CN"}


@dataclass(frozen=True)
class PolicyAnswers:
    """Finds what the policy of a conversation's shop says of a question."""

    texts: Texts
    packs: Mapping[str, Pack]
    clock: Clock

    def find(self, conversation: Conversation, heard: Heard, issue: str | None) -> str | None:
        """The answer in the buyer's language with its clause, its fees worked out; None where the pack has none.

        Where no topic fits, the rule for the issue that the question names, or that is being claimed, answers it.
        """
        version = self._version(conversation)
        answer = best_answer(version, heard.text, conversation.language)
        if answer is not None:
            lines = [answer.text[conversation.language], *self._fees(conversation, version, answer, heard.text)]
            return "\n".join([*lines, self._cite(conversation, answer.clause, restate=False)])
        named = next((i for i, p in heard.ranking if i in ISSUE_OF_INTENT and p >= LIKELY), None)
        about = ISSUE_OF_INTENT[named] if named else issue
        if about is None:
            return None
        return self._cite(conversation, version.row(about, self._stage(conversation)).clause, restate=True)

    def _version(self, conversation: Conversation) -> PackVersion:
        pack = self.packs[conversation.shop]
        draft = conversation.draft
        if draft.order is not None and draft.issue is not None:
            return pack.version_for(parse_claim(draft.claim(conversation.shop), self.packs))
        return pack.at(self.clock())

    def _stage(self, conversation: Conversation) -> str:
        draft = conversation.draft
        if draft.order is not None and draft.issue is not None:
            return parse_claim(draft.claim(conversation.shop), self.packs).order.stage
        return "delivered"

    def _fees(self, conversation: Conversation, version: PackVersion, answer: Answer, text: str) -> Iterator[str]:
        """Each fee of the answer for the number in the question, else for the number on the buyer's order."""
        asked = NUMBER.search(text)
        order = conversation.draft.order or {}
        count = int(asked.group()) if asked else order.get("monthly_skus")
        if count is None:
            return
        names = {id(fee): name for name, fee in version.fees.items()}
        for fee in answer.fees:
            tier = next(tier for tier in fee.tiers if tier.up_to is None or count <= tier.up_to)
            currency = self.packs[conversation.shop].currency or order.get("currency", "CNY")
            yield self.texts.say(
                f"utter_fee_{names[id(fee)]}",
                conversation.language,
                count=count,
                amount=money(tier.amount, currency, conversation.language),
            )

    def _cite(self, conversation: Conversation, clause: Clause, *, restate: bool) -> str:
        name = "utter_clause" if restate else "utter_clause_ref"
        return self.texts.say(name, conversation.language, says=clause.says[conversation.language], ref=clause.ref)


def best_answer(version: PackVersion, text: str, language: Language) -> Answer | None:
    """The answer whose topic the text names most clearly, or None when it names none."""
    scored = [(_score(answer, text, language), answer) for answer in version.answers.values()]
    score, answer = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return answer if score >= 1 else None


def money(amount: Decimal, currency: str, language: Language) -> str:
    """An amount with its currency, as the language writes it."""
    return format_currency(amount, currency, locale=LOCALES.get(language, language))


def _score(answer: Answer, text: str, language: Language) -> float:
    """Phrases of the topic count by their words, words of its title by a third."""
    heard = words(text)
    phrases = {*answer.words.get(language, ()), *answer.words.get("en", ())}
    found = sum(len(words(phrase)) or 1 for phrase in phrases if _said(phrase, text, heard))
    title = {word for word in words(answer.title[language]) if len(word) > 3}
    return found + len(title & set(heard)) / 3


def _said(phrase: str, text: str, heard: list[str]) -> bool:
    wanted = words(phrase)
    if not phrase.isascii() and phrase.casefold() in text.casefold():
        return True
    return bool(wanted) and all(any(_alike(word, other) for other in heard) for word in wanted)


def _alike(word: str, heard: str) -> bool:
    return word == heard or (len(word) > 3 and fuzz.ratio(word, heard) >= ALIKE)
