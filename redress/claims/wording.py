"""How a question, an outcome and a ticket are put to the buyer: the sentence, its choices, its upload."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from textwrap import shorten
from typing import Any

from redress.claims.choices import Choices, line_of, version_of
from redress.claims.conversation import Choice, Conversation, Question, Reply
from redress.claims.corrections import answered
from redress.claims.draft import DESCRIBED, Draft
from redress.claims.formats import alternatives, listed
from redress.claims.interview import ACCOMPANYING, WHOLE_ORDER
from redress.claims.ports import Texts
from redress.claims.postponed import passed_over
from redress.claims.zones import zone_of
from redress.policy import Assessment, Clause, Pack, PackVersion, assess, parse_claim
from redress.policy.calendar import end_of
from redress.policy.explain import Explanation, explain, tell_instant

UPLOAD_TYPES = ("image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf")
MOST_WORDS = 200  # characters of the buyer's own words in a summary
UPLOAD_MAX_BYTES = 15 * 1024 * 1024


@dataclass(frozen=True)
class Wording:
    """Puts what the desk has to say into the buyer's language. Sentences come from the texts and the pack alone."""

    texts: Texts
    packs: Mapping[str, Pack]

    def ask(self, conversation: Conversation, question: Question, draft: Draft, *, again: bool = False) -> Reply:
        """The question as a reply; `again` puts it shortened, after something else was answered."""
        text = self._question_text(conversation, question, draft)
        if again:
            text = text.splitlines()[0]
        return Reply(
            text=text,
            choices=self.choices(conversation, question, draft),
            question=question,
            upload=self._upload(conversation, question, draft),
        )

    def choices(self, conversation: Conversation, question: Question, draft: Draft) -> tuple[Choice, ...]:
        """What can be pressed instead of typed."""
        return Choices(self.texts, self.packs).offered(conversation, question, draft)

    def why(self, conversation: Conversation, question: Question, draft: Draft) -> str:
        """Why the open question is asked: the clause behind it, or our own reason where no policy asks it."""
        language = conversation.language
        clause = None
        if question.topic == "fact":
            clause = self._version(conversation, draft).fact(question.subject).why
        elif question.topic == "evidence":
            clause = self._version(conversation, draft).evidence_kind(question.subject.partition("|")[0]).why
        if clause is None:
            return self.texts.say(f"utter_why_{question.topic}", language)
        return self.texts.say("utter_why_clause", language, says=clause.says[language], ref=clause.ref)

    def evidence_labels(self, conversation: Conversation, draft: Draft, question: Question | None) -> dict[str, str]:
        """What the evidence that was passed over is called, and the one that is asked for."""
        asked = [question.subject] if question and question.topic == "evidence" else []
        version = self._version(conversation, draft)
        return {
            name: " ".join(version.evidence_kind(kind).label[conversation.language] for kind in name.split("|"))
            for name in [*passed_over(draft), *asked]
        }

    def outcome(self, conversation: Conversation, draft: Draft, assessment: Assessment) -> Reply:
        """What the buyer gets or why not, with the clauses, and what could be done next."""
        language, told = conversation.language, self.told(conversation, assessment)
        clauses = [{"ref": one.ref, "says": one.says[language]} for one in self.cited(conversation, assessment)]
        cited = [self.texts.say("utter_clause", language, **clause) for clause in clauses]
        choices: tuple[Choice, ...] = ()
        if assessment.outcome == "declined":
            choices = (Choice(self.texts.say("utter_choice_appeal", language), {"appeal": draft.to_json()}),)
        if assessment.outcome == "too_early":
            choices = (Choice(self.texts.say("utter_choice_person", language), {"say": "/talk_to_human"}),)
        contract = assessment.to_json()
        return Reply(
            text="\n".join([*told.lines(), *cited]),
            choices=choices,
            assessment={
                **{key: contract[key] for key in ("outcome", "rule", "deadline")},
                "remedies": list(told.remedies),
                "clauses": clauses,
            },
        )

    def told(self, conversation: Conversation, assessment: Assessment) -> Explanation:
        """An assessment in sentences, its times in the buyer's zone."""
        pack = self.packs[conversation.shop]
        return explain(assessment, pack, conversation.language, zone_of(conversation, pack))

    def without(self, conversation: Conversation, lacking: Sequence[str], at: datetime) -> str:
        """What it means for a claim sent at that instant that this evidence lacks."""
        pack, language = self.packs[conversation.shop], conversation.language
        version = self._version(conversation, conversation.draft)
        kinds = [[version.evidence_kind(kind) for kind in name.split("|")] for name in lacking]
        until = self._instant(end_of(pack.file.evidence_within, at, pack.zone, pack.file.holidays), conversation)
        labels = listed((alternatives((kind.label[language] for kind in one), language) for one in kinds), language)
        clauses = {kind.why.ref: kind.why for one in kinds for kind in one if kind.why}
        told = self.texts.say("utter_without_evidence", language, evidence=labels, until=until)
        cited = (self.texts.say("utter_clause", language, says=c.says[language], ref=c.ref) for c in clauses.values())
        return "\n".join([told, *cited])

    def cited(self, conversation: Conversation, assessment: Assessment) -> tuple[Clause, ...]:
        """The clauses that an outcome rests on: of its reasons, of its remedies, or else of the rule itself."""
        grounds = assessment.reasons or assessment.remedies
        found = {one.clause.ref: one.clause for one in grounds if one.clause is not None}
        if not found:
            versions = self.packs[conversation.shop].versions
            version = next(one for one in versions if one.name == assessment.pack_version)
            row = next(row for row in version.rows if row.id == assessment.rule)
            return (row.clause,)
        return tuple(found.values())

    def resume_hint(self, conversation: Conversation, unfinished: Mapping[str, Any]) -> Reply:
        """That an unfinished claim of the same problem can be gone on with instead."""
        text = self.texts.say("utter_resume_hint", conversation.language)
        return Reply(
            text, (Choice(self.texts.say("utter_choice_go_on", conversation.language), {"resume": unfinished}),)
        )

    def better_photo(self, conversation: Conversation, mark: str) -> Reply:
        """What is poor about a photo, and the open question again: a better one, or that one after all."""
        assert conversation.question is not None
        question = self.ask(conversation, conversation.question, conversation.draft)
        return replace(question, text=self.texts.say(f"utter_photo_{mark}", conversation.language))

    def which_answer(self, conversation: Conversation) -> Reply:
        """Which of the earlier answers shall change?"""
        return Reply(self.texts.say("utter_which_answer", conversation.language), self._changes(conversation))

    def not_confirmed(self, conversation: Conversation) -> Reply:
        """Nothing is sent: what can be changed, or sent after all."""
        send = Choice(self.texts.say("utter_choice_confirm", conversation.language), {"confirm": True})
        text = self.texts.say("utter_not_confirmed", conversation.language)
        return Reply(text, (send, *self._changes(conversation)), question=conversation.question)

    def issue(self, conversation: Conversation, issue: str | None) -> str:
        """A problem in the buyer's words."""
        return self.texts.say(f"utter_issue_{issue}", conversation.language)

    def _changes(self, conversation: Conversation) -> tuple[Choice, ...]:
        draft = conversation.draft
        return tuple(
            Choice(self._answer_title(conversation, draft, answer), {"change": answer}) for answer in answered(draft)
        )

    def _answer_title(self, conversation: Conversation, draft: Draft, answer: str) -> str:
        if answer.startswith("fact:"):
            return str(self._version(conversation, draft).fact(answer.removeprefix("fact:")).ask[conversation.language])
        return self.texts.say(f"utter_change_{answer}", conversation.language)

    def ticket_opened(self, conversation: Conversation, number: str, state: str, at: datetime) -> Reply:
        """The ticket's number and what happens now; where evidence is missing, until when it can be sent."""
        pack, language = self.packs[conversation.shop], conversation.language
        text = self.texts.say(f"utter_ticket_{state}", language, number=number)
        assessment = self._assessed(conversation, conversation.draft)
        duty = self.told(conversation, assessment).duties.get(conversation.draft.remedy or "")
        if duty is not None:
            text += f"\n{duty}"
        if state == "awaiting_evidence":
            until = self._instant(end_of(pack.file.evidence_within, at, pack.zone, pack.file.holidays), conversation)
            text += "\n" + self.texts.say("utter_evidence_until", language, until=until)
        return Reply(text=text, ticket={"number": number, "state": state})

    def _instant(self, at: datetime, conversation: Conversation) -> str:
        pack = self.packs[conversation.shop]
        return tell_instant(at, pack, conversation.language, zone_of(conversation, pack))

    def _assessed(self, conversation: Conversation, draft: Draft) -> Assessment:
        return assess(parse_claim(draft.claim(conversation.shop), self.packs), self.packs[conversation.shop])

    def _version(self, conversation: Conversation, draft: Draft) -> PackVersion:
        return version_of(self.packs, conversation, draft)

    def _question_text(self, conversation: Conversation, question: Question, draft: Draft) -> str:
        language = conversation.language
        if question.topic == "fact":
            return str(self._version(conversation, draft).fact(question.subject).ask[language])
        if question.topic == "evidence":
            kinds = [self._version(conversation, draft).evidence_kind(kind) for kind in question.subject.split("|")]
            name = "utter_question_upload" if question.kind == "upload" else "utter_question_evidence_text"
            label = alternatives((kind.label[language] for kind in kinds), language)
            return self.texts.say(name, language, label=label, shows="\n".join(kind.shows[language] for kind in kinds))
        if question.topic == "quantity":
            line = line_of(draft, question.subject)
            title = line.get("title") or line["sku"]
            return self.texts.say("utter_question_quantity", language, title=title, ordered=line["quantity"])
        if question.topic == "resume":
            assert draft.resumable is not None
            return self.texts.say(
                "utter_question_resume", language, issue=self.issue(conversation, draft.resumable["issue"])
            )
        if question.topic == "issue" and draft.candidates == DESCRIBED:
            return self.texts.say("utter_describe_problem", language)
        if question.topic == "issue" and conversation.last_ticket and not draft.candidates:
            return self.texts.say("utter_question_issue_else", language)
        if question.topic == "issue" and draft.candidates:
            return self.texts.say("utter_which_problem", language)
        if question.topic == "confirm" and draft.errand == "withdraw":
            return self.texts.say("utter_question_withdraw", language, number=draft.ticket)
        if question.topic == "confirm":
            return self.texts.say("utter_question_confirm", language, summary=self._summary(conversation, draft))
        return self.texts.say(f"utter_question_{question.topic}", language)

    def _summary(self, conversation: Conversation, draft: Draft) -> str:
        language = conversation.language
        assert draft.order is not None
        items = ", ".join(
            f"{line_of(draft, sku).get('title') or sku} × {line_of(draft, sku)['quantity'] if units is None else units}"
            for sku, units in (
                draft.affected or {line["sku"]: line["quantity"] for line in draft.order["items"]}
            ).items()
        )
        lines = [self.texts.say("utter_summary_issue", language, issue=self.issue(conversation, draft.issue))]
        if draft.issue == "other" and draft.told:
            words = shorten(max(draft.told, key=len), MOST_WORDS, placeholder=" …")
            lines.append(self.texts.say("utter_summary_words", language, words=words))
        lines.append(self.texts.say("utter_summary_order", language, number=draft.order["number"]))
        if draft.affected is not None or draft.issue in WHOLE_ORDER:
            lines.append(self.texts.say("utter_summary_items", language, items=items))
        if draft.remedy:
            beside = [one.kind for one in self._assessed(conversation, draft).remedies if one.kind in ACCOMPANYING]
            kinds = dict.fromkeys((draft.remedy, *beside))
            remedy = " + ".join(self.texts.say(f"utter_remedy_{kind}", language) for kind in kinds)
            lines.append(self.texts.say("utter_summary_remedy", language, remedy=remedy))
        if draft.appeal_reason:
            lines.append(self.texts.say("utter_summary_appeal", language, reason=draft.appeal_reason))
        return "\n".join(lines)

    def _upload(self, conversation: Conversation, question: Question, draft: Draft) -> Mapping[str, Any] | None:
        if question.kind != "upload":
            return None
        kind = self._version(conversation, draft).evidence_kind(question.subject.partition("|")[0])
        return {
            "kind": question.subject,
            "label": kind.label[conversation.language],
            "accept": list(UPLOAD_TYPES),
            "max_bytes": UPLOAD_MAX_BYTES,
        }
