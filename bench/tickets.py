"""Made-up tickets by the million, written straight into the tables."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from redress.policy.vocabulary import ISSUES
from redress.store.database import Database
from redress.store.tables import TicketRow
from tests.ticketing import PACKS, PHOTOS, TicketDesk

AT_ONCE = 5000
SHOPS = tuple(PACKS)
# how many of a thousand tickets stand where, and whether somebody has still to do with them
STATES = {
    **{"in_review": 25, "awaiting_evidence": 15, "approved": 7, "appealed": 3},
    **{"settled": 600, "declined": 250, "withdrawn": 50, "expired": 50},
}
OPEN = ("in_review", "awaiting_evidence", "approved", "appealed")
WORDS = ("bag", "shoes", "parcel", "missing", "broken", "zip", "colour", "refund", "late", "size", "torn", "scratch",
         "lamp", "charger", "cable", "button", "lid", "glass", "strap", "sole")  # fmt: skip
YEARS_3 = 3 * 365 * 24 * 60


def fill(database: Database, tickets: int, now: datetime) -> Sequence[str]:
    """Write so many tickets, each with its conversation, lines, history, evidence and search terms; some numbers."""
    model = _model(database)
    chance = random.Random(1)  # noqa: S311  made-up data
    numbers = []
    connection = database.engine.raw_connection()
    cursor = connection.cursor()
    sqlite = database.engine.dialect.name == "sqlite"
    write = _insert if sqlite else _copy
    for first in range(0, tickets, AT_ONCE):
        batch = [_ticket(model, chance, index, now) for index in range(first, min(first + AT_ONCE, tickets))]
        numbers += [batch[0]["number"], batch[-1]["number"]]
        if sqlite:
            cursor.execute("BEGIN IMMEDIATE")
        for table, rows in _tables(batch, chance, "rowid" if sqlite else "place", first + 2).items():
            write(cursor, table, rows)
        connection.commit()
    if not sqlite:
        cursor.execute("ANALYZE")  # as autovacuum does soon after
        connection.commit()
    connection.close()
    return numbers


def _insert(cursor: Any, table: str, rows: Sequence[dict[str, Any]]) -> None:
    columns = list(rows[0])
    marks = ", ".join("?" * len(columns))
    values = [[_told(row[column]) for column in columns] for row in rows]
    cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)  # noqa: S608


def _copy(cursor: Any, table: str, rows: Sequence[dict[str, Any]]) -> None:
    columns = list(rows[0])
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        copy.write("".join("\t".join(_field(row[column]) for column in columns) + "\n" for row in rows))


def _field(value: Any) -> str:
    """A value as COPY reads it."""
    return "\\N" if value is None else str(value).replace("\\", "\\\\")


def _told(value: Any) -> Any:
    """An instant as SQLite keeps it."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


def _model(database: Database) -> dict[str, Any]:
    """A real ticket's row, of which the others are varied copies."""
    desk = TicketDesk(database)
    ticket = desk.open(evidence=PHOTOS)
    with database.read() as session:
        row = session.get_one(TicketRow, ticket.number)
        values = {column.key: getattr(row, column.key) for column in TicketRow.__table__.columns}
    documents = {name: json.dumps(value) for name, value in values.items() if isinstance(value, dict | list)}
    return values | documents


def _ticket(model: dict[str, Any], chance: random.Random, index: int, now: datetime) -> dict[str, Any]:
    state = chance.choices(list(STATES), list(STATES.values()))[0]
    open_ = state in OPEN
    created = now - timedelta(minutes=chance.randint(0, 30 * 24 * 60 if open_ else YEARS_3))
    shop = chance.choice(SHOPS)
    due = created + timedelta(hours=chance.randint(10, 900)) if open_ and chance.random() < 0.7 else None
    decided = None if open_ and state != "approved" else created + timedelta(hours=chance.randint(1, 300))
    return model | {
        "number": f"RD-{index:07X}",
        "draft_id": f"{index:x}",
        "conversation_id": f"bench{index}",
        "shop": shop,
        "issue": ISSUES[min(int(chance.expovariate(0.25)), len(ISSUES) - 1)],
        "rule": chance.choice(PACKS[shop].versions[-1].rows).id,
        "outcome": chance.choice(("qualifies", "referred", "awaiting_evidence", "declined")),
        "state": state,
        "order_number": f"OR{chance.randint(0, 900_000):06}",
        "email": f"buyer{chance.randint(0, 400_000)}@example.com",
        "due_at": due,
        "due_kind": "review" if due else None,
        "next_alarm_at": due,
        "open": open_,
        "flagged": chance.random() < 0.03,
        "assignee": f"person {chance.randint(0, 20)}" if chance.random() < 0.5 else None,
        "decided_at": decided,
        "decided_by": "somebody" if decided else None,
        "amount": chance.randint(100, 30_000) if state in ("approved", "settled") else None,
        "currency": "CNY",
        "rating": chance.randint(1, 5) if decided and chance.random() < 0.2 else None,
        "version": 2,
        "created_at": created,
        "updated_at": created,
    }


def _tables(
    batch: Sequence[dict[str, Any]], chance: random.Random, key: str, place: int
) -> dict[str, Sequence[dict[str, Any]]]:
    """The rows of every table; `place` is the batch's first in the search index, whose key is called `key`."""
    documents = []
    for at, _ in enumerate(batch, start=place):
        words = [*chance.sample(WORDS, 4), f"word{chance.randint(0, 200_000)}", "canvas"]
        documents.append({key: at, "terms": " ".join(words)})
    return {
        "conversations": [_conversation(one) for one in batch],
        "tickets": batch,
        "messages": [line for one in batch for line in _lines(one)],
        "ticket_events": [event for one in batch for event in _events(one)],
        "evidence": [_evidence(one) for one in batch[::2]],
        "search_documents": [{"place": at, "number": one["number"]} for at, one in enumerate(batch, start=place)],
        "ticket_search": documents,
    }


def _conversation(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": one["conversation_id"],
        "shop": one["shop"],
        "language": "en",
        "token_hash": one["number"],
        "client": "",
        "known": "{}",
        "mode": "bot",
        "draft": "{}",
        "last_ticket": one["number"],
        "version": 9,
        "created_at": one["created_at"],
        "updated_at": one["created_at"],
    }


def _lines(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for author, words in (("buyer", "a bag is missing"), ("bot", "What is your order number?"), ("buyer", "OR1")):
        yield {
            "conversation_id": one["conversation_id"],
            "author": author,
            "text": words,
            "answered": True,
            "created_at": one["created_at"],
        }


def _events(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for seq, (before, after) in enumerate(((None, "in_review"), ("in_review", one["state"])), start=1):
        yield {
            "ticket_number": one["number"],
            "seq": seq,
            "at": one["created_at"],
            "actor": "buyer",
            "kind": "moved",
            "from_state": before,
            "to_state": after,
            "reason": "",
            "details": "{}",
        }


def _evidence(one: dict[str, Any]) -> dict[str, Any]:
    key = "0" * 64 + ".jpg"
    return {
        "id": f"e{one['draft_id']}",
        "conversation_id": one["conversation_id"],
        "draft_id": one["draft_id"],
        "ticket_number": one["number"],
        "client_id": one["draft_id"],
        "kind": "photo_delivery_slip",
        "sha256": f"{hash(one['number']):x}",
        "bytes": 1,
        "media_type": "image/jpeg",
        "width": 1,
        "height": 1,
        "details": json.dumps({"quality": [], "view": key, "thumbnail": key}),
        "created_at": one["created_at"],
    }
