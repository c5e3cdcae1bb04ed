"""What to ask next: the question the outcome still depends on, or the assessment when nothing is left to ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from redress.claims.conversation import Question, QuestionKind
from redress.claims.draft import Draft
from redress.policy import Assessment, Pack, PackVersion, assess, parse_claim
from redress.policy.needs import Needs, needs

# Problems of the parcel or the order as a whole: which item is affected decides nothing.
WHOLE_ORDER = frozenset({"non_delivery", "late_delivery", "returned_to_sender", "weight_mismatch"})

# Paid in addition to the remedy that the buyer chooses, never instead of it.
ACCOMPANYING = frozenset({"compensation"})


# Outcomes that open no ticket: once nothing can change them, nothing more is asked.
CLOSED = ("declined", "too_early")


@dataclass(frozen=True)
class Next:
    """Where the interview stands: the open question, and the assessment once nothing more can change it."""

    question: Question | None
    assessment: Assessment | None = None


def next_step(draft: Draft, shop: str, packs: Mapping[str, Pack]) -> Next:
    """The next question of the claim, or its assessment with what is left to agree on (remedy, confirmation).

    Asks for identification before anything of the order is used, then only for what can still change the outcome;
    a claim that a clause already excludes is assessed at once.
    """
    if draft.resumable is not None:
        return Next(Question("resume", "choice"))
    if draft.issue is None:
        return Next(Question("issue", "choice"))
    if draft.order is None:
        if draft.order_number is None:
            return Next(Question("order_number", "order_number"))
        return Next(Question("email", "email"))
    pack = packs[shop]
    claim = parse_claim(draft.claim(shop), packs)
    open_items = draft.affected is None and draft.issue not in WHOLE_ORDER
    need = needs(claim, pack, items_open=open_items)
    assessment = assess(claim, pack)
    if not (need.decided and assessment.outcome in CLOSED):
        question = _what_is_missing(draft, need, open_items, pack.version_for(claim))
        if question:
            return Next(question)
    return _agree(draft, assessment)


def choosable(assessment: Assessment) -> tuple[str, ...]:
    """The kinds of remedy among which the buyer chooses one, in the pack's order."""
    return tuple(dict.fromkeys(r.kind for r in assessment.remedies if r.kind not in ACCOMPANYING))


def _what_is_missing(draft: Draft, need: Needs, open_items: bool, version: PackVersion) -> Question | None:
    if open_items:
        return Question("items", "items")
    for sku, quantity in (draft.affected or {}).items():
        if quantity is None:
            return Question(f"quantity:{sku}", "number")
    for name in need.facts:
        if f"fact:{name}" in draft.skipped:
            continue
        return Question(f"fact:{name}", version.fact(name).kind)
    for requirement in need.evidence:
        if requirement not in draft.skipped:
            return Question(f"evidence:{requirement}", evidence_input(requirement, version))
    return None


def evidence_input(requirement: str, version: PackVersion) -> QuestionKind:
    """How a piece of evidence is given: `upload`, or `text`."""
    return version.evidence_kind(requirement.partition("|")[0]).input


def _agree(draft: Draft, assessment: Assessment) -> Next:
    if draft.appeal:
        wanted = Question("confirm", "yes_no") if draft.appeal_reason else Question("appeal_reason", "text")
        return Next(wanted, assessment)
    if assessment.outcome in CLOSED:
        return Next(None, assessment)
    if len(choosable(assessment)) > 1 and draft.remedy not in choosable(assessment):
        return Next(Question("remedy", "choice"), assessment)
    return Next(Question("confirm", "yes_no"), assessment)
