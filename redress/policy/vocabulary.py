"""The words that every pack, claim and assessment share. A pack may add facts and evidence kinds, never other words."""

from dataclasses import dataclass
from typing import Literal, get_args

Issue = Literal[
    "missing_item",
    "wrong_quantity",
    "wrong_item",
    "wrong_size",
    "wrong_color",
    "wrong_configuration",
    "wrong_parcel",
    "damaged",
    "defective",
    "not_as_described",
    "counterfeit",
    "non_delivery",
    "late_delivery",
    "returned_to_sender",
    "weight_mismatch",
    "cancellation",
    "change_of_mind",
    "return_logistics",
    "not_overseas_direct",
    "other",
]
# In the order of an order's life: the stage is the furthest whose timestamp is set.
Stage = Literal["paid", "purchased", "in_stock", "shipped", "delivered", "completed"]
Instant = Literal["paid_at", "purchased_at", "in_stock_at", "shipped_at", "delivered_at", "completed_at"]
Outcome = Literal["qualifies", "awaiting_evidence", "too_early", "declined", "referred"]
DeclineCode = Literal[
    "window_passed",
    "not_yet_late",
    "returns_not_accepted",
    "expectations_excluded",
    "delivery_delay_excluded",
    "used_after_receipt",
    "low_rated_seller",
    "evidence_refused",
    "tracking_shows_delivered",
    "seal_or_label_broken",
    "already_shipped",
    "not_intercepted",
    "seller_refused",
    "reason_required",
    "force_majeure",
    "altered_or_incomplete",
    "opened_media",
    "no_receipt",
    "non_quality_issue",
]
EarlyCode = Literal["not_yet_late", "split_packages_pending"]
ReferralCode = Literal[
    "no_rule",
    "carrier_investigation",
    "carrier_rules",
    "seller_agreement_needed",
    "merchant_agreement_needed",
    "interception_pending",
    "warranty_agency",
    "platform_discretion",
]
Note = Literal["late_penalty_fee"]
RemedyKind = Literal[
    "refund", "partial_refund", "replacement", "reship", "compensation", "carrier_compensation", "commission_refund"
]
Payer = Literal["buyer", "seller", "platform"]
Tracking = Literal["in_transit", "delivered", "lost", "failed", "returned", "unknown"]
Rating = Literal["normal", "low"]
AmountName = Literal[
    "total_paid",
    "first_payment",
    "commission",
    "delivery",
    "return_shipping",
    "seller_shipping_out",
    "seller_shipping_back",
    "dispute_costs",
]
FactKind = Literal["yes_no", "choice", "date", "text"]
EvidenceInput = Literal["upload", "text"]
Language = Literal["en", "zh-CN", "es", "ru"]

ISSUES: tuple[str, ...] = get_args(Issue)
STAGES: tuple[str, ...] = get_args(Stage)
INSTANTS: tuple[str, ...] = get_args(Instant)
OUTCOMES: tuple[str, ...] = get_args(Outcome)
TRACKING: tuple[str, ...] = get_args(Tracking)
RATINGS: tuple[str, ...] = get_args(Rating)
AMOUNTS: tuple[str, ...] = get_args(AmountName)
LANGUAGES: tuple[str, ...] = get_args(Language)

EVIDENCE: tuple[str, ...] = (
    "description",
    "photo_item",
    "photo_package",
    "photo_damage",
    "photo_size_label",
    "photo_delivery_slip",
    "photo_package_opening",
    "photo_package_weight",
    "photo_unopened_package_weight",
    "photo_package_contents",
    "received_item_id",
    "order_screenshot",
    "listing_proof",
    "right_owner_certificate",
    "authority_ruling",
    "logistics_cover_sheet",
    "logistics_records",
    "post_office_report",
    "invoice",
    "purchase_receipt",
    "quality_card",
    "carrier_loss_confirmation",
)


@dataclass(frozen=True, slots=True)
class FactType:
    """What a fact may be: yes or no (a boolean), one of `values`, a date (ISO 8601) or a text."""

    kind: FactKind
    values: tuple[str, ...] = ()


_YES_NO = FactType("yes_no")
FACTS: dict[str, FactType] = {
    "reason": FactType("text"),
    "signed_in_presence": _YES_NO,
    "all_packages_delivered": _YES_NO,
    "opened": _YES_NO,
    "used": _YES_NO,
    "altered": _YES_NO,
    "missing_parts": _YES_NO,
    "has_receipt": _YES_NO,
    "has_quality_card": _YES_NO,
    "within_warranty": _YES_NO,
    "original_label_intact": _YES_NO,
    "will_return_new_with_labels": _YES_NO,
    "intercepted": _YES_NO,
    "sellers_agree": _YES_NO,
    "carrier_confirms_lost": _YES_NO,
    "return_received": _YES_NO,
    "force_majeure": _YES_NO,
    "evidence_refused": _YES_NO,
    "product_kind": FactType("choice", ("general", "media")),
    "return_cause": FactType(
        "choice", ("security_check", "no_one_to_sign", "inaccurate_address", "failure_to_deliver")
    ),
    "return_leg": FactType("choice", ("international", "domestic")),
    "region": FactType("choice", ("mainland_china", "hong_kong", "taiwan")),
}
# A reviewer or a connector knows these, or an explicit refusal says so: the buyer is never asked.
NEVER_ASKED = frozenset(
    {
        "sellers_agree",
        "intercepted",
        "carrier_confirms_lost",
        "return_received",
        "force_majeure",
        "evidence_refused",
    }
)
