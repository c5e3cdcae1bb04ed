"""A database with data in it comes from the first revision to the newest, and back, and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, insert, inspect, select

from redress.store.case_files import CaseFiles
from redress.store.database import Database
from redress.store.engine import make_engine
from redress.store.migrate import change_to, differences, migrate
from redress.store.queue import Queue
from redress.store.tables import EvidenceRow, TicketRow
from redress.store.ticket_store import Tickets
from tests.ticketing import PHOTOS, REVIEWER, START, TicketDesk

FINGERPRINT = f"{7 << 90:032x}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An empty database."""
    made = make_engine(database_url)
    yield made
    made.dispose()


def rows(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as plain values of the columns that there are."""
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in tables.sorted_tables
            if not table.name.startswith(("alembic", "ticket_search"))
        }


def life(engine: Engine) -> list[str]:
    """Two tickets with a picture each that is like the other's, a decision, lines; their numbers."""
    desk = TicketDesk(Database(engine), mail=True, webhooks=("1688order",))
    tickets = [desk.open() for _ in range(2)]
    for place, ticket in enumerate(tickets):
        id_ = desk.upload(ticket, PHOTOS[0])
        with desk.database.write() as session:
            row = session.get_one(EvidenceRow, id_)
            row.ticket_number = ticket.number
            row.details = {**row.details, "phash": f"{int(FINGERPRINT, 16) ^ place:032x}"}
    desk.casework.note(tickets[0].number, REVIEWER, "weighed again")
    desk.casework.approve(tickets[0].number, REVIEWER, "refund")
    return [ticket.number for ticket in tickets]


def test_a_database_of_the_first_revision_becomes_the_newest(engine: Engine) -> None:
    migrate(engine)
    numbers = life(engine)
    change_to(engine, "0001")
    assert "likeness" not in inspect(engine).get_table_names()
    before = rows(engine)
    _take_in_updates(engine)
    migrate(engine)
    differences(engine)
    after = rows(engine)
    changed = {"channel_updates"}
    for table in before.keys() - changed:
        assert after[table] == before[table], table
    assert [row["state"] for row in sorted(after["channel_updates"], key=lambda row: row["id"])] == [
        "waiting",
        "begun",
        "done",
    ]
    assert [(row["chat"], row["turns"]) for row in after["waiting_chats"]] == [("7", 0)]
    database = Database(engine)
    first, second = (Tickets(database).ticket(number) for number in numbers)
    assert (first.state, second.state) == ("approved", "in_review")
    (piece,) = CaseFiles(database).evidence(second.number)
    assert piece.like == [first.number], "pictures that were there are found too"
    assert {one["number"] for one in Queue(database).search("canvas").tickets} == set(numbers)


def test_it_goes_back_as_well(engine: Engine) -> None:
    migrate(engine)
    life(engine)
    with engine.connect() as connection:
        before = connection.execute(select(TicketRow.number, TicketRow.state).order_by(TicketRow.number)).all()
    change_to(engine, "0001")
    change_to(engine, "head")
    differences(engine)
    with engine.connect() as connection:
        assert connection.execute(select(TicketRow.number, TicketRow.state).order_by(TicketRow.number)).all() == before


def test_the_newest_stays_as_it_is(engine: Engine) -> None:
    migrate(engine)
    life(engine)
    before = rows(engine)
    migrate(engine)
    assert rows(engine) == before


def _take_in_updates(engine: Engine) -> None:
    """What messaging apps told, in the form of the first revision: one that waits, one begun, one done."""
    tables = MetaData()
    tables.reflect(engine, only=["channel_updates"])
    table = tables.tables["channel_updates"]
    at = START.replace(tzinfo=None) if engine.dialect.name == "sqlite" else START
    for place, state in enumerate(("waiting", "taken", "done"), start=1):
        told = {"app": "telegram", "shop": "1688order", "update_id": str(place), "chat": "7", "rank": place}
        with engine.execution_options(write=True).begin() as connection:
            row = {**told, "body": {}, "state": state, "tries": 0, "due_at": at, "created_at": at}
            connection.execute(insert(table).values(**row))
