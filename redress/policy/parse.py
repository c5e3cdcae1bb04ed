"""Reading a claim from the contract's JSON: anything that is not exactly a claim is refused, naming the field."""

from collections.abc import Mapping
from typing import Any

from redress.policy import fields
from redress.policy.claim import Affected, Claim, Item, Order
from redress.policy.errors import ClaimError
from redress.policy.pack import Pack
from redress.policy.vocabulary import AMOUNTS, INSTANTS, ISSUES, RATINGS, TRACKING, FactType

# The keys that may stand in each object; dicts, since they are looked up often and listed in this order.
_CLAIM = dict.fromkeys(("shop", "issue", "reported_at", "order", "tracking", "affected", "facts", "evidence"))
_ORDER = dict.fromkeys(("number", "currency", "items", *INSTANTS, "shipping_method", "monthly_skus", "amounts"))
_FLAGS = ("factory_special", "ordered_on_platform")
_ITEM = dict.fromkeys(("sku", "title", "quantity", "paid", "commission", "seller_rating", *_FLAGS))
_AMOUNTS = dict.fromkeys(AMOUNTS)
_UNIT = dict.fromkeys(("sku", "quantity"))
_TRACKING = dict.fromkeys(("status",))


def parse_claim(data: Any, packs: Mapping[str, Pack]) -> Claim:
    """A claim from the contract's JSON (amounts as strings or numbers), for one of `packs` (by shop id).

    Raises ClaimError with the field and what is allowed there. Null is the same as absent, where absence is allowed.
    """
    claim = fields.mapping(data, "claim", _CLAIM, required=("shop", "issue", "reported_at", "order"), prefix="")
    pack = packs[fields.word(claim["shop"], "shop", tuple(packs))]
    order = _order(claim["order"], pack)
    tracking = fields.mapping(fields.given(claim, "tracking", {}), "tracking", _TRACKING)
    return Claim(
        shop=pack.shop,
        issue=fields.word(claim["issue"], "issue", ISSUES),
        reported_at=fields.instant(claim["reported_at"], "reported_at"),
        order=order,
        affected=_affected(claim.get("affected"), order),
        tracking=fields.word(fields.given(tracking, "status", "unknown"), "tracking.status", TRACKING),
        facts=_facts(claim.get("facts"), pack.fact_types),
        evidence=_evidence(claim.get("evidence"), pack.evidence_kinds),
    )


def _order(data: Any, pack: Pack) -> Order:
    order = fields.mapping(data, "order", _ORDER, required=("number", "currency", "items"))
    instants = {name: fields.instant(order[name], f"order.{name}") for name in INSTANTS if order.get(name) is not None}
    amounts = fields.mapping(fields.given(order, "amounts", {}), "order.amounts", _AMOUNTS)
    return Order(
        number=fields.text(order["number"], "order.number"),
        currency=fields.currency(order["currency"], pack.currency),
        items=_items(order["items"]),
        shipping_method=fields.optional(order, "shipping_method", "order.", fields.text),
        monthly_skus=fields.optional(order, "monthly_skus", "order.", fields.count),
        amounts={name: fields.amount(one, f"order.amounts.{name}") for name, one in amounts.items() if one is not None},
        **instants,
    )


def _items(data: Any) -> tuple[Item, ...]:
    items = tuple(_item(one, f"order.items[{index}]") for index, one in enumerate(fields.entries(data, "order.items")))
    fields.refuse_twice([item.sku for item in items], "order.items")
    return items


def _item(data: Any, field: str) -> Item:
    item = fields.mapping(data, field, _ITEM, required=("sku", "quantity", "paid"))
    flags = {name: fields.flag(item[name], f"{field}.{name}") for name in _FLAGS if item.get(name) is not None}
    return Item(
        sku=fields.text(item["sku"], f"{field}.sku"),
        quantity=fields.count(item["quantity"], f"{field}.quantity", least=1),
        paid=fields.amount(item["paid"], f"{field}.paid"),
        title=fields.optional(item, "title", f"{field}.", fields.any_text),
        commission=fields.optional(item, "commission", f"{field}.", fields.amount),
        seller_rating=fields.word(fields.given(item, "seller_rating", "normal"), f"{field}.seller_rating", RATINGS),
        **flags,
    )


def _affected(data: Any, order: Order) -> tuple[Affected, ...] | None:
    if data is None:
        return None
    ordered = {item.sku: item.quantity for item in order.items}
    affected = []
    for index, one in enumerate(fields.entries(data, "affected")):
        field = f"affected[{index}]"
        unit = fields.mapping(one, field, _UNIT, required=("sku", "quantity"))
        sku = fields.word(unit["sku"], f"{field}.sku", tuple(ordered))
        affected.append(Affected(sku, fields.count(unit["quantity"], f"{field}.quantity", least=1, most=ordered[sku])))
    fields.refuse_twice([one.sku for one in affected], "affected")
    return tuple(affected)


def _facts(data: Any, types: Mapping[str, FactType]) -> dict[str, bool | str]:
    facts = fields.mapping({} if data is None else data, "facts", types)
    return {name: _fact(value, f"facts.{name}", types[name]) for name, value in facts.items() if value is not None}


def _fact(value: Any, field: str, wanted: FactType) -> bool | str:
    if wanted.kind == "yes_no":
        return fields.flag(value, field)
    if wanted.kind == "choice":
        return fields.word(value, field, wanted.values)
    return fields.day(value, field) if wanted.kind == "date" else fields.any_text(value, field)


def _evidence(data: Any, kinds: tuple[str, ...]) -> frozenset[str]:
    if data is None:
        return frozenset()
    if not isinstance(data, list):
        raise ClaimError("must be a list of evidence kinds", field="evidence", allowed=kinds)
    return frozenset(fields.word(one, f"evidence[{index}]", kinds) for index, one in enumerate(data))
