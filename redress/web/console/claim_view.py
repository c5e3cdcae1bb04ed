"""A ticket as its page shows it: what is claimed, what the policy makes of it, and what can be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from redress.claims.draft import JSON
from redress.claims.grants import MONEY, REMEDIES
from redress.claims.interview import ACCOMPANYING
from redress.claims.rules import clauses_of, evidence_kinds, version_of
from redress.claims.tickets import UNDECIDED, Ticket
from redress.policy import Clause, parse_claim
from redress.policy.describe import Line as RuleLine
from redress.policy.describe import describe
from redress.policy.money import rounded
from redress.policy.walk import walk
from redress.store.case_files import Piece
from redress.web.console.desk import ConsoleDesk


@dataclass(frozen=True)
class Cited:
    """A clause, with the source's own words where the shop has given its text."""

    ref: str
    says: str
    source: str | None


@dataclass(frozen=True)
class Mark:
    """Something to look at in a piece of evidence, and the other ticket that it is about, where there is one."""

    says: str
    ticket: str | None = None


@dataclass(frozen=True)
class Goods:
    """A line of the order: what of it is claimed, and its share of what was paid."""

    sku: str
    title: str
    ordered: int
    affected: int
    paid: str
    share: Decimal


@dataclass(frozen=True)
class Policy:
    """What the policy says of a claim: the clauses that decided, and the whole rule."""

    decisive: Sequence[Cited]
    rule: Sequence[RuleLine]
    version: str
    pack_changed: bool


@dataclass(frozen=True)
class Choices:
    """What a reviewer may do with a ticket now."""

    decide: bool
    remedies: Sequence[JSON]
    clauses: Sequence[Cited]
    kinds: Sequence[tuple[str, str, bool]]  # kind, label, whether it is missing


def goods(ticket: Ticket) -> list[Goods]:
    """Every line of the order; `share` is what was paid × affected ÷ ordered, exact, rounded once (half-even)."""
    affected = ticket.claim.get("affected")
    wanted = None if affected is None else {one["sku"]: one["quantity"] for one in affected}
    return [_goods(item, item["quantity"] if wanted is None else wanted.get(item["sku"], 0)) for item in _items(ticket)]


def policy(desk: ConsoleDesk, ticket: Ticket) -> Policy:
    """The rule behind the assessment, under the version that holds for the claim."""
    pack = desk.parts.packs[ticket.shop]
    version = version_of(ticket, desk.parts.packs)
    claim = parse_claim(ticket.claim, desk.parts.packs)
    row = next(
        (row for row in version.rows if row.id == ticket.assessment["rule"]),
        version.row(claim.issue, pack.case(claim).stage),
    )
    known = {clause.ref: clause for clause in _clauses_in(row)} | dict(clauses_of(pack))
    refs = [reason["clause"]["ref"] for reason in ticket.assessment["reasons"]] or [row.clause.ref]
    changed = ticket.assessment["pack"]["sha256"] != pack.sha256
    decisive = [_cited(desk, ticket.shop, known[ref]) for ref in dict.fromkeys(refs) if ref in known]
    return Policy(decisive, describe(row, version), version.name, changed)


def choices(desk: ConsoleDesk, ticket: Ticket) -> Choices:
    """What can be approved, cited and asked for; nothing where the ticket's state leaves nothing to decide."""
    if ticket.state not in UNDECIDED:
        return Choices(False, (), (), ())
    pack, version = desk.parts.packs[ticket.shop], version_of(ticket, desk.parts.packs)
    own = [rule_line.ref for rule_line in policy(desk, ticket).rule]
    refs = [ref for ref in dict.fromkeys(own) if ref in clauses_of(pack)]
    refs += [ref for ref in clauses_of(pack) if ref not in refs]
    missing = {kind for one in ticket.assessment["missing_evidence"] for kind in one.split("|")}
    kinds = [
        (kind, version.evidence_kind(kind).label["en"], kind in missing)
        for kind in evidence_kinds(ticket, desk.parts.packs)
    ]
    return Choices(
        True, list(_remedies(ticket)), [_cited(desk, ticket.shop, clauses_of(pack)[ref]) for ref in refs], kinds
    )


def marks(piece: Piece, ticket: Ticket) -> list[Mark]:
    """What a reviewer should look at in a piece of evidence."""
    found = [Mark(mark.removeprefix("too_")) for mark in piece.details.get("quality", ())]
    found += [Mark("the same file on", number) for number in piece.also_on]
    found += [Mark("a picture like one on", number) for number in piece.like]
    taken, paid = piece.details.get("captured_at"), ticket.claim["order"].get("paid_at")
    if taken and paid and taken[:10] < paid[:10]:
        found.append(Mark("taken before the order was paid"))
    if piece.details.get("animated"):
        found.append(Mark("was an animation"))
    return found


def milestones(ticket: Ticket) -> list[tuple[str, str]]:
    """The order's steps that were reached: name and instant."""
    names = ("paid_at", "purchased_at", "in_stock_at", "shipped_at", "delivered_at", "completed_at")
    order = ticket.claim["order"]
    return [(name.removesuffix("_at"), order[name]) for name in names if order.get(name)]


def deadline_told(ticket: Ticket) -> tuple[datetime, datetime, bool] | None:
    """(deadline, when the claim was reported, in time)."""
    deadline = ticket.assessment["deadline"]
    if deadline is None:
        return None
    reported = datetime.fromisoformat(ticket.claim["reported_at"])
    return datetime.fromisoformat(deadline), reported, ticket.assessment["in_time"]


def _remedies(ticket: Ticket) -> Iterator[JSON]:
    """The assessment's remedies, the buyer's choice first; where it offers none, every kind there is, with a reason."""
    offers = [one for one in ticket.assessment["remedies"] if one["kind"] not in ACCOMPANYING]
    alone = offers or ticket.assessment["remedies"]
    for one in sorted(alone, key=lambda offer: offer["kind"] != ticket.remedy):
        yield {**one, "offered": True, "money": one["kind"] in MONEY}
    if not alone:
        for kind in REMEDIES:
            yield {"kind": kind, "net": None, "gross": None, "deductions": [], "offered": False, "money": kind in MONEY}


def _goods(item: JSON, affected: int) -> Goods:
    share = rounded(Fraction(item["paid"]) * affected / item["quantity"])
    return Goods(item["sku"], item.get("title") or item["sku"], item["quantity"], affected, item["paid"], share)


def _items(ticket: Ticket) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = ticket.claim["order"]["items"]
    return items


def _clauses_in(row: Any) -> Iterator[Clause]:
    return (part for _, part in walk(row) if isinstance(part, Clause))


def _cited(desk: ConsoleDesk, shop: str, clause: Clause) -> Cited:
    return Cited(clause.ref, clause.says["en"], desk.sources.quote(shop, clause))
