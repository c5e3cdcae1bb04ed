"""Where a shop's orders come from."""

from redress.claims.ports import FoundOrder
from redress.store.orders import ShopOrders


class StoredOrders:
    """Orders of shops that keep them in our own database, as the demo shops do."""

    def __init__(self, orders: ShopOrders) -> None:
        self._orders = orders

    def find(self, shop: str, number: str, email: str) -> FoundOrder | None:
        """The order with that number whose e-mail address is that one, letter case aside; None otherwise."""
        return self._orders.find(shop, number.upper(), email)
