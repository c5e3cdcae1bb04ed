"""The whole desk as a test sees it: two real processes on free ports, with a database and an evidence folder apart."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType

import httpx

from tools.leash import leashed
from tools.pythons import ROOT
from tools.run import PORTS, environment
from tools.setup import SERVICE

START_SECONDS = 120
STOP_SECONDS = 10


class Desk:
    """Starts in `with`, stops at its end, even where a start failed half-way.

    - `url`: the public side; `client`: an httpx.Client on it
    - `env`: the environment of every process and command of this desk
    - `folder`: where the database, the evidence and the processes' logs lie
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        """A desk not started yet; `settings` (REDRESS_…) go before those it chooses itself."""
        self.folder = folder
        others = {key: value for key, value in os.environ.items() if not key.startswith("REDRESS_")}
        own = {
            "REDRESS_DATABASE_URL": f"sqlite:///{folder / 'redress.db'}",
            "REDRESS_EVIDENCE_DIR": str(folder / "evidence"),
            "REDRESS_SECRET": secrets.token_hex(32),
        }
        names = [name for _, name, _ in PORTS]
        ports = dict(zip(names, map(str, free_ports(len(names))), strict=True))
        self.env = environment({**others, **own, **ports, **settings})
        self.url = f"http://127.0.0.1:{self.env['REDRESS_PORT']}"
        self.client = httpx.Client(base_url=self.url, timeout=30, trust_env=False)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._end = ExitStack()

    def __enter__(self) -> Desk:
        with ExitStack() as undo:
            undo.callback(self.client.close)
            undo.callback(self._stop, "dialogue")
            undo.callback(self._stop, "service")
            for command in ("migrate", "seed-demo"):
                done = self.redress(command)
                if done.returncode:
                    raise RuntimeError(f"redress {command} failed\n{done.stderr}")
            self._launch("dialogue")  # it takes longest to start, so the service starts meanwhile
            self.start_service()
            self._end = undo.pop_all()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._end.close()

    def redress(self, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """Runs `redress …` on this desk's database; returns what it printed and its exit code."""
        command = [str(SERVICE.folder / "bin" / "redress"), *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.env, input=stdin, capture_output=True, text=True, timeout=120, check=False
        )

    def start_service(self) -> None:
        """Starts the service and waits until the whole desk is ready."""
        self._launch("service")
        self._wait("service", f"{self.url}/readyz")

    def restart_service(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stops the service (SIGKILL: as a power cut would) and starts it again."""
        self._stop("service", how)
        self.start_service()

    def start_dialogue(self) -> None:
        """Starts the dialogue process and waits until it answers."""
        self._launch("dialogue")
        self._wait("dialogue", self.env["REDRESS_DIALOGUE_URL"])

    def kill_dialogue(self) -> None:
        """Kills the dialogue process as a power cut would; its trackers are gone."""
        self._stop("dialogue", signal.SIGKILL)

    @contextmanager
    def dialogue_down(self) -> Iterator[None]:
        """Kills the dialogue process for the length of a `with`; it runs again afterwards, whatever happened."""
        self.kill_dialogue()
        try:
            yield
        finally:
            self.start_dialogue()

    @contextmanager
    def service_down(self) -> Iterator[None]:
        """Stops the service for the length of a `with`; the desk is ready again afterwards, whatever happened."""
        self._stop("service")
        try:
            yield
        finally:
            self.start_service()

    def log(self, name: str) -> str:
        """What the process `name` ("service", "dialogue") has printed so far."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def _launch(self, name: str) -> None:
        if name in self._running:
            return
        # As the Procfile starts them, so that what is tested is what runs.
        lines = (line.partition(": ") for line in (ROOT / "Procfile").read_text().splitlines())
        command = {process: words.split() for process, _, words in lines}[name]
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                leashed(*command),
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _wait(self, name: str, address: str) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._running[name].poll() is None:
            with suppress(httpx.TransportError):
                if httpx.get(address, timeout=5, trust_env=False).status_code == httpx.codes.OK:
                    return
            time.sleep(0.2)
        logs = "\n".join(f"--- {process}\n{self.log(process)[-3000:]}" for process in self._running)
        raise RuntimeError(f"the {name} process is not ready at {address}\n{logs}")

    def _stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> None:
        process = self._running.pop(name, None)
        if process is None:
            return
        for received in (how, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, received)
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)


def free_ports(count: int) -> list[int]:
    """As many loopback ports that nothing listens on."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
