"""What buyers ask about their own claim: why it was declined, what they would get, which remedy, what lacks for it."""

from dataclasses import dataclass, replace

from redress.claims.change import Change
from redress.claims.conversation import Choice, Conversation, Heard, Reply
from redress.claims.errands import Errands
from redress.claims.formats import listed
from redress.claims.interview import CLOSED, WHOLE_ORDER, choosable
from redress.claims.lexicon import parts
from redress.claims.postponed import passed_over
from redress.claims.progress import Progress
from redress.policy import Assessment, assess, parse_claim
from redress.policy.sentences import sentences
from redress.policy.vocabulary import STAGES

QUESTION_MARKS = frozenset("?？")
BRIEF = 9  # words of a question about one remedy; what is longer asks for more than whether there is one
HOW_MUCH = "how_much"  # the topic under which a pack says what its claims bring


@dataclass(frozen=True)
class OwnQuestions:
    """Answers such questions from the assessment of the claim as it stands, and puts the open question again."""

    progress: Progress
    errands: Errands

    def answer(self, conversation: Conversation, heard: Heard) -> Change | None:
        """What is said to the message; None where it asks nothing of the kind."""
        if heard.choice is not None:
            return None
        known = (self._grounds, self._pleaded, self._takes, self._amount, self._remedy, self._without, self._meaning)
        return next((told for one in known if (told := one(conversation, heard)) is not None), None)

    def _grounds(self, conversation: Conversation, heard: Heard) -> Change | None:
        """Why the claim was declined, by the policy or by a reviewer, once more."""
        if not self.progress.lexicon.grounds.within(heard.text):
            return None
        if conversation.draft.appeal or self.progress.appealable(conversation):
            return self._outcome(conversation, self._assessed(conversation))
        told = self.decided(conversation)
        return self.progress.put(told.conversation, *told.replies) if told else None

    def decided(self, conversation: Conversation) -> Change | None:
        """How a reviewer decided, and why: the ticket that is spoken of, or the newest while nothing else is told."""
        draft = conversation.draft
        if draft.errand and draft.ticket:
            return self.errands.tell(conversation)
        newest = next(iter(self.errands.known(conversation)), None)
        if draft.issue is None and newest is not None and newest.state == "declined":
            return Change(conversation, (self.errands.status(newest),))
        return None

    def _pleaded(self, conversation: Conversation, heard: Heard) -> Change | None:
        """Where a closed outcome is argued with: that only a person can look at it otherwise, and the way there."""
        if heard.intent == "appeal" or not self.progress.lexicon.pleads.within(heard.text):
            return None  # whoever asks for another look gets it
        newest = next(iter(self.errands.known(conversation)), None)
        if conversation.draft.issue is None and newest is not None and newest.state == "declined":
            appeal = Choice(self._say("choice_appeal", conversation), {"say": "/appeal"})
            return self.progress.put(conversation, Reply(self._say("may_appeal", conversation), (appeal,)))
        if not self.progress.decided(conversation):
            return None
        told = self.progress.wording.outcome(conversation, conversation.draft, self._assessed(conversation))
        return Change(conversation, (Reply(self._say("only_a_person", conversation), told.choices),))

    def _takes(self, conversation: Conversation, heard: Heard) -> Change | None:
        """How long the decision takes: until when a person will have looked at the ticket, or at the claim."""
        draft, lexicon = conversation.draft, self.progress.lexicon
        if draft.errand or lexicon.deadlines.within(heard.text) or not lexicon.takes_long.within(heard.text):
            return None
        ticket = self.errands.open_ticket(conversation)
        if draft.issue is None:
            return self.progress.put(conversation, self.errands.status(ticket)) if ticket else None
        if self._missing(conversation):
            return None
        told = self.progress.wording.told(conversation, self._assessed(conversation))
        due = [line for line in (told.review_due, told.payout_due) if line] or [
            self._say("no_time_named", conversation)
        ]
        return self.progress.put(conversation, Reply("\n".join(due)))

    def _amount(self, conversation: Conversation, heard: Heard) -> Change | None:
        """What the claim would bring, or what must be known before that can be told, with the rule where it is one."""
        draft = conversation.draft
        if draft.errand or not self.progress.lexicon.amounts.within(heard.text):
            return None
        if self.progress.decided(conversation):
            return self._outcome(conversation, self._assessed(conversation))
        if missing := self._missing(conversation):
            language = conversation.language
            words = listed([self._say(f"missing_{one}", conversation) for one in missing], language)
            told = self._say("amount_needs", conversation, missing=words)
            return self.progress.put(conversation, Reply("\n".join([told, *self._rule(conversation)])))
        assessment = self._assessed(conversation)
        if not assessment.remedies:
            return self._outcome(conversation, assessment)
        granted = self.progress.wording.told(conversation, assessment).remedies
        lines = [self._say("amount_if", conversation), *granted]
        return self.progress.put(conversation, Reply("\n".join([*lines, *self._cited(conversation, assessment)])))

    def _remedy(self, conversation: Conversation, heard: Heard) -> Change | None:
        """Whether the policy gives a remedy that is asked for; one that is on offer and requested is chosen."""
        draft, question, lexicon = conversation.draft, conversation.question, self.progress.lexicon
        begun = any(lexicon.asks_remedy.begins(part) for part in (heard.text, *parts(heard.text)))
        if draft.errand or not begun or len(heard.text.split()) > BRIEF or self._missing(conversation):
            return None
        assessment = self._assessed(conversation)
        offered = list(dict.fromkeys(remedy.kind for remedy in assessment.remedies))
        asked = lexicon.remedies_in(heard.text, offered)
        asked = asked or lexicon.remedies_in(heard.text, [kind for kind in lexicon.remedies if kind not in offered])
        if len(asked) != 1 or not offered:
            return None
        kind = asked[0]
        if kind not in offered:
            return self._not_given(conversation, assessment, kind, offered)
        if kind in choosable(assessment) and lexicon.asks_leave.within(heard.text):
            if question is not None and question.topic == "remedy":
                return None  # a choice, put politely
            if question is not None and question.topic == "confirm" and kind != draft.remedy:
                return self.progress.advance(replace(conversation, draft=replace(draft, remedy=kind)), ())
        told = self.progress.wording.told(conversation, assessment)
        remedies = zip(assessment.remedies, told.remedies, strict=True)
        lines = [line for remedy, line in remedies if remedy.kind == kind]
        return self.progress.put(conversation, Reply("\n".join([*lines, *self._cited(conversation, assessment)])))

    def _not_given(self, conversation: Conversation, assessment: Assessment, kind: str, offered: list[str]) -> Change:
        words, language = sentences()["remedies"], conversation.language
        told = self._say(
            "remedy_not_given",
            conversation,
            asked=words[kind][language],
            offered=listed([words[one][language] for one in offered], language),
        )
        return self.progress.put(conversation, Reply("\n".join([told, *self._cited(conversation, assessment)])))

    def _without(self, conversation: Conversation, heard: Heard) -> Change | None:
        """What it means for the claim that evidence lacks; at a question of fact, what depends on it."""
        draft, question = conversation.draft, conversation.question
        if draft.issue is None and self._may_add(conversation, heard):
            return self.progress.put(conversation, self.errands.status(self.errands.known(conversation)[0]))
        if draft.order is None or question is None or not self.progress.lexicon.consequences.within(heard.text):
            return None
        if draft.errand == "evidence" and draft.ticket:
            return self.progress.put(conversation, *self.errands.tell(conversation).replies)
        asked = [question.subject] if question.topic == "evidence" else []
        lacking = list(dict.fromkeys([*passed_over(draft), *asked]))
        wording = self.progress.wording
        if draft.errand is None and lacking:
            return self.progress.put(conversation, Reply(wording.without(conversation, lacking, self.progress.clock())))
        if question.topic == "fact":
            return self.progress.put(conversation, Reply(wording.why(conversation, question, draft)))
        return None

    def _may_add(self, conversation: Conversation, heard: Heard) -> bool:
        """Whether it is asked if evidence can still be added to the open ticket, which says until when."""
        ticket, lexicon = self.errands.open_ticket(conversation), self.progress.lexicon
        if ticket is None or ticket != self.errands.known(conversation)[0] or not ticket.wanted:
            return False
        return lexicon.consequences.within(heard.text) or (self.asks(heard.text) and lexicon.adds.within(heard.text))

    def _meaning(self, conversation: Conversation, heard: Heard) -> Change | None:
        """What the open question means, or that it is what comes next: the whole of it once more."""
        question, draft = conversation.question, conversation.draft
        if question is None or draft.errand:
            return None
        wording, lexicon = self.progress.wording, self.progress.lexicon
        if lexicon.explains.within(heard.text):
            first = wording.why(conversation, question, draft)
        elif draft.issue is not None and lexicon.what_now.within(heard.text):
            first = self._say("to_go_on", conversation)
        else:
            return None
        return Change(conversation, (Reply(first), wording.ask(conversation, question, draft)))

    def asks(self, text: str) -> bool:
        """Whether a message has the form of a question."""
        return bool(QUESTION_MARKS.intersection(text)) or self.progress.lexicon.questions.begins(text)

    def _missing(self, conversation: Conversation) -> list[str]:
        """What must be known before the claim can be assessed at all."""
        draft = conversation.draft
        missing = ["issue"] if draft.issue is None else []
        if draft.order is None:
            return [*missing, "order"]
        units = (draft.affected or {}).values()
        if draft.issue not in WHOLE_ORDER and (draft.affected is None or None in units):
            missing.append("items")
        return missing

    def _rule(self, conversation: Conversation) -> list[str]:
        """What the pack says of it, else the rule for the problem where it is the same whatever became of the order."""
        issue = conversation.draft.issue
        version = self.progress.wording.packs[conversation.shop].at(self.progress.clock())
        if general := version.answers.get(HOW_MUCH):
            return [general.text[conversation.language], self._say("clause_ref", conversation, ref=general.clause.ref)]
        if issue is None:
            return []
        clauses = {row.clause.ref: row.clause for row in (version.row(issue, stage) for stage in STAGES)}
        if len(clauses) > 1:
            return []
        return [
            self._say("clause", conversation, says=one.says[conversation.language], ref=one.ref)
            for one in clauses.values()
        ]

    def _assessed(self, conversation: Conversation) -> Assessment:
        packs = self.progress.wording.packs
        return assess(parse_claim(conversation.draft.claim(conversation.shop), packs), packs[conversation.shop])

    def _outcome(self, conversation: Conversation, assessment: Assessment) -> Change:
        """The outcome once more; with its way to an appeal only where that is not open already."""
        told = self.progress.wording.outcome(conversation, conversation.draft, assessment)
        appealable = assessment.outcome in CLOSED and not conversation.draft.appeal
        return self.progress.put(conversation, told if appealable else replace(told, choices=()))

    def _cited(self, conversation: Conversation, assessment: Assessment) -> list[str]:
        cited = self.progress.wording.cited(conversation, assessment)
        language = conversation.language
        return [self._say("clause", conversation, says=one.says[language], ref=one.ref) for one in cited]

    def _say(self, name: str, conversation: Conversation, **values: object) -> str:
        return self.progress.wording.texts.say(f"utter_{name}", conversation.language, **values)
