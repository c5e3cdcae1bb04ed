"""The demo shops' orders, their times relative to now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from redress.store.orders import ShopOrders

EMAIL = "buyer@example.com"
PREFIXES = {
    "parcel-up": "PU",
    "ali-shipping": "AS",
    "platform-15": "PF",
    "1688order": "OR",
    "genuine-goods": "GG",
}
AMOUNTS = {
    "total_paid": "350.00",
    "first_payment": "330.00",
    "commission": "16.50",
    "delivery": "20.00",
    "return_shipping": "12.00",
    "seller_shipping_out": "8.00",
    "seller_shipping_back": "9.50",
    "dispute_costs": "0.00",
}
ITEMS = (
    ("A1", "Canvas bag", 3, "90.00", "4.50"),
    ("B2", "Running shoes 42", 1, "210.00", "10.50"),
    ("C3", "Phone case", 2, "30.00", "1.50"),
)
ZONE = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# how long each step of an order takes, from the step before
STEPS = (
    ("paid_at", timedelta()),
    ("purchased_at", DAY),
    ("in_stock_at", 2 * DAY),
    ("shipped_at", 2 * DAY),
    ("delivered_at", 9 * DAY),
    ("completed_at", DAY),
)


@dataclass(frozen=True)
class DemoOrder:
    """One of a shop's orders: the end of its number, the last step it has reached and how long ago, its tracking."""

    number: str
    reached: str
    ago: timedelta
    tracking: str


ORDERS = (
    DemoOrder("100001", "delivered_at", 20 * HOUR, "delivered"),
    DemoOrder("100002", "completed_at", 29 * DAY, "delivered"),
    DemoOrder("100003", "shipped_at", 10 * DAY, "in_transit"),
    DemoOrder("100004", "shipped_at", 50 * DAY, "in_transit"),
    DemoOrder("100005", "in_stock_at", 2 * DAY, "unknown"),
    DemoOrder("100006", "paid_at", HOUR, "unknown"),
    DemoOrder("100007", "delivered_at", 20 * HOUR, "in_transit"),  # in two parcels, the other one still on its way
    DemoOrder("100008", "completed_at", 100 * DAY, "delivered"),
)


def demo_orders(now: datetime) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(shop, order in the contract's JSON, tracking status) of every demo order as it stands now."""
    for shop, prefix in PREFIXES.items():
        for demo in ORDERS:
            order = {
                "number": prefix + demo.number,
                "currency": "CNY",
                **timestamps(demo, now),
                "shipping_method": "ems",
                "monthly_skus": 12,
                "amounts": AMOUNTS,
                "items": [
                    {"sku": sku, "title": title, "quantity": units, "paid": paid, "commission": commission,
                     "factory_special": False, "seller_rating": "normal", "ordered_on_platform": True}
                    for sku, title, units, paid, commission in ITEMS
                ],
            }  # fmt: skip
            yield shop, order, demo.tracking


def timestamps(demo: DemoOrder, now: datetime) -> dict[str, str]:
    """The order's instants, ISO 8601 in China's zone, reckoned back from the step it has reached."""
    names = [name for name, _ in STEPS]
    at = (now - demo.ago).astimezone(ZONE).replace(microsecond=0)
    instants = {}
    for name, after in reversed(STEPS[: names.index(demo.reached) + 1]):
        instants[name] = at.isoformat()
        at -= after
    return dict(reversed(instants.items()))


def seed(orders: ShopOrders, now: datetime) -> int:
    """Put every demo order in place of the one with its number; how many there are."""
    demo = list(demo_orders(now))
    for shop, order, tracking in demo:
        orders.put(shop, EMAIL, order, tracking)
    return len(demo)
