"""The insights: figures, pictures, and the tables behind them as CSV."""

import csv
import io
from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Query, Request, Response

from redress.store.accounts import SignedIn
from redress.store.errors import NotFound
from redress.store.figures import TABLES
from redress.web.console import charts, insights
from redress.web.console.access import viewer
from redress.web.console.desk import ConsoleDesk, desk_of
from redress.web.console.insights import Scope
from redress.web.console.render import page

router = APIRouter(prefix="/insights")
MONTHS = (3, 6, 12, 24)
KEPT = 256  # pictures of some 10 KB: figures change every few minutes, and a page has a dozen
type Viewer = Annotated[SignedIn, Depends(viewer())]
type Months = Annotated[int, Query(ge=1, le=120)]


@router.get("")
def show(request: Request, who: Viewer, background: BackgroundTasks, shop: str = "", months: Months = 12) -> Response:
    """All pictures. Figures that are getting old are counted anew once the page has been sent."""
    desk = desk_of(request)
    background.add_task(desk.figures.refresh, desk.clock())
    tables, counted_at = desk.figures.read()
    scope = _scope(desk, shop, months)
    scoped = insights.narrow(tables, scope)
    response = page(
        request,
        "insights.html",
        counted_at=counted_at,
        headlines=insights.headlines(scoped),
        pictures=insights.pictures(scoped, desk.parts.packs),
        tables=list(TABLES),
        shops=list(desk.parts.packs),
        shop=shop,
        months=months,
        spans=MONTHS,
    )
    response.background = background
    return response


@router.get("/{name}.svg")
def picture(request: Request, name: str, who: Viewer, shop: str = "", months: Months = 12) -> Response:
    """One picture."""
    desk = desk_of(request)
    tables, _ = desk.figures.read()
    found = insights.pictures(insights.narrow(tables, _scope(desk, shop, months)), desk.parts.packs).get(name)
    if found is None:
        raise NotFound(f"There is no picture {name}.")
    # the picture styles itself; it is shown as an image, where nothing in it can run
    policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    headers = {"Content-Security-Policy": policy, "Cache-Control": "private, max-age=60"}
    return Response(_drawn(found.over_time, tuple(found.values)), media_type="image/svg+xml", headers=headers)


@router.get("/{name}.csv")
def table(request: Request, name: str, who: Annotated[SignedIn, Depends(viewer("lead"))]) -> Response:
    """A whole table of figures as CSV."""
    desk = desk_of(request)
    if name not in TABLES:
        raise NotFound(f"There is no table {name}; there is {', '.join(TABLES)}.")
    tables, _ = desk.figures.read()
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(TABLES[name].columns)
    writer.writerows(tables.get(name, ()))
    headers = {"Content-Disposition": f'attachment; filename="redress-{name}.csv"'}
    return Response(written.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@lru_cache(KEPT)
def _drawn(over_time: bool, values: tuple[tuple[str, int | Decimal], ...]) -> bytes:
    return (charts.columns if over_time else charts.bars)(values)


def _scope(desk: ConsoleDesk, shop: str, months: int) -> Scope:
    return Scope(shop if shop in desk.parts.packs else None, insights.since(desk.clock(), months))
