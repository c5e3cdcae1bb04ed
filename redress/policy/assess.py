"""What a policy says of a claim: the row for its issue and stage, decided by the precedence of outcomes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from redress.policy import calendar, money
from redress.policy.assessment import Assessment, Reason
from redress.policy.case import Case
from redress.policy.claim import Claim
from redress.policy.format import Early, Ground, Offer, Row, Window
from redress.policy.pack import Pack
from redress.policy.parts import Clause
from redress.policy.sentences import reason_sentence
from redress.policy.texts import Texts


@dataclass(frozen=True, slots=True)
class Argument:
    """One ground on which a claim is declined, referred or too early, before its words are chosen."""

    code: str
    clause: Clause
    message: Texts | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a row makes of a case, all but the sums."""

    outcome: str
    deadline: datetime | None
    in_time: bool
    reasons: tuple[Argument, ...] = ()
    eligible_from: datetime | None = None
    missing: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    notes: tuple[str, ...] = ()


def assess(claim: Claim, pack: Pack) -> Assessment:
    """Assess a valid claim by its shop's pack, under the version in force when the order was paid.

    Total and deterministic: every valid claim gets one of the five outcomes. Raises ValueError for another shop's pack.
    """
    if claim.shop != pack.shop:
        raise ValueError(f"a claim on {claim.shop} cannot be assessed by the pack of {pack.shop}")
    version = pack.version_for(claim)
    case = pack.case(claim)
    row = version.row(claim.issue, case.stage)
    decision = decide(row, case)
    opens = decision.outcome in ("qualifies", "awaiting_evidence", "referred")
    return Assessment(
        shop=claim.shop,
        issue=claim.issue,
        outcome=decision.outcome,
        rule=row.id,
        pack_version=version.name,
        pack_sha256=pack.sha256,
        deadline=decision.deadline,
        in_time=decision.in_time,
        eligible_from=decision.eligible_from,
        missing_evidence=decision.missing,
        remedies=tuple(money.remedy(offer, case, version.fees) for offer in decision.offers),
        reasons=tuple(
            Reason(one.code, one.clause, one.message or reason_sentence(one.code)) for one in decision.reasons
        ),
        notes=decision.notes,
        review_due=case.after_report(row.review) if opens else None,
        payout_due=case.after_report(row.payout) if decision.outcome == "qualifies" else None,
    )


def decide(row: Row, case: Case) -> Decision:
    """Apply one row: `declined` > `too_early` > `awaiting_evidence` > `referred` > `qualifies`."""
    window = next((one for one in row.window if one.condition is None or case.holds(one.condition)), None)
    deadline = case.end(window) if window else None
    in_time = deadline is None or case.claim.reported_at <= deadline
    passed, rescued, notes = _late(window, case) if window and not in_time else ([], [], ())

    if declined := passed + _grounds(row.declined, case):
        return Decision("declined", deadline, in_time, tuple(declined))
    if early := [one for one in row.too_early if case.applies(one) and _waiting(one, case)]:
        return Decision("too_early", deadline, in_time, tuple(_grounds(early, case)), _eligible_from(early, case))
    missing = () if rescued else _missing(row, case)
    referred = rescued + _grounds(row.referred, case)
    if referred and not missing:
        return Decision("referred", deadline, in_time, tuple(referred))
    offers = tuple(offer for offer in row.remedies if case.applies(offer) and _still_open(offer, case))
    outcome = "awaiting_evidence" if missing else "qualifies"
    return Decision(outcome, deadline, in_time, missing=missing, offers=offers, notes=notes)


def _late(window: Window, case: Case) -> tuple[list[Argument], list[Argument], tuple[str, ...]]:
    """What a claim past its window gets: grounds to decline it, grounds to refer it, notes."""
    for late in window.late:
        if case.applies(late):
            if late.note:
                return [], [], (late.note,)
            return [], [Argument(late.refer or "", late.clause, late.message)], ()
    return [Argument("window_passed", window.clause, None)], [], ()


def _grounds(grounds: Iterable[Ground], case: Case) -> list[Argument]:
    """The grounds that apply, each code once: the first to give it speaks for the others."""
    found: dict[str, Argument] = {}
    for one in grounds:
        if one.code not in found and case.applies(one):
            found[one.code] = Argument(one.code, one.clause, one.message)
    return list(found.values())


def _waiting(early: Early, case: Case) -> bool:
    """Whether its span is not over yet; without a span it is for as long as the condition holds."""
    end = case.end(early.wait) if early.wait else None
    return end is None or case.claim.reported_at <= end


def _eligible_from(grounds: list[Early], case: Case) -> datetime | None:
    """When the last of the grounds is over; None where one of them does not say."""
    ends = [case.end(one.wait) if one.wait else None for one in grounds]
    known = [end for end in ends if end is not None]
    return calendar.first_second_after(max(known)) if len(known) == len(ends) else None


def _missing(row: Row, case: Case) -> tuple[str, ...]:
    return tuple(one.name for one in row.evidence if case.evidence.isdisjoint(one.one_of))


def _still_open(offer: Offer, case: Case) -> bool:
    end = case.end(offer.by) if offer.by else None
    return offer.by is None or (end is not None and case.claim.reported_at <= end)
