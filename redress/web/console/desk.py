"""What the console's pages need, put together once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from redress.bootstrap import Parts
from redress.store.accounts import Accounts
from redress.store.audit import AuditLog
from redress.store.case_files import CaseFiles
from redress.store.figures import Figures
from redress.store.handover import Handover
from redress.store.learning import Misunderstood
from redress.store.queue import Queue
from redress.web.console.sources import Sources


@dataclass(frozen=True)
class ConsoleDesk:
    """The desk's parts and the console's own stores."""

    parts: Parts
    accounts: Accounts
    audit: AuditLog
    queue: Queue
    files: CaseFiles
    handover: Handover
    misunderstood: Misunderstood
    figures: Figures
    sources: Sources
    clock: Callable[[], datetime]


def put_together(parts: Parts) -> ConsoleDesk:
    """The console's side of a desk."""
    database = parts.database
    return ConsoleDesk(
        parts=parts,
        accounts=Accounts(database),
        audit=AuditLog(database),
        queue=Queue(database),
        files=CaseFiles(database),
        handover=Handover(database),
        misunderstood=Misunderstood(database),
        figures=Figures(database),
        sources=Sources(parts.settings.sources_dir),
        clock=parts.clock,
    )


def desk_of(request: Request) -> ConsoleDesk:
    """The desk that a request came to."""
    desk = request.app.state.desk
    assert isinstance(desk, ConsoleDesk)
    return desk
