"""The figures: counted by hand on a small desk, the same by SQL; pictures that need no colour; CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from redress.bootstrap import Parts
from redress.store.console_tables import FiguresRow
from redress.store.figures import STALE_AFTER, Figures
from redress.web.console.charts import bars, columns
from redress.web.console.insights import Scope, headlines, narrow, pictures, since
from tests.console.people import Person
from tests.console.test_queue import server
from tests.ticketing import PACKS, REVIEWER, START, TicketDesk

__all__ = ["server"]


@pytest.fixture(scope="module")
def counted(server: str) -> Iterator[tuple[TicketDesk, Figures]]:
    """Three claims: one approved after two hours, one declined after two days, one open and overdue."""
    from redress.store.database import Database
    from redress.store.engine import make_engine
    from redress.store.migrate import migrate

    database = Database(make_engine(server))
    migrate(database.engine)
    desk = TicketDesk(database)
    approved, declined = desk.open(), desk.open("parcel-up", "damaged", ("photo_item", "photo_package"))
    desk.open("platform-15", "non_delivery", ())
    desk.clock.go(hours=2)
    desk.casework.approve(approved.number, REVIEWER, "refund")
    desk.own.rate(approved.number, 4, "fine", key="r")
    desk.clock.go(hours=46)
    desk.casework.decline(declined.number, REVIEWER, next(iter(PACKS["parcel-up"].file.clauses.values())).ref)
    desk.clock.go(days=5)
    figures = Figures(database)
    assert figures.refresh(desk.clock())
    yield desk, figures
    database.engine.dispose()


def test_the_headlines_are_what_one_counts_by_hand(counted: tuple[TicketDesk, Figures]) -> None:
    _, figures = counted
    told = {label: (value, of) for label, value, of in headlines(narrow(figures.read()[0], Scope(None, "2026-01")))}
    assert told["Claims"][0] == "3"
    assert told["Decided within a day"] == ("50 %", "of 2 decisions")
    assert told["Overdue now"] == ("1", "of 2 open")
    assert told["Satisfaction"] == ("4.0 of 5", "1 ratings")


def test_the_pictures_show_the_same(counted: tuple[TicketDesk, Figures]) -> None:
    _, figures = counted
    shown = pictures(narrow(figures.read()[0], Scope(None, "2026-01")), PACKS)
    assert dict(shown["issues"].values) == {"Missing item": 1, "Damaged": 1, "Non delivery": 1}
    assert dict(shown["months"].values) == {"2026-03": 3}
    assert dict(shown["decisions"].values)["within 4 hours"] == 1
    assert dict(shown["decisions"].values)["within 3 days"] == 1
    assert dict(shown["granted-CNY"].values) == {"1688order missing-item": Decimal("30.00")}
    assert sum(count for _, count in shown["clauses"].values) == 3
    only = pictures(narrow(figures.read()[0], Scope("parcel-up", "2026-01")), PACKS)
    assert dict(only["shops"].values) == {"parcel-up": 1}
    assert not pictures(narrow(figures.read()[0], Scope(None, "2026-04")), PACKS)["issues"].values


def test_figures_are_counted_once_and_again_when_they_are_old(counted: tuple[TicketDesk, Figures]) -> None:
    desk, figures = counted
    now = desk.clock()
    assert not figures.refresh(now + STALE_AFTER)
    assert figures.refresh(now + STALE_AFTER + timedelta(seconds=1))
    assert figures.read()[1] == now + STALE_AFTER + timedelta(seconds=1)
    with desk.database.read() as session:
        assert session.query(FiguresRow).count() > 1


@pytest.mark.parametrize("draw", [bars, columns])
def test_a_picture_prints_every_value(draw: object) -> None:
    assert callable(draw)
    drawn = draw([("Damaged", 17), ("Wrong size", 1234), ("Late", Decimal("5.50"))])
    seen = ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")  # a desc is not shown
    words = " ".join("".join(text.itertext()) for text in seen)
    for wanted in ("Damaged", "17", "Wrong size", "1,234", "5.50"):
        assert wanted in words


def test_nothing_to_show_is_no_error() -> None:
    assert b"<svg" in bars([])
    assert all(not picture.values for picture in pictures(narrow({}, Scope(None, "2026-01")), PACKS).values())


@pytest.mark.parametrize(("months", "first"), [(1, "2026-03"), (3, "2026-01"), (4, "2025-12"), (15, "2025-01")])
def test_a_stretch_of_months_begins_with_a_month(months: int, first: str) -> None:
    assert since(START, months) == first


def test_the_page_its_pictures_and_its_tables(rosa: Person, lena: Person, parts: Parts, tickets: TicketDesk) -> None:
    tickets.open()
    Figures(parts.database).refresh(parts.clock() + STALE_AFTER * 2)
    page = rosa.get("/insights", months=12).text
    assert "/console/insights/issues.svg" in page
    picture = rosa.get("/insights/issues.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in picture.headers["content-security-policy"]
    assert rosa.get("/insights/nothing.svg").status_code == 404
    rows = list(csv.reader(io.StringIO(lena.get("/insights/claims.csv").text)))
    assert rows[0] == ["shop", "month", "issue", "tickets"]
    assert len(rows) > 1
