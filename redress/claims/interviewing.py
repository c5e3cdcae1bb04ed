"""Taking one message as the answer to the open question of an interview, and what else of it is worth keeping."""

from dataclasses import dataclass, replace

from redress.claims import corrections, problems
from redress.claims.affected import Read, Unclear
from redress.claims.answers import ASIDES, SHORT, Reading
from redress.claims.asides import Asides
from redress.claims.change import Change
from redress.claims.conversation import Conversation, Heard, Question, Reply
from redress.claims.draft import DESCRIBED, Draft
from redress.claims.evidence_words import announces
from redress.claims.interview import CLOSED, choosable
from redress.claims.naming import SURE, identifying, issue_of, name_issue, remembering
from redress.claims.options import Options
from redress.claims.progress import Progress
from redress.policy import assess, parse_claim
from redress.policy.sentences import sentences

VAGUE = 7  # words of "I have a problem with my order", which names no problem yet
FIRST = Question("issue", "choice")
WISHES = ("cancellation", "change_of_mind", "other")  # that nothing went wrong for which to be sorry


@dataclass(frozen=True)
class Interviewing:
    """Moves the interview on by an answer; a message that is none is left unanswered, or noted for later."""

    progress: Progress
    asides: Asides

    def answer(self, conversation: Conversation, question: Question, heard: Heard) -> Change:
        """The conversation after a message that answers the question; not answered where it tells nothing of it."""
        tells = identifying(heard, conversation.draft) != conversation.draft or self._requests(heard)
        told = not tells and (issue_of(heard) or problems.candidates(heard))
        asks = told and self.asides.question_instead(conversation, heard)
        if question.topic == "issue" and asks:
            return self.progress.put(asks.conversation, *asks.replies)
        open_ = question.topic == "issue" and conversation.draft.candidates != DESCRIBED
        if open_ and (both := problems.torn(heard, self.progress.lexicon)):
            return self._which_problem(conversation, heard, both)
        draft = identifying(heard, conversation.draft)
        if question.topic == "issue" and heard.choice is None and self._vague(draft, heard):
            asking = replace(conversation, draft=remembering(draft, heard), question=FIRST)
            return self.progress.put(asking, Reply(self._say("tell_more", conversation)))
        read: Read = self.reading(question, heard, replace(conversation, draft=draft)).read()
        if isinstance(read, Unclear):
            reply = Reply(self._say(read.response, conversation, **read.values))
            return self.progress.advance(conversation, (reply,))
        if read is None and question.kind == "upload" and announces(heard, self.progress.lexicon):
            return self.progress.put(conversation, Reply(self._say("attach", conversation)))
        if read is None and draft == conversation.draft:
            if question != FIRST:
                kept = self._wished(conversation, question, heard) or self._told_early(conversation, question, heard)
                return kept or self.second_problem(conversation, heard)
            return Change(replace(conversation, draft=self._remembered(draft, heard)), answered=False)
        if read is None and question == FIRST:
            read = self._remembered(draft, heard)
        taken = replace(problems.queue_second(read or draft, heard, self.progress.lexicon), misses=0)
        said = self._acknowledged(conversation, question, taken)
        if open_ and taken.issue is None and not taken.candidates:  # only which order it is: the question comes again
            beyond = heard.intent == "out_of_scope"
            noted = Reply(self._say("noted", conversation))
            said = (*said, *(self.asides.out_of_scope(conversation, heard).replies if beyond else (noted,)))
        return self._condoled(self.progress.advance(replace(conversation, draft=taken), said), conversation)

    def _condoled(self, change: Change, conversation: Conversation) -> Change:
        """The change, in which nothing is promised to be sorted out where the same turn declines it."""
        if not any(reply.assessment and reply.assessment["outcome"] in CLOSED for reply in change.replies):
            return change
        hopeful, plain = self._say("sorry", conversation), Reply(self._say("sorry_only", conversation))
        return replace(change, replies=tuple(plain if one.text == hopeful else one for one in change.replies))

    def _vague(self, draft: Draft, heard: Heard) -> bool:
        """Whether a first message says that something is wrong, and nothing of what it is about."""
        brief = issue_of(heard) == "other" and len(heard.text.split()) <= VAGUE
        return brief and not (draft.told or draft.candidates or self.progress.lexicon.matters.within(heard.text))

    def _acknowledged(self, conversation: Conversation, question: Question, taken: Draft) -> tuple[Reply, ...]:
        """A kind word when a trouble is first told; what becomes of evidence that is put off or cannot be brought."""
        name = None
        if question.topic == "issue" and conversation.draft.issue is None and taken.issue not in (None, *WISHES):
            name = "sorry"
        elif question.topic == "evidence" and taken.skipped.get(question.subject) in ("later", "unavailable"):
            name = f"skipped_{taken.skipped[question.subject]}"
        said = [Reply(self._say(name, conversation))] if name else []
        if len(taken.queue) > len(conversation.draft.queue) and taken.queue[-1].get("sure"):
            said.append(self._noted(conversation, taken.queue[-1]["issue"]))
        return tuple(said)

    def _remembered(self, draft: Draft, heard: Heard) -> Draft:
        """The draft with a message that told no problem we understood, but perhaps items and facts."""
        missed = heard.choice is None and heard.intent in (None, "nlu_fallback", "out_of_scope")
        if not missed or len(heard.text.split()) <= VAGUE or self.asides.asks(heard.text):
            return draft
        return remembering(draft, heard)

    def reading(self, question: Question, heard: Heard, conversation: Conversation) -> Reading:
        """The message as an answer to that question, with the buttons that stand for one."""
        offered = self.progress.wording.choices(conversation, question, conversation.draft)
        options = Options({choice.title: choice.value for choice in offered})
        return Reading(question, heard, conversation.draft, options, self.progress.lexicon)

    def _requests(self, heard: Heard) -> bool:
        """Whether a question asks for a deed: "can you cancel this order?" is no question about the policy."""
        return self.progress.lexicon.requests.begins(heard.text) and heard.confidence >= SURE

    def _which_problem(self, conversation: Conversation, heard: Heard, both: tuple[str, ...]) -> Change:
        """Two problems are equally likely: the buyer says which. The claim counts from this message all the same."""
        draft = conversation.draft
        told = replace(
            remembering(identifying(heard, draft), heard),
            reported_at=draft.reported_at or heard.at.isoformat(),
            candidates=both,
        )
        asking = replace(conversation, draft=told, question=FIRST)
        return Change(asking, (self.progress.wording.ask(asking, FIRST, told),))

    def second_problem(self, conversation: Conversation, heard: Heard) -> Change:
        """A further problem in the middle of the interview is noted, and taken up after this one.

        Where the first was nothing that the policies know by name, it is that one, told better.
        """
        better = issue_of(heard) not in (None, "other") and heard.choice is None and heard.confidence >= SURE
        if (
            conversation.draft.issue == "other"
            and better
            and not corrections.further(heard, conversation.draft, self.progress.lexicon)
        ):
            told = name_issue(conversation.draft, issue_of(heard) or "other", heard)
            return self.progress.advance(replace(conversation, draft=told), ())
        asks = self.asides.asks_policy(heard)
        draft = None if asks else problems.queue_named(conversation.draft, heard, self.progress.lexicon)
        waiting = {problem["issue"] for problem in conversation.draft.queue}
        if draft is None or (draft.queue == conversation.draft.queue and issue_of(heard) not in waiting):
            return Change(conversation, answered=False)
        new = draft.queue != conversation.draft.queue
        noted = self._noted(conversation, draft.queue[-1]["issue"] if new else str(issue_of(heard)))
        return self.progress.put(replace(conversation, draft=draft), noted)

    def _noted(self, conversation: Conversation, issue: str) -> Reply:
        return Reply(self._say("problem_noted", conversation, issue=self._say(f"issue_{issue}", conversation)))

    def _wished(self, conversation: Conversation, question: Question, heard: Heard) -> Change | None:
        """The remedy that a message asks for before it is asked, kept for then; None where it asks for none."""
        draft, lexicon = conversation.draft, self.progress.lexicon
        early = question.topic in ("items", "quantity", "fact", "evidence") and draft.errand is None
        if not early or heard.choice is not None or len(heard.text.split()) > SHORT or self.asides.asks(heard.text):
            return None
        if heard.intent in ("complaint", "talk_to_human"):
            return None
        claim = parse_claim(draft.claim(conversation.shop), self.progress.wording.packs)
        offered = choosable(assess(claim, self.progress.wording.packs[conversation.shop]))
        asked = lexicon.remedies_in(heard.text, offered)
        if not offered and lexicon.remedies_in(heard.text, lexicon.remedies):  # whether there is any is not known yet
            told = remembering(draft, heard)
            return self.progress.put(replace(conversation, draft=told), Reply(self._say("noted", conversation)))
        if len(asked) != 1:
            return None
        words = sentences()["remedies"][asked[0]][conversation.language]
        noted = Reply(self._say("remedy_noted", conversation, remedy=words))
        return self.progress.put(replace(conversation, draft=replace(draft, remedy=asked[0])), noted)

    def _told_early(self, conversation: Conversation, question: Question, heard: Heard) -> Change | None:
        """What is told of the goods before the order is known, or of the problem once more: kept, and read later."""
        draft, lexicon, text = conversation.draft, self.progress.lexicon, heard.text
        if (
            heard.choice is not None
            or draft.errand
            or self.asides.asks(text)
            or not self.asides.readable(conversation, text)
        ):
            return None
        told = replace(remembering(draft, heard), misses=draft.misses + 1)
        taken = replace(conversation, draft=told)
        again = issue_of(heard) == draft.issue and heard.confidence >= SURE
        if again and question.kind != "text" and not corrections.further(heard, draft, lexicon):
            return self.progress.put(taken, Reply(self._say("noted", conversation)))
        early = question.topic in ("order_number", "email") and not draft.misses and len(text.split()) > 1
        lacks = lexicon.dont_have.within(text) or lexicon.no_answer.within(text) or any(map(str.isdigit, text))
        guessed = heard.intent not in ASIDES and (heard.confidence < SURE or heard.intent == "nlu_fallback")
        if early and guessed and not lacks and "@" not in text:
            return self.progress.put(taken, Reply(self._say("noted_for_later", conversation)))
        return None

    def _say(self, name: str, conversation: Conversation, **values: object) -> str:
        name = name.removeprefix("utter_")
        return self.progress.wording.texts.say(f"utter_{name}", conversation.language, **values)
