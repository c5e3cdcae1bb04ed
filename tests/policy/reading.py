"""The specification of the five policies read a second time, in plain Python that shares nothing with the product.

The packs are compared with it on random claims (`test_reading`): a slip in either shows as a difference.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

CHINA = timezone(timedelta(hours=8))
STAGES = ["paid", "purchased", "in_stock", "shipped", "delivered", "completed"]
WRONG = ["wrong_item", "wrong_size", "wrong_color", "wrong_configuration", "wrong_quantity", "wrong_parcel"]
# Weekdays off by the State Council's notices, for the months in which the random claims are reported.
DAYS_OFF = {
    date(2026, 1, 1), date(2026, 1, 2), date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 18), date(2026, 2, 19),
    date(2026, 2, 20), date(2026, 2, 23), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5),
    date(2026, 6, 19), date(2026, 9, 25), date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 5), date(2026, 10, 6),
    date(2026, 10, 7), date(2025, 10, 1), date(2025, 10, 2), date(2025, 10, 3), date(2025, 10, 6), date(2025, 10, 7),
    date(2025, 10, 8),
}  # fmt: skip


class Reading:
    """One claim (the contract's JSON), read. `result()` is the assessment's JSON, reasons as codes, lists sorted."""

    def __init__(self, claim: dict[str, Any]) -> None:
        self.claim = claim
        self.order = claim["order"]
        self.issue = claim["issue"]
        self.reported = datetime.fromisoformat(claim["reported_at"])
        self.facts = {k: v for k, v in (claim.get("facts") or {}).items() if v is not None and v != ""}
        self.evidence = set(claim.get("evidence") or [])
        self.tracking = (claim.get("tracking") or {}).get("status") or "unknown"
        self.amounts = {k: Fraction(v) for k, v in (self.order.get("amounts") or {}).items() if v is not None}
        self.at = {s: datetime.fromisoformat(v) for s in STAGES if (v := self.order.get(f"{s}_at"))}
        self.stage = max(self.at, key=STAGES.index, default="paid")
        lines = {item["sku"]: item for item in self.order["items"]}
        affected = claim.get("affected") or [{"sku": k, "quantity": i["quantity"]} for k, i in lines.items()]
        self.units = [(lines[a["sku"]], a["quantity"]) for a in affected]
        self.paid = sum(Fraction(i["paid"]) * q / i["quantity"] for i, q in self.units)
        self.declined: list[str] = []
        self.early: list[str] = []
        self.referred: list[str] = []
        self.missing: list[str] = []
        self.notes: list[str] = []
        self.remedies: list[dict[str, Any]] = []
        self.deadline: datetime | None = None
        self.eligible: datetime | None = None
        self.review: datetime | None = None
        self.payout: datetime | None = None
        {"parcel-up": self.parcel_up, "ali-shipping": self.ali, "platform-15": self.platform,
         "1688order": self.order1688, "genuine-goods": self.genuine}[claim["shop"]]()  # fmt: skip

    def days(self, start: datetime, n: int) -> datetime:
        day = start.astimezone(CHINA).date() + timedelta(days=n)
        return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=CHINA)

    def is_(self, fact: str, value: object) -> bool:
        return fact in self.facts and self.facts[fact] == value

    @property
    def late(self) -> bool:
        return self.deadline is not None and self.reported > self.deadline

    @property
    def arrived(self) -> bool:
        return self.stage in ("delivered", "completed")

    def asks(self, *kinds: str) -> None:
        self.missing = [k for k in kinds if not self.evidence & set(k.split("|"))]

    def offer(
        self, kind: str, gross: Fraction | None = None, deductions: list[Any] | None = None, **more: object
    ) -> None:
        taken: list[Any] = [(label, None if a is None else cents(a)) for label, a in (deductions or [])]
        total = None if gross is None else cents(gross)
        net = None if total is None or any(a is None for _, a in taken) else max(0, total - sum(a for _, a in taken))
        base: dict[str, Any] = {"return_paid_by": None, "shipping_paid_by": None, "by": None, "needs": []}
        shown = [{"label": label, "amount": money(a)} for label, a in taken]
        self.remedies.append(
            {"kind": kind, "gross": money(total), "deductions": shown, "net": money(net)} | base | more
        )

    def within(self, stage: str, n: int) -> None:
        self.deadline = self.days(self.at[stage], n) if stage in self.at else None
        if self.late:
            self.declined.append("window_passed")

    def parcel_up(self) -> None:
        if self.issue == "cancellation":
            first = self.amounts.get("first_payment")
            whole = sum(Fraction(i["paid"]) for i in self.order["items"])
            full = self.claim.get("affected") is None or (
                len(self.units) == len(self.order["items"]) and all(q == i["quantity"] for i, q in self.units)
            )
            share = Fraction(1) if full else self.paid / whole if whole else None
            part = None if first is None or share is None else first * share
            if self.stage == "paid":
                self.offer("refund", part)
                self.payout = self.days(self.reported, 3)
            elif self.stage in ("purchased", "in_stock"):
                if "reason" not in self.facts:
                    self.declined.append("reason_required")
                if self.is_("sellers_agree", False):
                    self.declined.append("seller_refused")
                elif "sellers_agree" not in self.facts:
                    self.referred.append("seller_agreement_needed")
                commission = self.amounts.get("commission")
                taken = [("commission", None if commission is None or share is None else commission * share)]
                taken += [("service_fee", Fraction(35)), ("return_shipping", self.amounts.get("return_shipping"))]
                self.offer("refund", part, taken)
            else:
                self.declined.append("already_shipped")
        elif self.issue == "non_delivery":
            days = {"ems": 45, "air_mail": 60}.get(self.order.get("shipping_method"))
            if days:
                self.within("shipped", days)
            if not self.is_("carrier_confirms_lost", True) and self.tracking != "lost":
                self.referred.append("carrier_investigation")
            self.offer("refund")
        elif self.issue in ("damaged", "defective", "missing_item", "not_as_described", *WRONG[:-1]):
            self.within("delivered", 7)
            described = self.issue == "not_as_described"
            self.asks("photo_item", "listing_proof" if described else "photo_package")
            low = any(i.get("seller_rating") == "low" for i, _ in self.units)
            if self.is_("evidence_refused", True):
                self.declined.append("evidence_refused")
            if self.arrived and self.issue == "defective" and self.is_("used", True):
                self.declined.append("used_after_receipt")
            if self.arrived and self.issue in ("defective", "not_as_described") and low:
                self.declined.append("low_rated_seller")
            if self.issue in ("wrong_size", "wrong_color", "wrong_configuration"):
                if not self.is_("will_return_new_with_labels", False):
                    self.offer("refund", self.paid, return_paid_by="buyer")
                if not self.is_("will_return_new_with_labels", True):
                    known = all(i.get("commission") is not None for i, _ in self.units)
                    back = [Fraction(i["commission"]) * q / i["quantity"] for i, q in self.units] if known else []
                    self.offer("commission_refund", sum(back) if known else None)
            else:
                self.offer("refund", self.paid)
            if not described:
                self.offer("replacement")
                self.review = self.days(self.reported, 14)
        elif self.issue == "change_of_mind":
            self.declined.append("expectations_excluded")
        elif self.issue == "late_delivery":
            self.declined.append("delivery_delay_excluded")
        else:
            self.referred.append("no_rule")

    def ali(self) -> None:
        total = self.amounts.get("total_paid")
        limit = self.days(self.at["shipped"], 20) if "shipped" in self.at else None
        back = self.tracking == "returned" or self.is_("return_received", True)
        if self.issue == "change_of_mind":
            self.declined.append("returns_not_accepted")
        elif self.issue == "returned_to_sender":
            if self.is_("opened", True) or self.is_("original_label_intact", False):
                self.declined.append("seal_or_label_broken")
            if not back:
                self.referred.append("carrier_investigation")
            self.offer("refund", total)
        elif self.issue in ("damaged", "defective") or (self.issue in WRONG and self.issue != "wrong_quantity"):
            self.asks("photo_item")
            self.offer("refund", self.paid)
        elif self.issue == "non_delivery":
            if self.tracking == "delivered":
                self.declined.append("tracking_shows_delivered")
            elif self.tracking not in ("lost", "failed", "returned") and not (limit and self.reported > limit):
                self.too_early("not_yet_late", limit)
            self.offer("refund", total)
        elif self.issue == "late_delivery":
            if "delivered" in self.at:
                if limit is None or self.at["delivered"] <= limit:
                    self.declined.append("not_yet_late")
            elif limit is None or self.reported <= limit:
                self.too_early("not_yet_late", limit)
            self.offer("refund", total)
        elif self.issue in ("missing_item", "wrong_quantity"):
            here = self.facts.get("all_packages_delivered")
            if self.issue == "missing_item" and (here is False or (here is None and self.tracking != "delivered")):
                self.too_early("split_packages_pending", None)
            self.asks("photo_item")
            self.offer("partial_refund", self.paid)
            self.offer("reship", shipping_paid_by="seller")
        elif self.issue == "cancellation":
            stopped = self.stage in ("paid", "purchased") or self.is_("intercepted", True)
            if not back and not stopped:
                known = self.is_("intercepted", False)
                (self.declined if known else self.referred).append(
                    "not_intercepted" if known else "interception_pending"
                )
            self.offer("refund", total)
        else:
            self.referred.append("no_rule")

    def too_early(self, code: str, limit: datetime | None) -> None:
        self.early.append(code)
        self.eligible = limit + timedelta(seconds=1) if limit else None

    def platform(self) -> None:
        if self.is_("force_majeure", True):
            self.declined.append("force_majeure")
        if self.issue in ("damaged", "defective", "not_as_described", "missing_item", *WRONG):
            special = any(i.get("factory_special") for i, _ in self.units)
            self.within("delivered", 7 if special else 15)
            short = ["photo_package_weight"] if self.issue in ("missing_item", "wrong_quantity") else []
            self.asks("order_screenshot", "photo_item", "photo_package", "description", *short)
            self.offer("replacement", return_paid_by="platform")
            self.offer("refund", self.paid, return_paid_by="platform")
        elif self.issue == "change_of_mind":
            self.declined.append("returns_not_accepted")
        else:
            self.referred.append("carrier_rules" if self.issue == "return_logistics" else "platform_discretion")
        if self.issue != "return_logistics":
            day, left = self.reported.astimezone(CHINA).date(), 3
            while left:
                day += timedelta(days=1)
                left -= day.weekday() < 5 and day not in DAYS_OFF
            self.review = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=CHINA)

    def order1688(self) -> None:
        quality = ["damaged", "defective", "missing_item", *WRONG]
        abroad = self.stage in ("shipped", "delivered", "completed")
        if self.issue == "returned_to_sender":
            leg = self.facts.get("return_leg")
            if leg is None:
                self.referred.append("carrier_investigation")
            self.offer("reship", shipping_paid_by="seller" if leg == "domestic" else "buyer")
        elif not abroad and self.issue in ("cancellation", "change_of_mind", *quality):
            self.warehouse(self.issue in quality)
        elif abroad and self.issue in ("not_as_described", "weight_mismatch", *quality):
            self.opened_abroad()
        elif abroad and self.issue in ("change_of_mind", "cancellation"):
            self.declined.append("non_quality_issue" if self.issue == "change_of_mind" else "already_shipped")
        else:
            self.referred.append("no_rule")

    def warehouse(self, quality: bool) -> None:
        if "in_stock" in self.at:
            local = self.at["in_stock"].astimezone(UTC)
            hour = local.replace(minute=0, second=0, microsecond=0)
            self.deadline = (hour if hour == local else hour + timedelta(hours=1)) + timedelta(hours=120)
        if self.late and quality:
            self.notes.append("late_penalty_fee")
        elif self.late:
            self.declined.append("window_passed")
        skus = self.order.get("monthly_skus") or 0
        tier = next((n for n, top in enumerate((15, 25, 50)) if skus <= top), 3)
        ours = [i.get("ordered_on_platform") is not False for i, _ in self.units]
        ways = [(w, self.amounts.get(w, Fraction(0))) for w in ("seller_shipping_out", "seller_shipping_back")]
        back = sum((0, 5, 10, 20)[tier] if on else 20 for on in ours)
        swap = (5, 10, 20, 40)[tier] * len(ours)
        self.offer("refund", self.paid, [*ways, ("service_fee", Fraction(back))])
        self.offer("replacement", None, [*ways, ("service_fee", Fraction(swap))])

    def opened_abroad(self) -> None:
        if "delivered" in self.at:
            self.deadline = self.at["delivered"] + timedelta(hours=72)
        self.asks(*{
            "damaged": ["photo_damage", "photo_package"],
            "defective": ["description", "photo_item", "photo_package"],
            "missing_item": ["photo_delivery_slip", "photo_package_opening", "photo_package_weight"],
            "wrong_quantity": ["photo_delivery_slip", "photo_package_opening", "photo_package_weight"],
            "wrong_size": ["photo_size_label"],
            "wrong_parcel": ["photo_delivery_slip", "photo_package_contents", "received_item_id"],
            "weight_mismatch": ["photo_unopened_package_weight"],
        }.get(self.issue, ["photo_item"]))  # fmt: skip
        if self.late:
            papers = all(self.is_(f, True) for f in ("within_warranty", "has_receipt", "has_quality_card"))
            if self.issue == "defective" and papers:
                self.referred.append("warranty_agency")
                self.missing = []
            else:
                self.declined.append("window_passed")
        if self.arrived:
            if self.is_("altered", True) or self.is_("missing_parts", True):
                self.declined.append("altered_or_incomplete")
            if self.is_("product_kind", "media") and self.is_("opened", True):
                self.declined.append("opened_media")
            if self.is_("has_receipt", False):
                self.declined.append("no_receipt")
        self.offer("refund", self.paid)
        self.offer("replacement")
        if (
            self.issue in ("damaged", "missing_item")
            and self.is_("signed_in_presence", False)
            and "delivered" in self.at
        ):
            by = self.days(self.at["delivered"], 2)
            if self.reported <= by:
                self.offer("carrier_compensation", by=by, needs=["invoice", "photo_item", "post_office_report"])

    def genuine(self) -> None:
        extra = {k: self.amounts.get(k, Fraction(0)) for k in ("delivery", "dispute_costs", "return_shipping")}
        if self.issue == "counterfeit":
            self.within("completed", 90)
            self.asks("right_owner_certificate|authority_ruling")
            self.offer("refund", self.paid + extra["delivery"])
            self.offer("compensation", 4 * self.paid)
        elif self.issue == "not_overseas_direct":
            self.asks("logistics_cover_sheet|logistics_records")
            self.offer("refund", self.paid + sum(extra.values()))
            self.offer("compensation", self.paid)
        elif self.issue in ("change_of_mind", "damaged", "defective", "not_as_described", *WRONG):
            self.referred.append("merchant_agreement_needed")
        else:
            self.referred.append("no_rule")

    def result(self) -> dict[str, Any]:
        outcome, reasons = next(
            (name, list(found))
            for name, found in [
                ("declined", self.declined), ("too_early", self.early), ("awaiting_evidence", self.missing),
                ("referred", self.referred), ("qualifies", ["-"]),
            ] if found
        )  # fmt: skip
        going = outcome in ("qualifies", "awaiting_evidence")
        return {
            "outcome": outcome,
            "deadline": self.deadline,
            "in_time": not self.late,
            "eligible_from": self.eligible if outcome == "too_early" else None,
            "missing_evidence": sorted(self.missing) if outcome == "awaiting_evidence" else [],
            "remedies": sorted(self.remedies, key=str) if going else [],
            "reasons": [] if going else sorted(reasons),
            "notes": self.notes if going else [],
            "review_due": self.review if going or outcome == "referred" else None,
            "payout_due": self.payout if outcome == "qualifies" else None,
        }


def cents(amount: Fraction) -> int:
    """Half-even to whole cents."""
    floor, rest = divmod(amount * 100, 1)
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and floor % 2)
    return int(floor) + bool(up)


def money(amount: int | None) -> str | None:
    return None if amount is None else f"{amount // 100}.{amount % 100:02d}"
