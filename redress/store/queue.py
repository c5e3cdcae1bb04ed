"""Lists of tickets for reviewers: by what is due first, by what came last, by what was searched. Keyset pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select, true
from sqlalchemy.orm import Session

from redress.claims.draft import JSON
from redress.store import search
from redress.store.console_tables import SearchRow
from redress.store.database import Database
from redress.store.tables import TicketRow

PAGE = 50
MOST_COUNTED = 1000
EARLIER = 20
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
    TicketRow.assessment,
    TicketRow.due_at,
    TicketRow.due_kind,
    TicketRow.flagged,
    TicketRow.assignee,
    TicketRow.created_at,
)
OLDEST = (TicketRow.created_at, TicketRow.number)


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
        same = or_(TicketRow.email == email, and_(TicketRow.order_number == order_number, TicketRow.shop == shop))
        wanted = select(*SHOWN).where(same, TicketRow.number != ticket)
        with self._database.read() as session:
            return _rows(session, wanted.order_by(TicketRow.created_at.desc(), TicketRow.number).limit(EARLIER))

    def next_due(self, filters: Filters, now: datetime, besides: str) -> str | None:
        """The number of the ticket that is due first, other than one."""
        return next((one["number"] for one in self.page(filters, now).tickets if one["number"] != besides), None)


def _due_first(session: Session, filters: Filters, now: datetime, after: str | None) -> Page:
    """Tickets with a clock by its end, then those without by age: two index ranges, so that nulls sort alike
    in every database."""
    wanted = select(*SHOWN).where(*_conditions(filters, now))
    kind, _, rest = (after or "d").partition(" ")
    found: list[JSON] = []
    if kind == "d":
        with_clock = wanted.where(TicketRow.due_at.is_not(None)).order_by(TicketRow.due_at, *OLDEST)
        if rest:
            at, _, rest = rest.partition(" ")
            due_at = datetime.fromisoformat(at)
            with_clock = with_clock.where(TicketRow.due_at >= due_at, or_(TicketRow.due_at > due_at, _later(rest)))
        found = _rows(session, with_clock.limit(PAGE + 1))
    if len(found) <= PAGE and not filters.overdue:
        without = wanted.where(TicketRow.due_at.is_(None)).order_by(*OLDEST)
        if kind == "n":
            without = without.where(_later(rest))
        found += _rows(session, without.limit(PAGE + 1 - len(found)))
    if len(found) <= PAGE:
        return Page(found, None)
    last = found[PAGE - 1]
    opened = f"{last['created_at'].isoformat()} {last['number']}"
    return Page(found[:PAGE], f"n {opened}" if last["due_at"] is None else f"d {last['due_at'].isoformat()} {opened}")


def _later(opened: str) -> ColumnElement[bool]:
    """Those opened after the ticket of a cursor, "instant number"."""
    at, number = opened.split(" ")
    created_at = datetime.fromisoformat(at)
    return and_(TicketRow.created_at >= created_at, or_(TicketRow.created_at > created_at, TicketRow.number > number))


def _newest(session: Session, filters: Filters, now: datetime, after: str | None) -> Page:
    wanted = select(*SHOWN).where(*_conditions(filters, now))
    wanted = wanted.order_by(TicketRow.created_at.desc(), TicketRow.number.desc())
    if after:
        at, number = after.split(" ")
        created_at = datetime.fromisoformat(at)
        wanted = wanted.where(
            TicketRow.created_at <= created_at, or_(TicketRow.created_at < created_at, TicketRow.number < number)
        )
    found = _rows(session, wanted.limit(PAGE + 1))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], f"{last['created_at'].isoformat()} {last['number']}" if last else None)


def _named(session: Session, wanted: str) -> list[JSON]:
    if not wanted or " " in wanted:
        return []
    upper = wanted.upper()
    either = [TicketRow.number == upper, TicketRow.order_number.in_({wanted, upper})]
    if "@" in wanted:
        either = [TicketRow.email == wanted.lower()]
    found: list[JSON] = []
    for one in either:
        by_name = select(*SHOWN).where(one).order_by(TicketRow.created_at.desc(), TicketRow.number).limit(PAGE)
        found += _rows(session, by_name)
    return found


def _worded(session: Session, wanted: str, after: str | None) -> Page:
    place, condition = search.found(session, wanted)
    query = (
        select(*SHOWN, place.label("place"))
        .select_from(search.INDEX)
        .join(SearchRow, SearchRow.place == place)
        .join(TicketRow, TicketRow.number == SearchRow.number)
        .where(condition, place < int(after) if after else true())
        .order_by(place.desc())
        .limit(PAGE + 1)
    )
    found = _rows(session, query)
    return Page(found[:PAGE], str(found[PAGE - 1]["place"]) if len(found) > PAGE else None)


def _conditions(filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    equal = {
        TicketRow.shop: filters.shop,
        TicketRow.issue: filters.issue,
        TicketRow.assignee: filters.assignee,
    }
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value]
    if filters.states:
        conditions.append(TicketRow.state.in_(filters.states))
    if filters.open:
        conditions.append(TicketRow.open == true())
    if filters.overdue:
        conditions.append(TicketRow.due_at < now)
    if filters.flagged:
        conditions.append(TicketRow.flagged == true())
    if filters.unassigned:
        conditions.append(TicketRow.assignee.is_(None))
    return conditions


def _rows(session: Session, wanted: Select[*tuple[Any, ...]]) -> list[JSON]:
    return [dict(row) for row in session.execute(wanted).mappings()]
