"""Made-up tickets by the million, written straight into the tables."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Index, inspect

from redress.policy.vocabulary import ISSUES
from redress.store.database import Database
from redress.store.likeness import parts
from redress.store.tables import Base, TicketRow
from tests.ticketing import PACKS, PHOTOS, TicketDesk

AT_ONCE = 5000
REVIEWERS = ("bench", *(f"person {place}" for place in range(20)))  # the first is who asks for the pages
SHOPS = tuple(PACKS)
# how many of a thousand tickets stand where, and whether somebody has still to do with them
STATES = {
    **{"in_review": 25, "awaiting_evidence": 15, "approved": 7, "appealed": 3},
    **{"settled": 600, "declined": 250, "withdrawn": 50, "expired": 50},
}
OPEN = ("in_review", "awaiting_evidence", "approved", "appealed")
LINES = 3  # of each conversation
WORDS = ("bag", "shoes", "parcel", "missing", "broken", "zip", "colour", "refund", "late", "size", "torn", "scratch",
         "lamp", "charger", "cable", "button", "lid", "glass", "strap", "sole")  # fmt: skip
MODES = {1: "waiting", 2: "person"}  # of some conversations in 20,000
YEARS_3 = 3 * 365 * 24 * 60


def fill(database: Database, tickets: int, now: datetime) -> None:
    """Write so many tickets, each with its conversation, lines, history, evidence, search terms and what was sent."""
    model = _model(database)
    chance = random.Random(1)  # noqa: S311  made-up data
    sqlite = database.engine.dialect.name == "sqlite"
    write = _insert if sqlite else _copy
    with database.engine.connect() as connection:
        indexes = _drop_indexes(connection)
        raw = connection.connection.dbapi_connection
        assert raw is not None
        cursor = raw.cursor()
        if sqlite:
            connection.rollback()
            for pragma in ("synchronous = OFF", "cache_size = -500000", "temp_store = MEMORY", "secure_delete = OFF"):
                cursor.execute(f"PRAGMA {pragma}")
        for first in range(0, tickets, AT_ONCE):
            batch = [_ticket(model, chance, index, now) for index in range(first, min(first + AT_ONCE, tickets))]
            if sqlite:
                cursor.execute("BEGIN IMMEDIATE")
            for table, rows in _tables(batch, chance, "rowid" if sqlite else "place", first + 2).items():
                write(cursor, table, rows)
            raw.commit()
        for index in indexes:
            index.create(connection)
        connection.commit()
        if not sqlite:
            cursor.execute("ANALYZE")  # as autovacuum does soon after
            raw.commit()
        connection.invalidate()  # its settings are for filling alone


def number(index: int) -> str:
    """The number of the so manieth ticket."""
    return f"RD-{index:07X}"


def _drop_indexes(connection: Connection) -> list[Index]:
    """Take the indexes away that are quicker made at the end, by sorting once."""
    there = {table: {one["name"] for one in inspect(connection).get_indexes(table)} for table in Base.metadata.tables}
    found = [
        index for name, table in Base.metadata.tables.items() for index in table.indexes if index.name in there[name]
    ]
    for index in found:
        index.drop(connection)
    connection.commit()
    return found


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
    """An instant, which is in UTC, as SQLite keeps it."""
    return value.replace(tzinfo=None).isoformat(" ", "microseconds") if isinstance(value, datetime) else value


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
        "number": number(index),
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
        "assignee": chance.choice(REVIEWERS) if chance.random() < 0.5 else None,
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
        "messages": [line for at, one in enumerate(batch, start=place - 2) for line in _lines(one, at * LINES)],
        "misunderstood": [_missed(at * LINES + 1) for at, _ in enumerate(batch[::5], start=place - 2)],
        "ticket_events": [event for one in batch for event in _events(one)],
        "evidence": (evidence := [_evidence(one, chance) for one in batch[::2]]),
        "likeness": [part for piece in evidence for part in _parts(piece)],
        "alike": [pair for one, other in pairwise(evidence[::10]) for pair in _pair(one, other)],
        "outbox": [_sent(one) for one in batch],
        "audit_log": [look for one in batch for look in _looks(one, chance)],
        "search_documents": [{"place": at, "number": one["number"]} for at, one in enumerate(batch, start=place)],
        "ticket_search": documents,
    }


def _conversation(one: dict[str, Any]) -> dict[str, Any]:
    index = int(one["draft_id"], 16)
    return {
        "id": one["conversation_id"],
        "shop": one["shop"],
        "language": "en",
        "token_hash": one["number"],
        "client": "",
        "known": "{}",
        "mode": MODES.get(index % 20_000, "bot"),
        "held_by": REVIEWERS[0] if MODES.get(index % 20_000) == "person" else None,
        "waiting_since": one["created_at"] if MODES.get(index % 20_000) == "waiting" else None,
        "draft": "{}",
        "last_ticket": one["number"],
        "version": 9,
        "created_at": one["created_at"],
        "updated_at": one["created_at"],
    }


def _lines(one: dict[str, Any], first: int) -> Iterator[dict[str, Any]]:
    said = (("buyer", "a bag is missing"), ("bot", "What is your order number?"), ("buyer", "OR1"))
    for id_, (author, words) in enumerate(said, start=first + 1):
        yield {
            "id": id_,
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


def _evidence(one: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    key, fingerprint = "0" * 64 + ".jpg", f"{chance.getrandbits(128):032x}"
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
        "details": json.dumps({"quality": [], "view": key, "thumbnail": key, "phash": fingerprint}),
        "created_at": one["created_at"],
    }


def _parts(piece: dict[str, Any]) -> Iterator[dict[str, Any]]:
    fingerprint = json.loads(piece["details"])["phash"]
    for part in parts(fingerprint):
        yield {"part": part, "evidence_id": piece["id"], "fingerprint": fingerprint}


def _pair(one: dict[str, Any], other: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for first, second in ((one, other), (other, one)):
        yield {"evidence_id": first["id"], "other_id": second["id"]}


def _missed(message_id: int) -> dict[str, Any]:
    return {"message_id": message_id, "guesses": '[["claim", 0.4], ["ask_policy", 0.2]]', "label": None}


def _sent(one: dict[str, Any]) -> dict[str, Any]:
    """What was told the shop of a ticket; one in a thousand never arrived."""
    index = int(one["draft_id"], 16)
    return {
        "channel": "webhook",
        "stream": f"webhook:{one['number']}",
        "key": f"{one['number']}:1",
        "ticket_number": one["number"],
        "body": "{}",
        "state": "sent" if index % 1000 else "dead",
        "tries": 1,
        "due_at": one["created_at"],
        "created_at": one["created_at"],
        "updated_at": one["created_at"],
    }


def _looks(one: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    for action in ("looked at a ticket", one["state"]):
        yield {
            "at": one["created_at"],
            "actor": chance.choice(REVIEWERS),
            "action": action,
            "subject": one["number"],
            "detail": "{}",
        }
