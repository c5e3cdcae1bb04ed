"""A console on a database of its own, served on a loopback port, without the dialogue process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from redress.bootstrap import Parts, assemble
from redress.settings import Settings
from redress.store.migrate import migrate
from redress.web.app import make_app


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """A desk on SQLite in a folder of its own."""
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'redress.db'}",
        evidence_dir=tmp_path / "evidence",
        _env_file=None,  # type: ignore[call-arg]
    )
    made = assemble(settings)
    migrate(made.database.engine)
    return made


@pytest.fixture
def url(parts: Parts) -> Iterator[str]:
    """Where the desk is served."""
    with served(make_app(parts)) as address:
        yield address


@pytest.fixture
def browser(url: str) -> Iterator[httpx.Client]:
    """A browser that has not signed in."""
    with httpx.Client(base_url=url, trust_env=False) as client:
        yield client


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
