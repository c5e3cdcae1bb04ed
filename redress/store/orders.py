"""Orders of shops that keep them here, as the demo shops do."""

from sqlalchemy import select

from redress.claims.draft import JSON
from redress.claims.ports import FoundOrder
from redress.store.database import Database
from redress.store.tables import ShopOrderRow


class ShopOrders:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, shop: str, number: str, email: str) -> FoundOrder | None:
        """The shop's order with that number and e-mail address (letter case aside), or None."""
        with self._database.read() as session:
            row = session.get(ShopOrderRow, (shop, number))
            if row is None or row.email.casefold() != email.casefold():
                return None
            return FoundOrder(row.order, row.tracking)

    def of(self, shop: str, email: str) -> list[JSON]:
        """The shop's orders with that e-mail address (letter case aside), by number."""
        with self._database.read() as session:
            rows = session.scalars(select(ShopOrderRow).where(ShopOrderRow.shop == shop).order_by(ShopOrderRow.number))
            return [row.order for row in rows if row.email.casefold() == email.casefold()]

    def put(self, shop: str, email: str, order: JSON, tracking: str) -> None:
        """Keep an order, in place of the one with its number."""
        with self._database.write() as session:
            session.merge(ShopOrderRow(shop=shop, number=order["number"], email=email, order=order, tracking=tracking))
