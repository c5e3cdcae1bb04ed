"""What a simulated buyer knows and wants, and how they go about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from redress.demo import ITEMS, PREFIXES
from redress.policy.vocabulary import FACTS, ISSUES, NEVER_ASKED

SHOPS = tuple(PREFIXES)
LINES = {sku: (title, quantity) for sku, title, quantity, _, _ in ITEMS}
ORDERS = tuple(f"10000{n}" for n in range(1, 9))
# Problems of the parcel or of the order as a whole: a buyer names no item.
WHOLE = frozenset(
    {"non_delivery", "late_delivery", "returned_to_sender", "weight_mismatch", "wrong_parcel", "return_logistics"}
)
USUAL_REMEDIES = ("refund", "replacement", "partial_refund", "reship", "commission_refund", "carrier_compensation")
# The way most goods are: anything else is rarer, so that not every claim is declined.
BENIGN: dict[str, Any] = {
    "product_kind": "general",
    "has_receipt": True,
    "has_quality_card": True,
    "within_warranty": True,
    "original_label_intact": True,
    "all_packages_delivered": True,
    "signed_in_presence": True,
    "altered": False,
    "missing_parts": False,
    "used": False,
}
# Where an order of that problem usually stands; any other is tried too.
USUAL_ORDERS = {
    "non_delivery": ("100003", "100004"),
    "late_delivery": ("100004", "100002"),
    "cancellation": ("100005", "100006"),
    "counterfeit": ("100002", "100008"),
    "returned_to_sender": ("100004",),
}
ASIDES = (
    "why", "policy", "deadline", "status", "greeting", "small_talk", "thanks", "anger", "out_of_scope", "wait",
    "gibberish", "second_problem",
)  # fmt: skip


@dataclass(frozen=True)
class Goal:
    """One buyer's case.

    - `affected`: SKU to units, None where the problem is the whole order's
    - `facts`: every askable fact as it is in truth
    - `evidence`: what the buyer does when asked for evidence for the n-th time: send, later, unavailable, refuse
    - `remedies`: wanted, best first
    - `volunteered`: what the first message tells beside the problem: order, email, items
    - `typing`: 0 to 1, how often an answer is typed where a button stands
    - `asides`: question topic -> what is said there before it is answered
    - `slips`: question topics first answered wrongly and corrected at the next question: order_number, items
    """

    shop: str
    issue: str
    order: str
    affected: dict[str, int] | None
    facts: dict[str, Any]
    evidence: tuple[str, ...] = ("send",)
    remedies: tuple[str, ...] = USUAL_REMEDIES
    volunteered: frozenset[str] = frozenset()
    typing: float = 1.0
    asides: dict[str, str] = field(default_factory=dict)
    slips: frozenset[str] = frozenset()
    opening: str | None = None
    hello: bool = False
    locale: str = "en"

    @property
    def number(self) -> str:
        """The order's number as the demo shop knows it."""
        return PREFIXES[self.shop] + self.order

    def handling(self, nth: int) -> str:
        """What is done about the n-th requirement of evidence, from 0."""
        return self.evidence[nth % len(self.evidence)]


def truths(rng: Random | None = None) -> dict[str, Any]:
    """Every askable fact: the benign value, or now and then (with `rng`) another."""
    found: dict[str, Any] = {}
    for name, kind in FACTS.items():
        if name in NEVER_ASKED or kind.kind == "text":
            continue
        values = (True, False) if kind.kind == "yes_no" else kind.values
        usual = BENIGN.get(name, values[0])
        found[name] = rng.choice(values) if rng and (name not in BENIGN or rng.random() < 0.12) else usual
    return found


def random_goal(rng: Random, shop: str | None = None, issue: str | None = None) -> Goal:
    """A case drawn at random: mostly plausible, not always."""
    shop = shop or rng.choice(SHOPS)
    issue = issue or rng.choice([one for one in ISSUES if one != "other"])
    usual = USUAL_ORDERS.get(issue, ("100001",))
    order = rng.choice(usual if rng.random() < 0.7 else ORDERS)
    skus = rng.sample(sorted(LINES), rng.choice((1, 1, 1, 2, 3)))
    affected = None if issue in WHOLE else {sku: rng.randint(1, LINES[sku][1]) for sku in sorted(skus)}
    if issue == "missing_item" and affected is None:
        affected = {"A1": 1}
    how = ("send", "send", "send", "send", "later", "unavailable", "refuse")
    wanted = ["order", "email"] + ([] if affected is None else ["items"])
    topics = ("issue", "order_number", "email", "items", "quantity", "fact", "evidence", "remedy", "confirm")
    return Goal(
        shop=shop,
        issue=issue,
        order=order,
        affected=affected,
        facts=truths(rng),
        evidence=tuple(rng.choice(how) for _ in range(5)) if rng.random() < 0.4 else ("send",),
        remedies=tuple(rng.sample(USUAL_REMEDIES, len(USUAL_REMEDIES))),
        volunteered=frozenset(one for one in wanted if rng.random() < 0.3),
        typing=rng.choice((0.0, 0.5, 0.8, 1.0)),
        asides={topic: rng.choice(ASIDES) for topic in topics if rng.random() < 0.12},
        slips=frozenset(one for one in ("order_number", "items") if rng.random() < 0.05),
        hello=rng.random() < 0.15,
    )
