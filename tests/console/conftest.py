"""A console on a database of its own, served on a loopback port, without the dialogue process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from redress.bootstrap import Parts, assemble
from redress.settings import Settings
from redress.store.migrate import migrate
from redress.web.app import make_app
from tests.console.people import Person
from tests.ticketing import TicketDesk


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """A desk on SQLite in a folder of its own, shared: tests make tickets and people of their own."""
    folder = tmp_path_factory.mktemp("console")
    settings = Settings(
        database_url=f"sqlite:///{folder / 'redress.db'}",
        evidence_dir=folder / "evidence",
        _env_file=None,
    )
    made = assemble(settings)
    migrate(made.database.engine)
    return made


@pytest.fixture(scope="session")
def url(parts: Parts) -> Iterator[str]:
    """Where the desk is served."""
    with served(make_app(parts)) as address:
        yield address


@pytest.fixture
def browser(url: str) -> Iterator[httpx.Client]:
    """A browser that has not signed in."""
    with httpx.Client(base_url=url, trust_env=False) as client:
        yield client


@pytest.fixture
def tickets(parts: Parts) -> TicketDesk:
    """The desk's tickets, opened without a conversation."""
    desk = TicketDesk(parts.database)
    desk.clock.at = parts.clock()
    return desk


@pytest.fixture(scope="session")
def rosa(url: str, parts: Parts) -> Iterator[Person]:
    """A reviewer."""
    with Person(url, parts) as person:
        yield person


@pytest.fixture(scope="session")
def lena(url: str, parts: Parts) -> Iterator[Person]:
    """A lead."""
    with Person(url, parts, "lena", "lead") as person:
        yield person


@pytest.fixture(scope="session")
def ada(url: str, parts: Parts) -> Iterator[Person]:
    """An admin."""
    with Person(url, parts, "ada", "admin") as person:
        yield person


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application on a free loopback port, in a thread."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
