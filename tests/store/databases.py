"""Databases for tests: SQLite in a file, and a PostgreSQL of the tests' own from the machine's binaries."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from tests.desk import free_ports
from tools.leash import PR_SET_PDEATHSIG

DEBIAN = Path("/usr/lib/postgresql")


class Postgres:
    """A PostgreSQL server on a free loopback port, its data in `folder`. `fresh` makes a database in it."""

    def __init__(self, bin_: Path, folder: Path) -> None:
        self._bin, self._data, self._folder = bin_, folder / "data", folder
        self._port = free_ports(1)[0]
        # its server refuses to run as root
        self._user = "postgres" if os.getuid() == 0 else None
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster and start it. No fsync: it lives as long as the tests."""
        if self._user:
            shutil.chown(self._folder, self._user)
        self._run(
            "initdb", "-D", str(self._data), "-U", "redress", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        settings = ["fsync=off", "full_page_writes=off", "listen_addresses=127.0.0.1", f"port={self._port}"]
        settings.append(f"unix_socket_directories={self._folder}")
        with (self._folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [str(self._bin / "postgres"), "-D", str(self._data), *(f"--{one}" for one in settings)],
                preexec_fn=_die_with_the_tests,
                stdout=log,
                stderr=log,
                **self._as_its_user(),
            )
        self._run("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self._port), tries=300)

    def stop(self) -> None:
        """Stop it at once."""
        if self._server:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait()

    def fresh(self) -> str:
        """The URL of a new, empty database."""
        name = f"t{uuid.uuid4().hex}"
        engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self._url(name).render_as_string()

    def _url(self, database: str) -> URL:
        return URL.create(
            "postgresql+psycopg", username="redress", host="127.0.0.1", port=self._port, database=database
        )

    def _run(self, program: str, *arguments: str, tries: int = 1) -> None:
        for _ in range(tries):
            command = [str(self._bin / program), *arguments]
            done = subprocess.run(command, capture_output=True, text=True, check=False, **self._as_its_user())
            if not done.returncode:
                return
            time.sleep(0.1)
        raise RuntimeError(f"{program} failed: {done.stderr}")

    def _as_its_user(self) -> dict[str, Any]:
        user = {"user": self._user, "group": pwd.getpwnam(self._user).pw_gid, "extra_groups": []} if self._user else {}
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        return {"cwd": self._folder, "env": environment, "stdin": subprocess.DEVNULL, **user}


def _die_with_the_tests() -> None:
    """Have the server end when the tests do, however they end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server's programs, or None."""
    found = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("postgres")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A running server, stopped and removed at the end. FileNotFoundError where the machine has no PostgreSQL."""
    bin_ = binaries()
    if bin_ is None:
        raise FileNotFoundError("no PostgreSQL here (Debian: apt-get install postgresql)")
    # a short path, for the name of a socket is limited, and one that user postgres can reach, as root's folders are not
    folder = Path("/var/tmp") / f"redress-{uuid.uuid4().hex[:8]}"
    folder.mkdir(mode=0o755)
    server = Postgres(bin_, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
