"""Sessions on the database: those that read, and those whose changes are committed whole or not at all."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Engine
from sqlalchemy.orm import Session


class Database:
    """One database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(write=True)
        # SQLite has one writer, and whom it turns away sleeps before asking again, longer each time: in one process
        # they wait here, where the next one goes on at once
        self._turn: AbstractContextManager[object] = (
            threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are committed at its end, or all undone."""
        with self._turn, Session(self._writing) as session, session.begin():
            yield session
