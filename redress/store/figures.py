"""Figures over all tickets and conversations, counted now and then: no page waits for a million rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Float, Select, String, case, extract, func, select, true, update
from sqlalchemy import cast as to_type
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from redress.store.console_tables import AuditRow, FiguresRow
from redress.store.database import Database
from redress.store.tables import ConversationRow, TicketRow

STALE_AFTER = timedelta(minutes=5)
CLAIM = "counting"  # the row whose owner counts
HOUR = 3600
# how long a decision took: up to so many seconds
SPANS = {"within an hour": HOUR, "within 4 hours": 4 * HOUR, "within a day": 24 * HOUR, "within 3 days": 72 * HOUR,
         "within 2 weeks": 336 * HOUR}  # fmt: skip
LONGER = "longer"
TOOK_OVER = "took over a conversation"


type Tables = Mapping[str, Sequence[Sequence[Any]]]


@dataclass(frozen=True)
class Counted:
    """One table of figures. `columns` names what stands in each of its rows."""

    columns: tuple[str, ...]
    query: Callable[[Session, datetime], Select[*tuple[Any, ...]]]


class Figures:
    """Counts, keeps and gives the tables of TABLES."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: tuple[Tables, datetime | None] = {}, None

    def read(self) -> tuple[Tables, datetime | None]:
        """Every table's rows by name, and when they were counted; None before the first time. Read once for each
        counting: do not change them."""
        wanted = select(FiguresRow).where(FiguresRow.name != CLAIM)
        with self._database.read() as session:
            counted_at = session.scalar(select(FiguresRow.counted_at).where(FiguresRow.name == LAST_TABLE))
            if counted_at != self._read[1]:
                self._read = {row.name: row.rows for row in session.scalars(wanted)}, counted_at
        return self._read

    def refresh(self, now: datetime) -> bool:
        """Count anew when the figures are older than STALE_AFTER and nobody else is at it; whether it was done."""
        if not self._claim(now):
            return False
        counted = {}
        with self._database.read() as session:
            for name, table in TABLES.items():
                counted[name] = [list(map(_plain, row)) for row in session.execute(table.query(session, now))]
        with self._database.write() as session:
            for name, rows in counted.items():
                session.merge(FiguresRow(name=name, rows=rows, counted_at=now))
        return True

    def _claim(self, now: datetime) -> bool:
        try:
            with self._database.write() as session:
                if session.get(FiguresRow, CLAIM) is None:
                    session.add(FiguresRow(name=CLAIM, rows=[], counted_at=now))
                    return True
                mine = session.execute(
                    update(FiguresRow)
                    .where(FiguresRow.name == CLAIM, FiguresRow.counted_at < now - STALE_AFTER)
                    .values(counted_at=now)
                )
                return cast("CursorResult[Any]", mine).rowcount == 1
        except IntegrityError:  # somebody else was first
            return False


def _claims(session: Session, now: datetime) -> Select[*tuple[Any, ...]]:
    return _opened(TicketRow.issue)


def _outcomes(session: Session, now: datetime) -> Select[*tuple[Any, ...]]:
    return _opened(TicketRow.outcome)


def _states(session: Session, now: datetime) -> Select[*tuple[Any, ...]]:
    return _opened(TicketRow.state)


def _decisions(session: Session, now: datetime) -> Select[*tuple[Any, ...]]:
    took = _seconds(session, TicketRow.created_at, TicketRow.decided_at)
    span = case(*((took <= most, name) for name, most in SPANS.items()), else_=LONGER)
    keys = (TicketRow.shop, _month(TicketRow.decided_at), span)
    return select(*keys, func.count()).where(TicketRow.decided_at.is_not(None)).group_by(*keys)


def _conversations(session: Session, now: datetime) -> Select[*tuple[Any, ...]]:
    """Conversations in which the buyer did something: all, with a ticket, with a ticket or a person."""
    with_ticket = ConversationRow.last_ticket.is_not(None)
    taken = ConversationRow.id.in_(select(AuditRow.subject).where(AuditRow.action == TOOK_OVER))
    by_a_person = case((with_ticket | taken, 1), else_=0)
    keys = (ConversationRow.shop, _month(ConversationRow.created_at))
    sums = (func.count(), func.sum(case((with_ticket, 1), else_=0)), func.sum(by_a_person))
    return select(*keys, *sums).where(ConversationRow.version > 1).group_by(*keys)


def _open(session: Session, now: datetime) -> Select[*tuple[Any, ...]]:
    overdue = func.sum(case((TicketRow.due_at < now, 1), else_=0))
    keys = (TicketRow.shop, TicketRow.state)
    return select(*keys, func.count(), overdue).where(TicketRow.open == true()).group_by(*keys)


def _granted(session: Session, now: datetime) -> Select[*tuple[Any, ...]]:
    keys = (TicketRow.shop, _month(TicketRow.decided_at), TicketRow.rule, TicketRow.currency)
    granted = TicketRow.state.in_(("approved", "settled")) & TicketRow.amount.is_not(None)
    return select(*keys, func.count(), func.sum(TicketRow.amount)).where(granted).group_by(*keys)


def _ratings(session: Session, now: datetime) -> Select[*tuple[Any, ...]]:
    keys = (TicketRow.shop, _month(TicketRow.created_at), TicketRow.rating)
    return select(*keys, func.count()).where(TicketRow.rating.is_not(None)).group_by(*keys)


def _rules(session: Session, now: datetime) -> Select[*tuple[Any, ...]]:
    keys = (TicketRow.shop, _month(TicketRow.created_at), TicketRow.rule, TicketRow.decided_clause)
    return select(*keys, func.count()).group_by(*keys)


TABLES: Mapping[str, Counted] = {
    "claims": Counted(("shop", "month", "issue", "tickets"), _claims),
    "outcomes": Counted(("shop", "month", "outcome", "tickets"), _outcomes),
    "states": Counted(("shop", "month", "state", "tickets"), _states),
    "decisions": Counted(("shop", "month", "took", "tickets"), _decisions),
    "conversations": Counted(("shop", "month", "conversations", "with_ticket", "with_person"), _conversations),
    "open": Counted(("shop", "state", "tickets", "overdue"), _open),
    "granted": Counted(("shop", "month", "rule", "currency", "tickets", "amount"), _granted),
    "ratings": Counted(("shop", "month", "rating", "tickets"), _ratings),
    "rules": Counted(("shop", "month", "rule", "declined_by_clause", "tickets"), _rules),
}


LAST_TABLE = list(TABLES)[-1]


def _opened(by: Any) -> Select[*tuple[Any, ...]]:
    """Tickets by shop, the month in which they were opened, and a column."""
    keys = (TicketRow.shop, _month(TicketRow.created_at), by)
    return select(*keys, func.count()).group_by(*keys)


def _month(instant: Any) -> ColumnElement[str]:
    """The month of an instant (UTC), as "2026-11": the first seven characters of how both databases write it."""
    return func.substr(to_type(instant, String), 1, 7)


def _seconds(session: Session, start: Any, end: Any) -> ColumnElement[float]:
    if session.get_bind().dialect.name == "sqlite":
        return (func.julianday(end) - func.julianday(start)) * (24 * HOUR)
    return to_type(extract("epoch", end - start), Float)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
