"""What the bot did not understand, what a person made of it, and the examples that come of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, select

from redress.store.console_tables import MisunderstoodRow
from redress.store.database import Database
from redress.store.errors import NotFound
from redress.store.tables import ConversationRow, MessageRow

PAGE = 50
MOST_GUESSES = 5


@dataclass(frozen=True)
class Missed:
    """A line that was not understood: its words, the bot's guesses (best first), and its label once it has one."""

    message_id: int
    conversation_id: str
    shop: str
    language: str
    text: str
    at: datetime
    guesses: tuple[tuple[str, float], ...]
    label: str | None


class Misunderstood:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, message_id: int, guesses: Sequence[tuple[str, float]]) -> None:
        """Keep that a line was not understood; once, however often it is told."""
        with self._database.write() as session:
            if session.get(MisunderstoodRow, message_id) is None:
                best = [[name, round(confidence, 4)] for name, confidence in guesses[:MOST_GUESSES]]
                session.add(MisunderstoodRow(message_id=message_id, guesses=best))

    def open(self, before: int | None = None) -> tuple[Sequence[Missed], int | None]:
        """Lines that nobody has looked at, the newest first, and the id before which the next page begins."""
        wanted = _joined().where(MisunderstoodRow.labelled_at.is_(None))
        if before:
            wanted = wanted.where(MisunderstoodRow.message_id < before)
        with self._database.read() as session:
            ordered = wanted.order_by(MisunderstoodRow.message_id.desc()).limit(PAGE + 1)
            found = [_missed(row) for row in session.execute(ordered)]
        return found[:PAGE], found[PAGE - 1].message_id if len(found) > PAGE else None

    def label(self, message_id: int, label: str | None, person: str, at: datetime) -> None:
        """Say what a line meant (an intent), or with None that it teaches nothing."""
        with self._database.write() as session:
            row = session.get(MisunderstoodRow, message_id)
            if row is None:
                raise NotFound("There is no such line.")
            row.label, row.labelled_by, row.labelled_at = label, person, at

    def labelled(self) -> Iterator[Missed]:
        """Lines with a label, the oldest first."""
        wanted = _joined().where(MisunderstoodRow.label.is_not(None)).order_by(MisunderstoodRow.message_id)
        with self._database.read() as session:
            yield from [_missed(row) for row in session.execute(wanted)]


def _joined() -> Select[MisunderstoodRow, MessageRow, str, str]:
    return (
        select(MisunderstoodRow, MessageRow, ConversationRow.shop, ConversationRow.language)
        .join(MessageRow, MessageRow.id == MisunderstoodRow.message_id)
        .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
    )


def _missed(joined: Row[MisunderstoodRow, MessageRow, str, str]) -> Missed:
    row, message, shop, language = joined
    guesses = tuple((str(name), float(confidence)) for name, confidence in row.guesses)
    return Missed(
        row.message_id,
        message.conversation_id,
        shop,
        language,
        message.text,
        message.created_at,
        guesses,
        row.label,
    )
