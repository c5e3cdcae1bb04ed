"""Updates of messaging apps: kept once, taken one by one in each chat, done in one transaction with their answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Select, and_, delete, exists, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from redress.channels.base import Update
from redress.claims.cases import Outgoing
from redress.store import outbox
from redress.store.channel_tables import ChatRow, UpdateRow
from redress.store.database import Database

LEASE = timedelta(seconds=60)  # a turn that takes longer may be taken twice, and takes effect once all the same
OPEN = ("taken", "waiting")


@dataclass(frozen=True)
class Arrived:
    """An update of a shop's account in an app."""

    app: str
    shop: str
    update: Update


@dataclass(frozen=True)
class Taken(Arrived):
    """An update on its way through a turn. `row` and `tries` tell this taking from a later one."""

    row: int
    tries: int
    created_at: datetime


class Updates:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, arrived: Sequence[Arrived], at: datetime) -> int:
        """Keep what has not come before; how many that were."""
        rows = [
            {
                "app": one.app,
                "shop": one.shop,
                "update_id": one.update.id,
                "chat": one.update.chat,
                "rank": one.update.rank,
                "body": one.update.body,
                "state": "waiting",
                "tries": 0,
                "due_at": at,
                "created_at": at,
            }
            for one in arrived
        ]
        if not rows:
            return 0
        dialect = postgresql if self._database.engine.dialect.name == "postgresql" else sqlite
        with self._database.write() as session:
            done = session.execute(dialect.insert(UpdateRow).values(rows).on_conflict_do_nothing())
            return cast("CursorResult[Any]", done).rowcount

    def take(self, now: datetime) -> Taken | None:
        """Take the oldest update that is due and has none before it in its chat, for `LEASE`; None: there is none."""
        with self._database.read() as session:
            if not any(session.scalar(_next(now, state)) for state in OPEN):
                return None
        with self._database.write() as session:
            row = next(filter(None, (session.scalar(_next(now, state, lock=True)) for state in OPEN)), None)
            if row is None:
                return None
            row.state, row.tries, row.due_at = "taken", row.tries + 1, now + LEASE
            update = Update(row.update_id, row.chat, row.rank, row.body)
            return Taken(row.app, row.shop, update, row.id, row.tries, row.created_at)

    def done(
        self,
        taken: Taken,
        outgoing: Sequence[Outgoing],
        now: datetime,
        *,
        menu: list[str] | None,
        album: dict[str, str],
    ) -> bool:
        """It is answered: by `outgoing`, and the chat's numbers stand for `menu` (None: for what they did).

        False, and nothing written, where another runner has taken it meanwhile.
        """
        with self._database.write() as session:
            row = session.get(UpdateRow, taken.row, with_for_update=True)
            if row is None or row.state != "taken" or row.tries != taken.tries:
                return False
            row.state, row.body = "done", {}
            chat = session.get(ChatRow, (taken.app, taken.shop, taken.update.chat))
            if chat is not None:
                chat.last_wrote_at = max(chat.last_wrote_at, taken.created_at)
                chat.menu = chat.menu if menu is None else menu
                chat.album = album
            for one in outgoing:
                if not outbox.known(session, one.key):  # a greeting that an update before it brought already
                    outbox.put(session, None, one, now)
            return True

    def later(self, taken: Taken, due_at: datetime | None) -> None:
        """It could not be answered yet: again at `due_at`; None: never."""
        with self._database.write() as session:
            row = session.get(UpdateRow, taken.row, with_for_update=True)
            if row is not None and row.state == "taken" and row.tries == taken.tries:
                row.state, row.due_at = ("waiting", due_at) if due_at else ("dead", row.due_at)

    def forget(self, before: datetime) -> int:
        """Let go of what was done before that instant; how many rows."""
        with self._database.write() as session:
            gone = session.execute(delete(UpdateRow).where(UpdateRow.state.not_in(OPEN), UpdateRow.created_at < before))
            return cast("CursorResult[Any]", gone).rowcount


def _next(now: datetime, state: str, *, lock: bool = False) -> Select[UpdateRow]:
    """The oldest update in that state that is due; one state at a time, so that an index gives it without a sort."""
    wanted = select(UpdateRow).where(UpdateRow.state == state, UpdateRow.due_at <= now, _first_of_chat())
    wanted = wanted.order_by(UpdateRow.id).limit(1)
    return wanted.with_for_update(skip_locked=True) if lock else wanted


def _first_of_chat() -> ColumnElement[bool]:
    """None waits before it, and none is being taken: that one is never overtaken, not even by one that came late."""
    other = aliased(UpdateRow)
    same = (other.app == UpdateRow.app, other.shop == UpdateRow.shop, other.chat == UpdateRow.chat)
    before = or_(other.rank < UpdateRow.rank, and_(other.rank == UpdateRow.rank, other.id < UpdateRow.id))
    waits = exists().where(*same, other.state == "waiting", before, UpdateRow.state == "waiting")
    taken = exists().where(*same, other.state == "taken", other.id != UpdateRow.id)
    return and_(~waits, ~taken)
