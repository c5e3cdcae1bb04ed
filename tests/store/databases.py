"""Databases for tests: SQLite in a file, and a PostgreSQL of the tests' own from the machine's binaries."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from tests.desk import free_ports

DEBIAN = Path("/usr/lib/postgresql")


class Postgres:
    """A PostgreSQL server on a free loopback port, its data in `folder`. `fresh` makes a database in it."""

    def __init__(self, bin_: Path, folder: Path) -> None:
        self._bin, self._data, self._folder = bin_, folder / "data", folder
        self._port = free_ports(1)[0]
        # its server refuses to run as root
        self._user = "postgres" if os.getuid() == 0 else None

    def start(self) -> None:
        """Make the cluster and start it. No fsync: it lives as long as the tests."""
        if self._user:
            shutil.chown(self._folder, self._user)
        self._run(
            "initdb", "-D", str(self._data), "-U", "redress", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        options = f"-h 127.0.0.1 -p {self._port} -k {self._folder} -c fsync=off -c full_page_writes=off"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", str(self._data), "-w", "-t", "60", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """Stop it at once."""
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")

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

    def _run(self, program: str, *arguments: str) -> None:
        user = {"user": self._user, "group": pwd.getpwnam(self._user).pw_gid, "extra_groups": []} if self._user else {}
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            [str(self._bin / program), *arguments],
            cwd=self._folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            **user,  # type: ignore[call-overload]
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}")


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
        if (folder / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
