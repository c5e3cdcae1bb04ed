"""What a shop's policy says of a claim. Pure: no database, no network, no clock; imports nothing else of ours."""

from redress.policy.assess import assess
from redress.policy.assessment import Assessment, Deduction, Reason, Remedy
from redress.policy.claim import Affected, Claim, Item, Order
from redress.policy.errors import ClaimError, PackError
from redress.policy.load import Packs, load_pack, load_packs
from redress.policy.needs import Needs, needs
from redress.policy.pack import Answer, EvidenceKind, FactQuestion, Pack, PackVersion
from redress.policy.parse import parse_claim
from redress.policy.parts import Clause

__all__ = [
    "Affected",
    "Answer",
    "Assessment",
    "Claim",
    "ClaimError",
    "Clause",
    "Deduction",
    "EvidenceKind",
    "FactQuestion",
    "Item",
    "Needs",
    "Order",
    "Pack",
    "PackError",
    "PackVersion",
    "Packs",
    "Reason",
    "Remedy",
    "assess",
    "load_pack",
    "load_packs",
    "needs",
    "parse_claim",
]
