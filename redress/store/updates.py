"""Updates of messaging apps: kept once, taken one by one in each chat, done in one transaction with their answers.

Chats stand in a line: whose has had the fewest turns since it came is next. A chat that is flooded so holds up itself,
and a line of somebody who has just written goes before the backlog of others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Connection, CursorResult, Select, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from redress.channels.base import Update
from redress.claims.cases import Outgoing
from redress.claims.draft import JSON
from redress.store import outbox
from redress.store.channel_tables import ChatRow, UpdateRow, WaitingChatRow
from redress.store.database import Database
from redress.store.errors import NotFound

OPEN = ("begun", "waiting")
PLACE = ("app", "shop", "chat")
LEASE = timedelta(seconds=60)  # a turn that takes longer may be taken twice, and takes effect once all the same


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

    def keep(self, arrived: Sequence[Arrived], at: datetime) -> None:
        """Keep what has not come before, and have its chats stand in line."""
        if not arrived:
            return
        # in one order everywhere, so that two who keep the same updates cannot wait for each other in a circle
        rows = sorted((_row(one, at) for one in arrived), key=lambda row: (row["app"], row["shop"], row["update_id"]))
        chats = sorted({(one.app, one.shop, one.update.chat) for one in arrived})
        with self._database.write() as session:
            connection = session.connection()  # below the ORM: many rows by one prepared statement
            connection.execute(_insert(connection)(UpdateRow).on_conflict_do_nothing(), rows)
            _stand(connection, chats, at)

    def take(self, now: datetime) -> Taken | None:
        """Take the first update of the chat whose turn it is, for `LEASE`; None: there is none."""
        with self._database.read() as session:  # no writer's lock for the many times when there is nothing to do
            if session.scalar(_whose_turn(now)) is None:
                return None
        with self._database.write() as session:
            while chat := session.scalar(_whose_turn(now).with_for_update(skip_locked=True)):
                row = _first(session, chat)
                if row is None:  # a redelivery brought the chat here
                    session.delete(chat)
                    session.flush()
                    continue
                row.state, row.tries = "begun", row.tries + 1
                chat.due_at = now + LEASE
                update = Update(row.update_id, row.chat, row.rank, row.body)
                return Taken(row.app, row.shop, update, row.id, row.tries, row.created_at)
            return None

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
            row = _still(session, taken)
            if row is None:
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
            _next(session, taken, now)
            return True

    def later(self, taken: Taken, now: datetime, due_at: datetime | None) -> None:
        """It could not be answered yet: its chat waits until `due_at`; None: it never will be, and the next one may."""
        with self._database.write() as session:
            row = _still(session, taken)
            if row is None:
                return
            if due_at is None:
                row.state = "dead"
                _next(session, taken, now)
            else:
                _place(session, taken).due_at = due_at

    def dead(self, limit: int = 50) -> list[JSON]:
        """What no turn could be taken for, the newest first, without what was written."""
        wanted = select(UpdateRow).where(UpdateRow.state == "dead").order_by(UpdateRow.id.desc()).limit(limit)
        with self._database.read() as session:
            return [
                {"id": row.id, "app": row.app, "shop": row.shop, "chat": row.chat, "tries": row.tries}
                | {"created_at": row.created_at.isoformat()}
                for row in session.scalars(wanted)
            ]

    def again(self, id_: int, now: datetime) -> None:
        """Try a turn for a dead update once more. NotFound where it is none (any more)."""
        with self._database.write() as session:
            row = session.get(UpdateRow, id_, with_for_update=True)
            if row is None or row.state != "dead":
                raise NotFound(f"There is no dead update {id_}.", field="id")
            row.state = "waiting"
            session.flush()
            _stand(session.connection(), [(row.app, row.shop, row.chat)], now)

    def forget(self, before: datetime) -> int:
        """Let go of what was done before that instant; how many rows."""
        with self._database.write() as session:
            gone = session.execute(delete(UpdateRow).where(UpdateRow.state.not_in(OPEN), UpdateRow.created_at < before))
            return cast("CursorResult[Any]", gone).rowcount


def _row(one: Arrived, at: datetime) -> JSON:
    update = one.update
    kept = {"app": one.app, "shop": one.shop, "update_id": update.id, "chat": update.chat, "rank": update.rank}
    return {**kept, "body": update.body, "state": "waiting", "tries": 0, "created_at": at}


def _insert(connection: Connection) -> Any:
    """INSERT with ON CONFLICT, which each of the databases has in a dialect of its own."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert


def _stand(connection: Connection, chats: Sequence[tuple[str, str, str]], at: datetime) -> None:
    """Chats take their places in the line. One that stands there is written all the same: whoever is about to take it
    out of the line sees what came, or we see that it is out."""
    stand = _insert(connection)(WaitingChatRow)
    stand = stand.on_conflict_do_update(index_elements=["app", "shop", "chat"], set_={"chat": stand.excluded.chat})
    connection.execute(stand, [dict(zip(PLACE, chat, strict=True), turns=0, due_at=at) for chat in chats])


def _whose_turn(now: datetime) -> Select[WaitingChatRow]:
    fewest = (WaitingChatRow.turns, WaitingChatRow.due_at)
    return select(WaitingChatRow).where(WaitingChatRow.due_at <= now).order_by(*fewest).limit(1)


def _first(session: Session, chat: WaitingChatRow) -> UpdateRow | None:
    """A chat's next update: one whose turn was begun goes before one that came late with a smaller rank."""
    same = (UpdateRow.app == chat.app, UpdateRow.shop == chat.shop, UpdateRow.chat == chat.chat)
    wanted = select(UpdateRow).where(*same).order_by(UpdateRow.rank, UpdateRow.id).limit(1)
    found = (
        session.scalar(wanted.where(UpdateRow.state == state)) for state in OPEN
    )  # each by an index, without a sort
    return next(filter(None, found), None)


def _place(session: Session, taken: Taken) -> WaitingChatRow:
    return session.get_one(WaitingChatRow, (taken.app, taken.shop, taken.update.chat), with_for_update=True)


def _still(session: Session, taken: Taken) -> UpdateRow | None:
    """The update, where this taking of it is the latest; its chat's place in the line is locked first, as in `take`."""
    session.get(WaitingChatRow, (taken.app, taken.shop, taken.update.chat), with_for_update=True)
    row = session.get(UpdateRow, taken.row, with_for_update=True)
    return row if row is not None and row.state == "begun" and row.tries == taken.tries else None


def _next(session: Session, taken: Taken, now: datetime) -> None:
    """The chat goes back into the line where more waits in it, else out of it."""
    session.flush()
    chat = _place(session, taken)
    if _first(session, chat) is None:
        session.delete(chat)
    else:
        chat.turns, chat.due_at = chat.turns + 1, now
