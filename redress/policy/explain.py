"""An assessment in plain sentences, in the buyer's language: one for each reason, remedy and deadline."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_currency

from redress.policy.assessment import Assessment, Deduction, Remedy
from redress.policy.pack import Pack, PackVersion
from redress.policy.sentences import sentences
from redress.policy.vocabulary import Language

_LOCALES = {"zh-CN": "zh_Hans_CN"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What to tell the buyer, sentence by sentence. `clauses` restate the policy that the reasons rest on.

    `duties`: what the buyer has to do themselves for a kind of remedy, and until when.
    `closed_in_time`: the claim is declined for something else than its deadline, which then tells nothing.
    """

    outcome: str
    reasons: tuple[str, ...]
    clauses: tuple[str, ...]
    deadline: str | None
    eligible_from: str | None
    evidence: str | None
    remedies: tuple[str, ...]
    duties: Mapping[str, str]
    notes: tuple[str, ...]
    review_due: str | None
    payout_due: str | None
    closed_in_time: bool

    def lines(self) -> list[str]:
        """All of it that bears on the outcome, in reading order, without the clauses."""
        deadline = None if self.closed_in_time else self.deadline
        told = [self.outcome, *self.reasons, self.eligible_from, self.evidence, *self.remedies, *self.notes]
        return [line for line in (*told, deadline, self.review_due, self.payout_due) if line]


def explain(
    assessment: Assessment, pack: Pack, language: str, zone: tzinfo | None = None, today: date | None = None
) -> Explanation:
    """The assessment in `language`, its times in `zone` (left out: the pack's); a year is told if it is not today's."""
    version = next(one for one in pack.versions if one.name == assessment.pack_version)
    return _Teller(version, language, zone or pack.zone, today).tell(assessment)


def tell_instant(instant: datetime, pack: Pack, language: Language, zone: tzinfo | None = None) -> str:
    """An instant in `zone` (left out: the pack's), such as "Thu 5 March, 15:30 (China time)"."""
    return _Teller(pack.versions[-1], language, zone or pack.zone, None).instant(instant)


class _Teller:
    """Fills in the sentences for one language and zone."""

    def __init__(self, version: PackVersion, language: str, zone: tzinfo, today: date | None) -> None:
        self.version = version
        self.language = language
        self.locale = _LOCALES.get(language, language)
        self.zone = zone
        self.today = today

    def tell(self, assessment: Assessment) -> Explanation:
        reasons = assessment.reasons
        between = "" if self.language == "zh-CN" else " "  # Chinese puts no space between sentences
        return Explanation(
            outcome=self.say("outcomes", assessment.outcome),
            reasons=tuple(reason.message[self.language] for reason in reasons),
            clauses=tuple(dict.fromkeys(reason.clause.says[self.language] for reason in reasons)),
            deadline=self._deadline(assessment),
            eligible_from=self._when("eligible_from", assessment.eligible_from),
            evidence=self._evidence(assessment.missing_evidence),
            remedies=tuple(between.join(self._remedy(remedy)) for remedy in assessment.remedies),
            duties={one.kind: duty for one in assessment.remedies for duty in self._duty(one)},
            notes=tuple(self.say("notes", note) for note in assessment.notes),
            review_due=self._when("review_due", assessment.review_due),
            payout_due=self._when("payout_due", assessment.payout_due),
            closed_in_time=assessment.outcome == "declined" and bool(assessment.in_time),
        )

    def say(self, *path: str, **filled: str) -> str:
        """A sentence of `sentences.yml`, filled in."""
        texts: Any = sentences()
        for key in path:
            texts = texts[key]
        text: str = texts[self.language]
        return text.format(**filled) if filled else text

    def instant(self, instant: datetime) -> str:
        """Such as "Thu 5 March, 15:30 (China time)"."""
        local = instant.astimezone(self.zone)
        pattern = "date" if self.today is None or local.year == self.today.year else "date_with_year"
        date = format_datetime(local, self.say(pattern), tzinfo=self.zone, locale=self.locale)
        return self.say("instant", date=date, zone=self._zone(local))

    def _zone(self, local: datetime) -> str:
        key = self.zone.key if isinstance(self.zone, ZoneInfo) else ""
        if key in sentences()["zones"]:
            return self.say("zones", key)
        return get_timezone_name(local, width="long", locale=self.locale)

    def _when(self, name: str, instant: datetime | None) -> str | None:
        return None if instant is None else self.say(name, when=self.instant(instant))

    def _deadline(self, assessment: Assessment) -> str | None:
        if assessment.deadline is None:
            return None
        state = "in_time" if assessment.in_time else "passed"
        issue = self.say("issues", assessment.issue)
        return self.say("deadline", state, issue=issue, when=self.instant(assessment.deadline))

    def _evidence(self, missing: Iterable[str]) -> str | None:
        named = [self._any_of(one) for one in missing]
        return self.say("missing_evidence", evidence=self._listed(named)) if named else None

    def _any_of(self, requirement: str) -> str:
        labels = [self.version.evidence_kind(kind).label[self.language] for kind in requirement.split("|")]
        return self._listed(labels, style="or")

    def _listed(self, words: list[str], style: Any = "standard") -> str:
        return format_list(words, style=style, locale=self.locale)

    def _money(self, amount: Decimal, currency: str) -> str:
        return format_currency(amount, currency, locale=self.locale)

    def _remedy(self, remedy: Remedy) -> Iterator[str]:
        yield self._offer(remedy)
        if remedy.return_paid_by:
            yield self.say("return_paid_by", remedy.return_paid_by)
        if remedy.shipping_paid_by:
            yield self.say("shipping_paid_by", remedy.shipping_paid_by)
        yield from self._duty(remedy)
        if remedy.advice:
            yield remedy.advice[self.language]

    def _duty(self, remedy: Remedy) -> Iterator[str]:
        if remedy.by:
            needs = self._listed([self._any_of(kind) for kind in remedy.needs])
            yield self.say("by_and_needs", when=self.instant(remedy.by), needs=needs)

    def _offer(self, remedy: Remedy) -> str:
        filled = {"remedy": self.say("remedies", remedy.kind)}
        if remedy.gross is not None:
            filled["gross"] = self._money(remedy.gross, remedy.currency)
        if remedy.net is not None:
            filled["net"] = self._money(remedy.net, remedy.currency)
        if charged := _charged(remedy):
            filled["deductions"] = self._listed([self._deduction(one, remedy.currency) for one in charged])
        return self.say("offer", _shape(remedy), **filled)

    def _deduction(self, one: Deduction, currency: str) -> str:
        labels = sentences()["labels"].get(one.label)
        label = labels[self.language] if labels else one.label.replace("_", " ")
        if one.amount is None:
            return self.say("deduction_unknown", label=label)
        return self.say("deduction", amount=self._money(one.amount, currency), label=label)


def _charged(remedy: Remedy) -> list[Deduction]:
    """The deductions that cost the buyer something, or may."""
    return [one for one in remedy.deductions if one.amount != 0]


def _shape(remedy: Remedy) -> str:
    """Which sentence fits what is known of a remedy's amount."""
    if remedy.net is not None:
        return "amount" if not _charged(remedy) else "less" if remedy.net else "nothing_left"
    if remedy.gross is not None:
        return "less_unknown"
    if _charged(remedy):
        return "charged"
    return "unknown" if remedy.kind in ("refund", "partial_refund", "compensation", "commission_refund") else "plain"
