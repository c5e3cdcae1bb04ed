"""The outbox in the database: rows are written with the change they tell of, claimed by workers, tried, recorded."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from redress.claims.cases import Outgoing
from redress.claims.draft import JSON
from redress.claims.outbox import Parcel
from redress.store.database import Database
from redress.store.errors import NotFound
from redress.store.outbox_tables import OutboxRow, TryRow

LEASE = timedelta(minutes=5)  # receivers' timeouts stay well below
UNSENT = ("waiting", "sending")
LISTED = ("dead", "doubtful")
_earlier = aliased(OutboxRow)
FIRST_OF_STREAM = ~exists().where(
    _earlier.stream == OutboxRow.stream, _earlier.state.in_(UNSENT), _earlier.id < OutboxRow.id
)


def put(session: Session, ticket_number: str | None, outgoing: Outgoing, at: datetime) -> None:
    """Write a row within the session's transaction."""
    session.add(
        OutboxRow(
            channel=outgoing.channel,
            stream=outgoing.stream,
            key=outgoing.key,
            ticket_number=ticket_number,
            body=outgoing.body,
            state="waiting",
            tries=0,
            due_at=at,
            created_at=at,
            updated_at=at,
        )
    )


def known(session: Session, key: str) -> bool:
    """Whether a row with that key has been written."""
    return session.scalar(select(OutboxRow.id).where(OutboxRow.key == key)) is not None


class Outbox:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, channels: Sequence[str], now: datetime) -> tuple[Parcel, bool] | None:
        """Take the next parcel that is due, for `LEASE`; whether an earlier sender died over it; None: nothing is due.

        The rows of a stream go one by one: a later one waits until those before it are sent or given up.
        """
        due = _due(channels, now)
        with self._database.read() as session:  # no writer's lock for the many times when there is nothing to do
            if session.scalar(select(OutboxRow.id).where(due).limit(1)) is None:
                return None
        with self._database.write() as session:
            row = session.scalar(
                select(OutboxRow)
                .where(due)
                .order_by(OutboxRow.due_at, OutboxRow.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if row is None:
                return None
            orphan = row.state == "sending"
            row.state, row.tries, row.due_at, row.updated_at = "sending", row.tries + 1, now + LEASE, now
            session.add(TryRow(outbox_id=row.id, number=row.tries, at=now, detail=""))
            return Parcel(row.id, row.channel, row.key, row.body, row.tries, row.created_at), orphan

    def record(
        self, parcel: Parcel, result: str, detail: str, state: str, now: datetime, due_at: datetime | None = None
    ) -> bool:
        """Record how a try ended and what becomes of the row; False when the lease went to another worker meanwhile."""
        with self._database.write() as session:
            row = session.get(OutboxRow, parcel.id, with_for_update=True)
            if row is None or row.tries != parcel.tries or row.state != "sending":
                return False
            row.state, row.due_at, row.updated_at = state, due_at or now, now
            tried = session.get_one(TryRow, (parcel.id, parcel.tries))
            tried.ended_at, tried.result, tried.detail = now, result, detail[:500]
            return True

    def undelivered(self, *, before: int | None = None, limit: int = 50) -> list[JSON]:
        """What will not go or may have gone, for a person to see, the newest first; `before` is the last id seen."""
        wanted = select(OutboxRow).where(OutboxRow.state.in_(LISTED)).order_by(OutboxRow.id.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(OutboxRow.id < before)
        with self._database.read() as session:
            rows = session.scalars(wanted).all()
            tries: dict[int, list[TryRow]] = {row.id: [] for row in rows}
            made = select(TryRow).where(TryRow.outbox_id.in_(tries)).order_by(TryRow.outbox_id, TryRow.number)
            for one in session.scalars(made):
                tries[one.outbox_id].append(one)
            return [_listed(row, tries[row.id]) for row in rows]

    def send_again(self, outbox_id: int, now: datetime) -> None:
        """Let a listed row go once more. NotFound when it is not listed (any more)."""
        self._settle(outbox_id, "waiting", now)

    def dismiss(self, outbox_id: int, now: datetime) -> None:
        """Take a listed row off the list: it has gone, or shall not. NotFound when it is not listed (any more)."""
        self._settle(outbox_id, "dismissed", now)

    def counts(self) -> dict[str, int]:
        """How many rows are in each state that still asks for something."""
        wanted = (*UNSENT, *LISTED)
        with self._database.read() as session:
            rows = session.execute(
                select(OutboxRow.state, func.count()).where(OutboxRow.state.in_(wanted)).group_by(OutboxRow.state)
            )
            return {**dict.fromkeys(wanted, 0), **dict(rows.all())}

    def _settle(self, outbox_id: int, state: str, now: datetime) -> None:
        with self._database.write() as session:
            row = session.get(OutboxRow, outbox_id, with_for_update=True)
            if row is None or row.state not in LISTED:
                raise NotFound(f"There is no undelivered {outbox_id}.", field="id")
            row.state, row.due_at, row.updated_at = state, now, now


def _due(channels: Sequence[str], now: datetime) -> ColumnElement[bool]:
    return and_(OutboxRow.state.in_(UNSENT), OutboxRow.due_at <= now, OutboxRow.channel.in_(channels), FIRST_OF_STREAM)


def _listed(row: OutboxRow, tries: Sequence[TryRow]) -> JSON:
    return {
        "id": row.id,
        "channel": row.channel,
        "key": row.key,
        "ticket": row.ticket_number,
        "state": row.state,
        "created_at": row.created_at.isoformat(),
        "tries": [
            {"number": one.number, "at": one.at.isoformat(), "result": one.result, "detail": one.detail}
            for one in tries
        ],
    }
