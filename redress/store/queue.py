"""Lists of tickets for reviewers: by what is due first, by what came last, by what was searched. Keyset pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from redress.claims.draft import JSON
from redress.store import search
from redress.store.console_tables import SearchRow
from redress.store.database import Database
from redress.store.tables import TicketRow
from redress.store.tickets import InvalidCursor

PAGE = 50
MOST_COUNTED = 1000
EARLIER = 20
LONGEST_PLACE = 19  # digits of a whole number that every database holds
NO_PLACE = InvalidCursor("There is no such place in this list. Begin at its first page.", field="after")
SHOWN = (
    TicketRow.number,
    TicketRow.shop,
    TicketRow.issue,
    TicketRow.outcome,
    TicketRow.state,
    TicketRow.order_number,
    TicketRow.language,
    TicketRow.remedy,
    TicketRow.amount,
    TicketRow.currency,
    TicketRow.assessment["remedies"].label("remedies"),
    TicketRow.due_at,
    TicketRow.due_kind,
    TicketRow.flagged,
    TicketRow.assignee,
    TicketRow.created_at,
)
DUE_FIRST = (
    TicketRow.due_at,
    TicketRow.created_at,
    TicketRow.number,
)  # also of those without a clock: PostgreSQL takes no null for a constant
NEWEST = (TicketRow.created_at.desc(), TicketRow.number.desc())


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. `open` leaves out tickets with which nobody has anything to do."""

    open: bool = True
    shop: str | None = None
    issue: str | None = None
    states: tuple[str, ...] = ()
    overdue: bool = False
    flagged: bool = False
    assignee: str | None = None
    unassigned: bool = False


@dataclass(frozen=True)
class Page:
    """Some tickets and the cursor after which the next page begins; None where there is none."""

    tickets: Sequence[JSON]
    after: str | None


class Queue:
    """Every method is one transaction that only reads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, filters: Filters, now: datetime, after: str | None = None) -> Page:
        """Open tickets by what is due first (those without a clock last), or all of them, the newest first."""
        with self._database.read() as session:
            return _due_first(session, filters, now, after) if filters.open else _newest(session, filters, now, after)

    def count(self, filters: Filters, now: datetime) -> int:
        """How many tickets the filters leave, counted up to MOST_COUNTED."""
        some: Select[*tuple[Any, ...]] = (
            select(literal_column("1")).select_from(TicketRow).where(*_conditions(filters, now))
        )
        with self._database.read() as session:
            return session.scalar(select(func.count()).select_from(some.limit(MOST_COUNTED).subquery())) or 0

    def search(self, wanted: str, after: str | None = None) -> Page:
        """Tickets with that number, order number or e-mail address; where there is none, those that have the words."""
        wanted = wanted.strip()
        with self._database.read() as session:
            exact = _named(session, wanted) if not after else ()
            return Page(exact, None) if exact else _worded(session, wanted, after)

    def earlier(self, ticket: str, email: str, shop: str, order_number: str) -> Sequence[JSON]:
        """Other tickets of this buyer or this order, the newest first."""
        same_order = and_(TicketRow.order_number == order_number, TicketRow.shop == shop)
        found: dict[str, JSON] = {}
        with self._database.read() as session:
            for same in (TicketRow.email == email, same_order):  # each by its index: joined by OR, no index gives both
                newest = select(*SHOWN).where(same, TicketRow.number != ticket)
                newest = newest.order_by(*NEWEST).limit(EARLIER)
                found |= {one["number"]: one for one in _rows(session, newest)}
        return sorted(found.values(), key=lambda one: one["created_at"], reverse=True)[:EARLIER]

    def next_due(self, filters: Filters, now: datetime, besides: str) -> str | None:
        """The number of the ticket that is due first, other than one."""
        with self._database.read() as session:
            first = _due_first(session, filters, now, None, at_most=1)
        return next((one["number"] for one in first.tickets if one["number"] != besides), None)


def _due_first(session: Session, filters: Filters, now: datetime, after: str | None, *, at_most: int = PAGE) -> Page:
    """Tickets with a clock by its end, then those without by age: two index ranges, so that nulls sort alike
    in every database."""
    kind, *rest = (after or "d").split(" ")
    if kind not in ("d", "n"):
        raise NO_PLACE
    found: list[JSON] = []
    if kind == "d":
        with_clock: list[ColumnElement[bool]] = [TicketRow.due_at.is_not(None)]
        if after:
            due_at = _instant(rest.pop(0) if rest else "")
            with_clock += [TicketRow.due_at >= due_at, or_(TicketRow.due_at > due_at, _later(rest))]
        found = _by_state(session, filters, now, with_clock, at_most + 1)
    if len(found) <= at_most and not filters.overdue:
        without = [TicketRow.due_at.is_(None), *([_later(rest)] if kind == "n" else ())]
        found += _by_state(session, filters, now, without, at_most + 1 - len(found))
    if len(found) <= at_most:
        return Page(found, None)
    last = found[at_most - 1]
    opened = f"{last['created_at'].isoformat()} {last['number']}"
    return Page(
        found[:at_most], f"n {opened}" if last["due_at"] is None else f"d {last['due_at'].isoformat()} {opened}"
    )


def _by_state(
    session: Session,
    filters: Filters,
    now: datetime,
    conditions: Sequence[ColumnElement[bool]],
    at_most: int,
) -> list[JSON]:
    """The first tickets in an order: each state by itself, which is one range of an index, then merged."""
    parts = [replace(filters, states=(state,)) for state in filters.states] or [filters]
    found = []
    for part in parts:
        narrowed = _conditions(part, now, in_passing=_in_passing(session, part))
        wanted = select(*SHOWN).where(*narrowed, *conditions).order_by(*DUE_FIRST)
        found.append(_rows(session, wanted.limit(at_most)))
    return list(islice(merge(*found, key=lambda one: [one[column.key] for column in DUE_FIRST]), at_most))


def _in_passing(session: Session, filters: Filters) -> frozenset[str]:
    """The columns by which SQLite shall not choose an index. It knows nothing of how values are spread and would take
    the index with most of the columns, then sort; in those with the queue's order the others are narrowed in passing.
    """
    if session.get_bind().dialect.name != "sqlite":
        return frozenset()
    leading = "state" if filters.states else "assignee" if filters.assignee else ""
    return frozenset({"shop", "issue", "state", "flagged", "assignee"} - {leading})


def _plus(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """The column with a sign that changes nothing, by which SQLite knows not to use an index."""
    return UnaryExpression(column.expression, operator=custom_op("+"), type_=column.type)


def _later(opened: Sequence[str]) -> ColumnElement[bool]:
    """Those opened after the ticket of a cursor: instant, number."""
    created_at, number = _opened(opened)
    return and_(TicketRow.created_at >= created_at, or_(TicketRow.created_at > created_at, TicketRow.number > number))


def _newest(session: Session, filters: Filters, now: datetime, after: str | None) -> Page:
    wanted = select(*SHOWN).where(*_conditions(filters, now)).order_by(*NEWEST)
    if after:
        created_at, number = _opened(after.split(" "))
        wanted = wanted.where(
            TicketRow.created_at <= created_at, or_(TicketRow.created_at < created_at, TicketRow.number < number)
        )
    found = _rows(session, wanted.limit(PAGE + 1))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], f"{last['created_at'].isoformat()} {last['number']}" if last else None)


def _opened(cursor: Sequence[str]) -> tuple[datetime, str]:
    if len(cursor) != 2:
        raise NO_PLACE
    return _instant(cursor[0]), cursor[1]


def _instant(written: str) -> datetime:
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NO_PLACE from error


def _named(session: Session, wanted: str) -> list[JSON]:
    if not wanted or " " in wanted:
        return []
    upper = wanted.upper()
    either = [TicketRow.number == upper, TicketRow.order_number.in_({wanted, upper})]
    if "@" in wanted:
        either = [TicketRow.email == wanted.lower()]
    found: list[JSON] = []
    for one in either:
        by_name = select(*SHOWN).where(one).order_by(*NEWEST).limit(PAGE)
        found += _rows(session, by_name)
    return found


def _worded(session: Session, wanted: str, after: str | None) -> Page:
    if after and not (after.isascii() and after.isdigit() and len(after) < LONGEST_PLACE):
        raise NO_PLACE
    places = search.places(session, wanted, int(after) if after else None, PAGE + 1)
    query = (
        select(*SHOWN)
        .join(SearchRow, SearchRow.number == TicketRow.number)
        .where(SearchRow.place.in_(places[:PAGE]))
        .order_by(SearchRow.place.desc())
    )
    return Page(_rows(session, query), str(places[PAGE - 1]) if len(places) > PAGE else None)


def _conditions(
    filters: Filters, now: datetime, *, in_passing: frozenset[str] = frozenset()
) -> list[ColumnElement[bool]]:
    """What the filters leave. `in_passing`: see `_in_passing`."""

    def by(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
        return _plus(column) if column.key in in_passing else column.expression

    equal = {
        TicketRow.shop: filters.shop,
        TicketRow.issue: filters.issue,
        TicketRow.assignee: filters.assignee,
    }
    conditions: list[ColumnElement[bool]] = [by(column) == value for column, value in equal.items() if value]
    if filters.states:
        conditions.append(by(TicketRow.state).in_(filters.states))
    if filters.open:
        conditions.append(TicketRow.open == true())
    if filters.overdue:
        conditions.append(TicketRow.due_at < now)
    if filters.flagged:
        conditions.append(by(TicketRow.flagged) == true())
    if filters.unassigned:
        conditions.append(by(TicketRow.assignee).is_(None))
    return conditions


def _rows(session: Session, wanted: Select[*tuple[Any, ...]]) -> list[JSON]:
    return [dict(row) for row in session.execute(wanted).mappings()]
