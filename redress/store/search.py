"""Free-text search of tickets: SQLite's FTS5 or PostgreSQL's tsvector, over the same terms, which are made here.

The index is derived data and no part of the migrations: `migrate` creates it where it is missing and fills it with the
tickets that it lacks.
"""

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import (
    ARRAY,
    Engine,
    Text,
    cast,
    column,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from redress.store.console_tables import SearchRow
from redress.store.tables import MessageRow, TicketEventRow, TicketRow

_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS ticket_search"
    " USING fts5(terms, detail = none, tokenize = 'unicode61 remove_diacritics 0')",
)
_POSTGRESQL = (
    "CREATE TABLE IF NOT EXISTS ticket_search (place bigint PRIMARY KEY, terms tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS ix_ticket_search_terms ON ticket_search USING gin (terms)",
)
INDEX = table("ticket_search", column("rowid"), column("place"), column("terms"))
FILL_AT_ONCE = 500
MOST_TERMS = 2000  # of one ticket
MOST_ASKED = 20  # of one search
NEAR = 20_000  # documents
LONGEST_TERM = 40
WORD = re.compile(r"[^\W_]+")
# Chinese, Japanese and Korean are written without spaces: their terms are pairs of neighbouring characters
UNSPACED = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+)")


def terms(written: str) -> list[str]:
    """The terms of a text, in order: words without case and accents, and the pairs of unspaced scripts."""
    folded = unicodedata.normalize("NFKD", written.casefold())
    plain = unicodedata.normalize("NFC", "".join(char for char in folded if not unicodedata.combining(char)))
    return [term for word in WORD.findall(plain) for term in _parts(word)]


def create_index(engine: Engine) -> None:
    """Make the index where it is missing, and take in the tickets that are not in it."""
    statements = _SQLITE if engine.dialect.name == "sqlite" else _POSTGRESQL
    with Session(engine.execution_options(write=True)) as session, session.begin():
        for statement in statements:
            session.execute(text(statement))
    lacking = (
        select(TicketRow.number)
        .where(~exists().where(SearchRow.number == TicketRow.number))
        .order_by(TicketRow.created_at, TicketRow.number)
        .limit(FILL_AT_ONCE)
    )
    while True:
        with Session(engine.execution_options(write=True)) as session, session.begin():
            numbers = session.scalars(lacking).all()
            for number in numbers:
                index_ticket(session, number)
        if not numbers:
            return


def index_ticket(session: Session, number: str) -> None:
    """Bring the index up to date for one ticket, within the session's transaction: call it after each change."""
    session.flush()
    row = session.get_one(TicketRow, number)
    kept = list(dict.fromkeys(terms(" ".join(_words(session, row)))))[:MOST_TERMS]
    place = _place(session, number)
    if place is None:
        added = SearchRow(number=number)
        session.add(added)
        session.flush()
        place = added.place
    else:
        session.execute(delete(INDEX).where(INDEX.c[_key(session)] == place))
    if _is_sqlite(session):
        session.execute(insert(INDEX).values(rowid=place, terms=" ".join(kept)))
    else:
        session.execute(insert(INDEX).values(place=place, terms=func.array_to_tsvector(cast(kept, ARRAY(Text)))))


def forget(session: Session, number: str) -> None:
    """Take a ticket out of the index."""
    place = _place(session, number)
    if place is not None:
        session.execute(delete(INDEX).where(INDEX.c[_key(session)] == place))
        session.execute(delete(SearchRow).where(SearchRow.place == place))


def compact(session: Session) -> None:
    """Take what was forgotten out of the index's own pages as well: FTS5 only marks it until its parts are merged."""
    if _is_sqlite(session):
        session.execute(text("INSERT INTO ticket_search (ticket_search) VALUES ('optimize')"))


def places(session: Session, wanted: str, before: int | None, at_most: int) -> list[int]:
    """The places of documents that have every term of `wanted`, the latest first, those before a place where given.
    A text without terms finds nothing."""
    asked = list(dict.fromkeys(terms(wanted)))[:MOST_ASKED]
    if not asked:
        return []
    place = INDEX.c[_key(session)]
    if _is_sqlite(session):
        quoted = " AND ".join(f'"{term}"' for term in asked)
        matching = literal_column(INDEX.name).op("MATCH", is_comparison=True)(quoted)
        latest = select(place).where(matching, place < before if before else true())
        return list(session.scalars(latest.order_by(place.desc()).limit(at_most)))
    quoted = " & ".join(f"'{term}'" for term in asked)
    matching = INDEX.c.terms.op("@@", is_comparison=True)(cast(quoted, TSQUERY))
    # PostgreSQL cannot tell how rare a term is. A frequent one is soon found from the end of the table; one that is
    # not there is rare, so that all of its documents can be looked up in the index and sorted.
    before = before or (session.scalar(select(func.max(place))) or 0) + 1
    near = select(place).where(matching, place < before, place >= before - NEAR).order_by(place.desc()).limit(at_most)
    found = list(session.scalars(near))
    if len(found) < at_most and before > NEAR:
        by_index = (place + 0).desc()  # an order that the table's own does not give
        rest = select(place).where(matching, place < before - NEAR).order_by(by_index).limit(at_most - len(found))
        found += session.scalars(rest)
    return found


def _words(session: Session, row: TicketRow) -> Iterable[str]:
    """What buyer and desk wrote about a claim, and what the order's lines are called."""
    yield row.number
    yield row.order_number
    yield from (str(item.get("title") or item["sku"]) for item in row.claim["order"]["items"])
    yield from map(str, row.texts.values())
    yield row.appeal_reason or ""
    lines = select(MessageRow.text).where(
        MessageRow.conversation_id == row.conversation_id, MessageRow.author == "buyer"
    )
    yield from session.scalars(lines.order_by(MessageRow.id))
    yield from session.scalars(select(TicketEventRow.reason).where(TicketEventRow.ticket_number == row.number))


def _parts(word: str) -> Iterable[str]:
    for part in UNSPACED.split(word):
        if UNSPACED.fullmatch(part) and len(part) > 1:
            yield from (part[start : start + 2] for start in range(len(part) - 1))
        elif part:
            yield part[:LONGEST_TERM]


def _place(session: Session, number: str) -> int | None:
    return session.scalar(select(SearchRow.place).where(SearchRow.number == number))


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _key(session: Session) -> str:
    return "rowid" if _is_sqlite(session) else "place"
