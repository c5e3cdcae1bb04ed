"""The audit log: who looked at which buyer's data, and who did what in the console."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from redress.store.console_tables import AuditRow
from redress.store.database import Database

PAGE = 100


@dataclass(frozen=True)
class Entry:
    """One line of the log. `subject` is a ticket's number, a conversation's id or an account's name."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]


class AuditLog:
    """Lines are only ever added. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, actor: str, action: str, subject: str, at: datetime, **detail: Any) -> None:
        """Write one line."""
        with self._database.write() as session:
            session.add(AuditRow(at=at, actor=actor, action=action, subject=subject, detail=detail))

    def entries(
        self, *, actor: str | None = None, subject: str | None = None, before: int | None = None
    ) -> Sequence[Entry]:
        """At most PAGE lines, the newest first, older than the one with id `before`."""
        wanted = select(AuditRow).order_by(AuditRow.id.desc()).limit(PAGE)
        if actor:
            wanted = wanted.where(AuditRow.actor == actor)
        if subject:
            wanted = wanted.where(AuditRow.subject == subject)
        if before:
            wanted = wanted.where(AuditRow.id < before)
        with self._database.read() as session:
            return [
                Entry(row.id, row.at, row.actor, row.action, row.subject, row.detail) for row in session.scalars(wanted)
            ]
