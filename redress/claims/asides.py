"""What is said to a message that is no answer. The form puts its open question again afterwards."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from redress.claims.change import Change
from redress.claims.conversation import Choice, Conversation, Heard, Question, Reply
from redress.claims.naming import issue_of
from redress.claims.policy_answers import PolicyAnswers
from redress.claims.progress import Progress
from redress.policy import assess, parse_claim

MISSES_BEFORE_A_PERSON = 2
UNMISTAKABLE = (
    0.75  # cosine of a question with what the policy says, from which it asks for that whatever else it tells
)
GRIEVANCE = 0.15  # the probability of "other" from which what is beyond the desk may be a grievance
UNDOUBTED = 0.8  # of the wish for a person, where no word of the message names one
FEW_WORDS = 2  # of a message that is rather unclear than about something else
FIRST = Question("issue", "choice")
QUESTION_MARKS = frozenset("?？")

# When somebody will be there: None while somebody is, else how the buyer is told.
type OfficeHours = Callable[[Conversation, datetime], str | None]


@dataclass(frozen=True)
class Asides:
    """Answers to interruptions, each a use case of its own."""

    progress: Progress
    answers: PolicyAnswers
    office_hours: OfficeHours

    def explain(self, conversation: Conversation, heard: Heard) -> Change:
        """Why the open question is asked."""
        if self.progress.decided(conversation):  # "why?" after an outcome asks for its grounds
            return self.progress.tell_again(conversation)
        question = conversation.question or FIRST
        return _say(conversation, self.progress.wording.why(conversation, question, conversation.draft))

    def drop(self, conversation: Conversation, heard: Heard) -> Change:
        """Forget the draft and wait for whatever comes next."""
        told = self._text("utter_claim_cancelled", conversation)
        if conversation.draft.order is None:
            return _say(self.progress.afresh(conversation), told)
        dropped = replace(conversation.draft, appeal=False).to_json()
        go_on = Choice(self._text("utter_choice_go_on", conversation), {"resume": dropped})
        afresh = self.progress.afresh(conversation)
        kept = replace(afresh, draft=replace(afresh.draft, resumable=dropped))  # "no wait, keep it"
        return Change(kept, (Reply(told, (go_on,)),))

    def start_over(self, conversation: Conversation, heard: Heard) -> Change:
        """Forget the draft and open the first question."""
        afresh = replace(self.progress.afresh(conversation), question=FIRST)
        return _say(afresh, self._text("utter_started_over", conversation))

    def change_answer(self, conversation: Conversation, heard: Heard) -> Change:
        """Offer the earlier answers for changing, where the message did not say which one it means."""
        if conversation.draft.issue is None:
            return self.not_understood(conversation, heard)
        return Change(conversation, (self.progress.wording.which_answer(conversation),))

    def deadline(self, conversation: Conversation, heard: Heard) -> Change:
        """Until when the problem can be reported: for the order where it is known, else as the policy words it."""
        draft, packs = conversation.draft, self.progress.wording.packs
        if draft.order is not None and draft.issue is not None:
            pack = packs[conversation.shop]
            assessment = assess(parse_claim(draft.claim(conversation.shop), packs), pack)
            if assessment.outcome == "too_early" and self.progress.decided(conversation):
                return self.progress.tell_again(conversation)  # from when it can be claimed, and what helps until then
            told = self.progress.wording.told(conversation, assessment).deadline
            told = told or self.answers.windows(conversation, draft.issue)  # the day on which it counts is yet to come
            told = told or self.answers.span(conversation, draft.issue)
            return _say(conversation, told or self._text("utter_no_deadline", conversation))
        issue = draft.issue or issue_of(heard) or self.answers.named(heard)
        told = self.answers.windows(conversation, issue) or self.answers.windows(conversation, None)
        told = told or (self.answers.span(conversation, issue) if issue else None)
        return _say(conversation, told or self._text("utter_no_deadline", conversation))

    def policy_question(self, conversation: Conversation, heard: Heard) -> Change:
        """What the shop's policy says on the topic of the question; that it says nothing, where it does not."""
        if self.progress.lexicon.deadlines.within(heard.text):
            return self.deadline(conversation, heard)
        answer = self.answers.find(conversation, heard, issue_of(heard) or conversation.draft.issue)
        if answer is not None:
            return _say(conversation, answer)
        return Change(conversation, (self._with_a_person("utter_policy_silent", conversation),))

    def not_understood(self, conversation: Conversation, heard: Heard) -> Change:
        """Say so; a buyer of another language is told what works, and the second time a person is offered.

        A yes or a no while nothing is asked only hears that nothing is open.
        """
        if conversation.question is None and heard.intent in ("affirm", "deny"):
            return _say(conversation, self._text("utter_nothing_open", conversation))
        if conversation.question and conversation.question.kind == "upload" and heard.intent in ("affirm", "deny"):
            return _say(conversation, self._text("utter_upload_how", conversation))
        question, said = conversation.question, self.progress.lexicon
        if question and question.topic in ("order_number", "email"):
            missing = (
                said.dont_have.within(heard.text) or said.no_answer.within(heard.text) or heard.intent == "dont_have"
            )
            if missing:
                return Change(conversation, (self._with_a_person("utter_without_order", conversation),))
        draft = replace(conversation.draft, misses=conversation.draft.misses + 1)
        missed = replace(conversation, draft=draft)
        if not self.readable(conversation, heard.text):
            asked = QUESTION_MARKS.intersection(heard.text)
            answer = self.answers.find(conversation, heard, None) if asked else None
            if answer is not None:  # the pack has its topics' phrases in every language
                return _say(conversation, answer)
            return Change(missed, (self._with_a_person("utter_only_english", conversation),))
        if self.asks(heard.text) and (answer := self.answers.about(conversation, heard)):
            return _say(conversation, answer)
        if draft.misses >= MISSES_BEFORE_A_PERSON:
            return Change(missed, (self._with_a_person("utter_not_understood_again", conversation),))
        return _say(missed, self._text("utter_not_understood", conversation))

    def out_of_scope(self, conversation: Conversation, heard: Heard) -> Change:
        """That it cannot be helped with here; a buyer of another language is told what works.

        A person is offered where it may be a grievance all the same: "I cannot log in any more".
        """
        if not self.readable(conversation, heard.text):
            return self.not_understood(conversation, heard)
        if self.progress.lexicon.small_talk.within(heard.text):
            return _say(conversation, self._text("utter_small_talk", conversation))
        if len(heard.text.split()) <= FEW_WORDS and not self.asks(heard.text):  # "hmm"
            return self.not_understood(conversation, heard)
        answer = self.answers.about(conversation, heard) if self.asks(heard.text) else None
        said = self.progress.lexicon
        ours = said.of_orders.within(heard.text) or said.remedies["refund"].within(heard.text)
        if answer is None and ours and self.asks(heard.text):  # a question of an order, though none of the policy's
            return Change(conversation, (self._with_a_person("utter_policy_silent", conversation),))
        if answer is None and dict(heard.ranking).get("other", 0.0) >= GRIEVANCE:
            return Change(conversation, (self._with_a_person("utter_out_of_scope", conversation),))
        return _say(conversation, answer or self._text("utter_out_of_scope", conversation))

    def question_instead(self, conversation: Conversation, heard: Heard) -> Change | None:
        """The pack's answer to a message that was taken for a problem but only asks about the policy; None if not."""
        if heard.choice is not None or not self.asks_policy(heard):
            return None
        if self.progress.lexicon.deadlines.within(heard.text):
            return self.deadline(conversation, heard)
        answer = self.answers.about(conversation, heard)
        return _say(conversation, answer) if answer else None

    def asks(self, text: str) -> bool:
        """Whether a message has the form of a question."""
        said = self.progress.lexicon.also.cut(text)  # "what's more, the colour is wrong" asks nothing
        return bool(QUESTION_MARKS.intersection(text)) or self.progress.lexicon.questions.begins(said)

    def asks_policy(self, heard: Heard) -> bool:
        """Whether a message asks about the policy and not about the buyer's own goods, as far as its form tells.

        "My customer doesn't like it, may he return it?" is one all the same, for what it comes near to.
        """
        unmistakable = heard.topics and heard.topics[0][1] >= UNMISTAKABLE
        return self.asks(heard.text) and bool(unmistakable or not self.progress.lexicon.own.within(heard.text))

    def readable(self, conversation: Conversation, text: str) -> bool:
        """Whether a message is in the language that free text is understood in."""
        return conversation.language == "en" and not self._foreign(text)

    def _foreign(self, text: str) -> bool:
        common = self.progress.lexicon.foreign.count(text)
        return in_another_language(text) or (common > 1 and 3 * common >= len(text.split()))

    def complaint(self, conversation: Conversation, heard: Heard) -> Change:
        """Anger is acknowledged, and a person offered."""
        return Change(conversation, (self._with_a_person("utter_complaint", conversation),))

    def talk_to_human(self, conversation: Conversation, heard: Heard) -> Change:
        """A person takes over, at once and without argument; until one hands back, the bot is silent.

        A guess that has no word for a person in it asks for none: the claim would stop for nothing.
        """
        guessed = heard.choice is None and heard.confidence < UNDOUBTED
        if guessed and not self.progress.lexicon.people.within(heard.text):
            return self.not_understood(conversation, heard)
        waiting = replace(conversation, mode="waiting")
        away = self.progress.clock()
        back = self.office_hours(conversation, away)
        told = self._text("utter_person_comes", conversation)
        if back is not None:
            told = self.progress.wording.texts.say("utter_person_later", conversation.language, when=back)
        go_on = Choice(self._text("utter_choice_without_person", conversation), {"goes_on": True})
        return Change(waiting, (Reply(told, (go_on,)),))

    def _text(self, name: str, conversation: Conversation) -> str:
        return self.progress.wording.texts.say(name, conversation.language)

    def _with_a_person(self, name: str, conversation: Conversation) -> Reply:
        person = Choice(self._text("utter_choice_person", conversation), {"say": "/talk_to_human"})
        return Reply(self._text(name, conversation), (person,))


def in_another_language(text: str) -> bool:
    """Whether letters say so that English does not have; phones put curly quotes and emoji into English too."""
    return any(character.isalpha() and not character.isascii() for character in text)


def _say(conversation: Conversation, text: str) -> Change:
    return Change(conversation, (Reply(text),))
