"""An assessment: what a policy says of one claim, with the clause for it. Values only."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from redress.policy.parts import Clause
from redress.policy.texts import Texts


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a claim is declined, referred or too early."""

    code: str
    clause: Clause
    message: Texts

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON, in English."""
        return {"code": self.code, "clause": self.clause.to_json(), "message": self.message["en"]}


@dataclass(frozen=True, slots=True)
class Deduction:
    """What is taken off a remedy; `amount` is None while nobody can know it."""

    label: str
    amount: Decimal | None

    def to_json(self) -> dict[str, str | None]:
        """The contract's JSON."""
        return {"label": self.label, "amount": _money(self.amount)}


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the buyer may get. Amounts have two places, in `currency`; None is an amount nobody can know yet.

    `clause` (why) and `advice` (told with it) are for the buyer and no part of the contract's JSON.
    """

    kind: str
    currency: str
    gross: Decimal | None = None
    deductions: tuple[Deduction, ...] = ()
    net: Decimal | None = None
    return_paid_by: str | None = None
    shipping_paid_by: str | None = None
    by: datetime | None = None
    needs: tuple[str, ...] = ()
    clause: Clause | None = None
    advice: Texts | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON."""
        return {
            "kind": self.kind,
            "gross": _money(self.gross),
            "deductions": [deduction.to_json() for deduction in self.deductions],
            "net": _money(self.net),
            "currency": self.currency,
            "return_paid_by": self.return_paid_by,
            "shipping_paid_by": self.shipping_paid_by,
            "by": _iso(self.by),
            "needs": list(self.needs),
        }


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the policy says of a claim, field by field as in the contract; instants are in the pack's zone.

    `rule` is the id of the pack's row that decided, `pack_version` the day its rules came into force and
    `pack_sha256` the hash of the pack's file.
    """

    shop: str
    issue: str
    outcome: str
    rule: str
    pack_version: str
    pack_sha256: str
    deadline: datetime | None = None
    in_time: bool = True
    eligible_from: datetime | None = None
    missing_evidence: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()
    review_due: datetime | None = None
    payout_due: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON, and `pack` {version, sha256}."""
        return {
            "shop": self.shop,
            "issue": self.issue,
            "outcome": self.outcome,
            "deadline": _iso(self.deadline),
            "in_time": self.in_time,
            "eligible_from": _iso(self.eligible_from),
            "missing_evidence": list(self.missing_evidence),
            "remedies": [remedy.to_json() for remedy in self.remedies],
            "reasons": [reason.to_json() for reason in self.reasons],
            "notes": list(self.notes),
            "review_due": _iso(self.review_due),
            "payout_due": _iso(self.payout_due),
            "rule": self.rule,
            "pack": {"version": self.pack_version, "sha256": self.pack_sha256},
        }


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
