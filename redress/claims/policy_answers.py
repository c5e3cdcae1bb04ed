"""Questions about the policy, answered from the shop's pack: its answers by topic, its fees, its rules by issue."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from redress.claims.conversation import Conversation, Heard
from redress.claims.formats import money
from redress.claims.naming import ISSUE_OF_INTENT
from redress.claims.ports import Clock, Texts
from redress.claims.topics import best_topic, foreign, stems, topics, vague
from redress.claims.zones import zone_of
from redress.policy import Answer, Clause, Pack, PackVersion, assess, parse_claim
from redress.policy.explain import explain
from redress.policy.vocabulary import Language

# a number of SKUs, not of days or of money
NUMBER = re.compile(
    r"\b\d{1,5}\b(?!\s*(?:days?|hours?|weeks?|rmb|cny|yuan|%|días|horas|дней|часов|天|小时|元))", re.IGNORECASE
)
# Cosines of a question with the topic it comes nearest to in meaning, chosen on questions of our own (ADR 0025):
NEAR = 0.45  # from which a question about the policy is about it
VERY_NEAR = 0.6  # from which any other message that asks something is
AS_NEAR = 0.1  # by how much another topic may be less near and still be preferred, for the words that it shares
SPAN = re.compile(r"\b\d+ (?:hour|day|week|month)s?\b")
LIKELY = 0.2  # of an issue that a question about the policy names beside being one


@dataclass(frozen=True)
class PolicyAnswers:
    """Finds what the policy of a conversation's shop says of a question."""

    texts: Texts
    packs: Mapping[str, Pack]
    clock: Clock

    def find(self, conversation: Conversation, heard: Heard, issue: str | None) -> str | None:
        """The answer in the buyer's language with its clause, its fees worked out; None where the pack has none.

        Where no topic fits, the rule for the issue that the question names answers it, or for the one that is being
        claimed where the question names nothing at all.
        """
        version, language = self._version(conversation), conversation.language
        found = _nearest(version, _without_items(conversation, heard.text), heard.topics, language, NEAR)
        if isinstance(found, Answer):
            costs = self._own_costs(conversation, found, heard.text)
            lines = [found.text[language], *(costs or self._fees(conversation, version, found, heard.text))]
            return "\n".join([*lines, self._cite(conversation, found.clause, restate=False)])
        if found is not None:
            return self._cite(conversation, found, restate=True)
        about = None if foreign(version, heard.text, language) else self.named(heard)
        if about is None and vague(heard.text):
            about = issue
        if about is None:
            return None
        return self._cite(conversation, version.row(about, self._stage(conversation)).clause, restate=True)

    def about(self, conversation: Conversation, heard: Heard) -> str | None:
        """What the policy says of a message that was taken for something else; None unless it clearly asks for it."""
        version, language = self._version(conversation), conversation.language
        clearly = heard.topics and heard.topics[0][1] >= VERY_NEAR
        found = _nearest(version, _without_items(conversation, heard.text), heard.topics, language, VERY_NEAR)
        return self.find(conversation, heard, None) if clearly or isinstance(found, Answer) else None

    def windows(self, conversation: Conversation, issue: str | None) -> str | None:
        """Until when a problem can be reported, in the words of its clauses; of no problem in particular: every window.

        None where the policy sets none.
        """
        version, language = self._version(conversation), conversation.language
        rows = [version.row(issue, "delivered")] if issue else version.rows
        clauses = {window.clause.ref: window.clause for row in rows for window in row.window}
        if not clauses:
            return None
        lines = [
            self.texts.say("utter_clause_line", language, says=one.says[language], ref=one.ref)
            for one in clauses.values()
        ]
        heading = "utter_windows" if conversation.draft.order is None else "utter_windows_of_order"
        return "\n".join([self.texts.say(heading, language), *lines])

    def span(self, conversation: Conversation, issue: str) -> str | None:
        """The rule for a problem where it names a span of time but no window; None where it names none."""
        clause = self._version(conversation).row(issue, self._stage(conversation)).clause
        return self._cite(conversation, clause, restate=True) if SPAN.search(clause.says["en"]) else None

    def _own_costs(self, conversation: Conversation, answer: Answer, text: str) -> list[str]:
        """What the remedies of the claim that is being told cost, where the answer is about such costs."""
        draft = conversation.draft
        if draft.order is None or NUMBER.search(text):
            return []
        pack = self.packs[conversation.shop]
        # before a problem is told, a return without a fault is what such a question is about
        claim = {"issue": "change_of_mind", "reported_at": self.clock().isoformat()} if draft.issue is None else {}
        assessment = assess(parse_claim({**draft.claim(conversation.shop), **claim}, self.packs), pack)
        told = explain(assessment, pack, conversation.language, zone_of(conversation, pack)).remedies
        return [
            line
            for line, remedy in zip(told, assessment.remedies, strict=True)
            if remedy.deductions and (answer.fees or (remedy.clause and remedy.clause.ref == answer.clause.ref))
        ]

    def named(self, heard: Heard) -> str | None:
        """The problem that a question names beside being one."""
        named = (intent for intent, likely in heard.ranking if intent in ISSUE_OF_INTENT and likely >= LIKELY)
        return next((ISSUE_OF_INTENT[intent] for intent in named), None)

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


def _nearest(
    version: PackVersion, text: str, meaning: Sequence[tuple[str, float]], language: Language, near: float
) -> Answer | Clause | None:
    """What a question is about: by its meaning from that cosine on, else by its words; None where by neither.

    Of what is about as near in meaning, what the question shares words with goes first, then an answer before a clause.
    """
    by_words = best_topic(version, text, language)
    known = {_name(topic.found): topic.found for topic in topics(version, language)}
    meant = [(known[name], cosine) for name, cosine in meaning if name in known]
    if not meant or meant[0][1] < near:
        return by_words
    as_near = [found for found, cosine in meant if cosine >= meant[0][1] - AS_NEAR]
    if by_words in as_near:
        return by_words
    return next((found for found in as_near if isinstance(found, Answer)), as_near[0])


def _name(found: Answer | Clause) -> str:
    return found.topic if isinstance(found, Answer) else found.ref


def _without_items(conversation: Conversation, text: str) -> str:
    """A question without the names of the goods, of which no policy speaks: "what does returning a bag cost"."""
    lines = (conversation.draft.order or {}).get("items", ())
    named = {stem for line in lines for stem in stems(line.get("title") or "")}
    return " ".join(word for word in text.split() if not named.intersection(stems(word)))
