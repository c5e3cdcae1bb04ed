"""`make run`: sets up, trains, migrates, seeds, then runs the processes of the Procfile until Ctrl-C."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tools.leash import leashed
from tools.pythons import ROOT, Problem
from tools.setup import DIALOGUE, SERVICE, set_up

# What each port is, the setting that moves it, and where it is when nothing is set.
PORTS = (
    ("the public side", "REDRESS_PORT", 8000),
    ("the dialogue", "REDRESS_DIALOGUE_PORT", 5005),
    ("the actions", "REDRESS_ACTIONS_PORT", 5055),
)
OK = 200
SEEN = range(200, 400)  # the console first sends one to its log-in
# Those that can be seen are announced.
PAGES = (("a shop's page", "/demo/1688order"), ("the console", "/console"), ("the API", "/docs"))


def written_settings(file: Path) -> dict[str, str]:
    """What `file` (.env) sets: lines of NAME=value, quotes or `export` allowed, # for a comment; {} without it."""
    lines = file.read_text().splitlines() if file.exists() else []
    pairs = (line.removeprefix("export ").partition("=") for line in lines if not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, sign, value in pairs if sign}


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """`given` with every port set, and with the addresses by which the two processes find one another."""
    ports = {name: given.get(name) or str(default) for _, name, default in PORTS}
    dialogue, actions = ports["REDRESS_DIALOGUE_PORT"], ports["REDRESS_ACTIONS_PORT"]
    addresses = {
        "REDRESS_DIALOGUE_URL": f"http://127.0.0.1:{dialogue}",
        "REDRESS_ACTIONS_URL": f"http://127.0.0.1:{actions}/actions/webhook",
    }
    # Without bytecode every start of Rasa compiles TensorFlow again (10 s); the environments are ours, so write it.
    kept = {name: value for name, value in given.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"RASA_TELEMETRY_ENABLED": "false", **addresses, **kept, **ports}


def refuse_taken_ports(env: Mapping[str, str]) -> None:
    """Raises Problem that names each port of `env` that cannot be listened on, and how to choose another."""
    taken = []
    for what, name, _ in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", int(env[name])))
            except (OSError, ValueError, OverflowError) as error:
                reason = getattr(error, "strerror", None) or "not a port number"
                taken.append(f"port {env[name]} ({what}): {reason}. Choose another: {name}=<port> make run")
    if taken:
        raise Problem("\n".join(taken))


def prepare(env: Mapping[str, str]) -> None:
    """Brings the model, the database and the demo shops up to date. Raises Problem that names the failed step."""
    for step in (
        [str(DIALOGUE.python), "-m", "dialogue.train"],
        [str(SERVICE.folder / "bin" / "redress"), "migrate"],
        [str(SERVICE.folder / "bin" / "redress"), "seed-demo"],
    ):
        if subprocess.run(step, cwd=ROOT, env=env, check=False).returncode:
            raise Problem(f"{' '.join(step[-2:])} failed; its words are above.")


def serve(env: Mapping[str, str]) -> int:
    """Runs the Procfile until a signal or until one of its processes ends; says when the desk is ready.

    Returns the exit code: 0 when it was asked to stop, 1 when a process ended by itself.
    """
    asked: list[int] = []  # the signals that asked to stop
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: asked.append(received))
    parent = os.getppid()
    # honcho stands in a session of its own, so that a Ctrl-C reaches it once, from here, and not twice.
    command = leashed(str(SERVICE.python), "-m", "tools.processes")
    honcho = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)
    # Before it has heard of every process it started, honcho cannot stop them.
    stoppable = time.monotonic() + 1
    announced = told = False
    while honcho.poll() is None:
        if os.getppid() != parent:  # make was killed outright: stay for nobody
            asked.append(signal.SIGTERM)
        if asked and not told and time.monotonic() > stoppable:
            honcho.terminate()
            told = True
        elif not asked and not announced and _status(env, "/readyz") == OK:
            _announce(env)
            announced = True
        time.sleep(0.3)
    if not asked:
        print("\nA process ended by itself, and the other was stopped; its lines above say why.", file=sys.stderr)
    return 0 if asked else 1


def _announce(env: Mapping[str, str]) -> None:
    pages = [f"  {what:<14} {_url(env)}{path}" for what, path in PAGES if _status(env, path) in SEEN]
    chat = "  in a terminal  .venv/bin/redress chat 1688order"
    print("\n".join(["", "Redress is ready. Ctrl-C stops it.", *pages, chat, ""]), flush=True)


def _url(env: Mapping[str, str]) -> str:
    everywhere = ("", "0.0.0.0", "::")  # noqa: S104 - read here, not listened on
    host = env.get("REDRESS_HOST", "")
    return f"http://{'127.0.0.1' if host in everywhere else host}:{env['REDRESS_PORT']}"


def _status(env: Mapping[str, str], path: str) -> int:
    """The HTTP status that the public side answers, 0 where nothing does."""
    connection = http.client.HTTPConnection(_url(env).partition("//")[2], timeout=2)  # asks no proxy
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def main() -> int:
    """Everything `make run` does; the exit code says whether it went well."""
    env = environment({**written_settings(ROOT / ".env"), **os.environ})
    try:
        refuse_taken_ports(env)
        set_up()
        prepare(env)
        return serve(env)
    except Problem as problem:
        print(f"\nmake run: {problem}", file=sys.stderr)
    except KeyboardInterrupt:  # during set-up: what was half-built is rebuilt at the next start
        print("\nStopped.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
