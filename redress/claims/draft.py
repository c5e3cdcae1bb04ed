"""The draft claim of an open conversation: what the buyer has told so far, before anything is sent."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

JSON = dict[str, Any]


DESCRIBED = ("other",)  # the candidates of a problem that the buyer is asked to describe


@dataclass(frozen=True)
class Draft:
    """A claim in the making. Immutable: every answer makes a new one.

    - `order`: the shop's order in the assessment contract's JSON, present once the buyer has proved it is theirs;
      `tracking`: its tracking status.
    - `affected`: units by SKU, None where a unit count is still to be asked; the whole is None until items are known.
    - `poor`: kinds of which a photo came that is too small, dark or blurred, each with that photo's id: a better one
      has been asked for, and will not be again.
    - `skipped`: evidence requirements that the buyer cannot bring (`unavailable`), refuses (`refused`) or will send
      later (`later`); questions of fact answered by "I don't know" (`unknown`).
    - `reported_at`: ISO 8601, set by the message that first named the problem.
    - `told`: that message and others before identification, to be read once the items are known.
    - `volunteered`: facts that those messages tell by their meaning, to be taken where one is asked for.
    - `queue`: further problems for after this one, each with `issue`, `reported_at`, `text`.
    - `candidates`: the problems between which the buyer's words left the choice, until it is made; `other` alone: the
      buyer says in words what none of the others is.
    - `doubted`: a no to "shall I send it" has not been followed by a change or by the claim as it stands once more.
    - `misses`: messages in a row that were not understood.
    - `errand`: what the buyer wants of an existing `ticket` instead of a claim.
    - `last_order`: the number of the order that this conversation spoke of before, to be offered, never taken unasked.
    - `parked`: the draft that this one interrupted.
    - `resumable`: an unfinished draft of the same order, or the one just given up, until it is said whether to go on.
    """

    id: str
    issue: str | None = None
    reported_at: str | None = None
    order_number: str | None = None
    email: str | None = None
    order: JSON | None = None
    tracking: str = "unknown"
    affected: Mapping[str, int | None] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    poor: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    skipped: Mapping[str, str] = field(default_factory=dict)
    remedy: str | None = None
    appeal: bool = False
    appeal_reason: str | None = None
    told: tuple[str, ...] = ()
    volunteered: Mapping[str, bool] = field(default_factory=dict)
    queue: tuple[JSON, ...] = ()
    candidates: tuple[str, ...] = ()
    doubted: bool = False
    misses: int = 0
    errand: str | None = None
    ticket: str | None = None
    last_order: str | None = None
    parked: JSON | None = None
    resumable: JSON | None = None

    def to_json(self) -> JSON:
        """Plain JSON, as stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: JSON) -> "Draft":
        """The draft that `to_json` wrote."""
        return cls(
            **{
                **data,
                "evidence": tuple(data.get("evidence", ())),
                "candidates": tuple(data.get("candidates", ())),
                "told": tuple(data.get("told", ())),
                "queue": tuple(data.get("queue", ())),
            }
        )

    def with_fact(self, name: str, value: Any) -> "Draft":
        """The draft with one fact known; None makes it unknown again."""
        facts = {key: known for key, known in self.facts.items() if key != name}
        return replace(self, facts=facts if value is None else {**facts, name: value})

    def with_evidence(self, kind: str, text: str | None = None) -> "Draft":
        """The draft with a piece of evidence at hand: an upload's kind, or a text that is evidence itself."""
        kinds = self.evidence if kind in self.evidence else (*self.evidence, kind)
        texts = self.texts if text is None else {**self.texts, kind: text}
        return replace(self, evidence=kinds, texts=texts)

    def poor_of(self, requirement: str) -> str | None:
        """The kind, of a requirement's alternatives, of which a poor photo came while a better one was waited for."""
        return next((kind for kind in requirement.split("|") if kind in self.poor), None)

    def claim(self, shop: str) -> JSON:
        """The claim in the contract's JSON (`redress assess` reads the same); the order must be known."""
        assert self.order is not None
        claim: JSON = {
            "shop": shop,
            "issue": self.issue,
            "reported_at": self.reported_at,
            "order": self.order,
            "tracking": {"status": self.tracking},
            "facts": dict(self.facts),
            "evidence": sorted(self.evidence),
        }
        if self.affected is not None:
            ordered = {item["sku"]: item["quantity"] for item in self.order["items"]}
            claim["affected"] = [
                {"sku": sku, "quantity": ordered[sku] if quantity is None else quantity}
                for sku, quantity in self.affected.items()
            ]
        return claim
