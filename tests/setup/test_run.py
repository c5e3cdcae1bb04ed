"""`make run` from outside: what it refuses, what it prepares, how it stops."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import free_ports
from tools.pythons import ROOT, Problem
from tools.run import PORTS, environment, refuse_taken_ports, written_settings

pytestmark = pytest.mark.timeout(90)  # a start that never gets ready would be waited for

# Stands in for every program that a start calls: keeps a diary, and as a server serves until it is stopped.
PROGRAM = """#!{python}
import http.server, os, sys, time
words = [os.path.basename(sys.argv[0]), *sys.argv[1:]]
with open({diary!r}, "a") as diary:
    print(*words, file=diary)
if os.environ.get("FAIL") in words:
    sys.exit("it failed")
if words[-1].endswith("serve"):
    with open({pids!r}, "a") as pids:
        print(os.getpid(), file=pids)
if words[-1] == "serve":
    class Ready(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
        def log_message(self, *_):
            pass
    http.server.HTTPServer(("127.0.0.1", int(os.environ["REDRESS_PORT"])), Ready).serve_forever()
if words[-1] == "dialogue.serve":
    time.sleep(float(os.environ.get("DIALOGUE_LASTS", "600")))
"""


def test_each_process_is_told_where_the_other_is() -> None:
    env = environment({"REDRESS_DIALOGUE_PORT": "6005", "REDRESS_ACTIONS_PORT": "6055"})
    assert env["REDRESS_DIALOGUE_URL"] == "http://127.0.0.1:6005"
    assert env["REDRESS_ACTIONS_URL"] == "http://127.0.0.1:6055/actions/webhook"
    assert env["REDRESS_PORT"] == "8000"
    assert env["RASA_TELEMETRY_ENABLED"] == "false"


@pytest.mark.parametrize(("what", "setting"), [(what, setting) for what, setting, _ in PORTS])
def test_a_port_in_use_is_named_with_the_setting_that_moves_it(what: str, setting: str) -> None:
    ports = dict(zip([name for _, name, _ in PORTS], map(str, free_ports(3)), strict=True))
    refuse_taken_ports(environment(ports))
    with socket.create_server(("127.0.0.1", int(ports[setting]))), pytest.raises(Problem) as refused:
        refuse_taken_ports(environment(ports))
    assert f"port {ports[setting]} ({what})" in str(refused.value)
    assert f"{setting}=" in str(refused.value)


@pytest.mark.parametrize("port", ["eighty", "70000", "-1"])
def test_what_is_no_port_is_refused(port: str) -> None:
    with pytest.raises(Problem, match="not a port number"):
        refuse_taken_ports(environment({"REDRESS_PORT": port}))


def test_settings_of_the_env_file_are_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "# ports\nREDRESS_PORT=8100\nexport REDRESS_SECRET='a=b c'\n\n#REDRESS_HOST=x\nword\n"
    )
    assert written_settings(tmp_path / ".env") == {"REDRESS_PORT": "8100", "REDRESS_SECRET": "a=b c"}
    assert written_settings(tmp_path / "none") == {}


class Start:
    """A start of a project whose programs are stand-ins, on free ports."""

    def __init__(self, folder: Path) -> None:
        self.root, self.diary, self.pids = folder / "the clone", folder / "diary", folder / "pids"
        shutil.copytree(ROOT / "tools", self.root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "Procfile", self.root)
        # Set-up is what test_setup.py is about; here it has nothing to do.
        with (self.root / "tools" / "setup.py").open("a") as module:
            module.write("\n\ndef set_up() -> None: ...\n")
        self.program(".venv/bin/redress", PROGRAM)
        self.program("dialogue/.venv/bin/python", PROGRAM)
        self.program(".venv/bin/python", '#!/bin/sh\nexec "{python}" "$@"\n')  # for honcho, which is the real one
        self.ports = dict(zip([name for _, name, _ in PORTS], map(str, free_ports(3)), strict=True))
        self.process: subprocess.Popen[str] | None = None

    def program(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text.format(python=sys.executable, diary=str(self.diary), pids=str(self.pids)))
        (self.root / path).chmod(0o755)

    def begin(self, **environment: str) -> subprocess.Popen[str]:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "tools.run"],
            cwd=self.root,
            env={**os.environ, **self.ports, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        return self.process

    def ready(self) -> list[str]:
        """The lines until the desk says that it is ready."""
        assert self.process
        assert self.process.stdout
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if "is ready" in line:
                return lines
        raise AssertionError("".join(lines))

    def running(self) -> int:
        """How many of the two processes run."""
        pids = self.pids.read_text().split() if self.pids.exists() else []
        return sum(alive(int(pid)) for pid in pids)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A start that is ended after the test, whatever happened."""
    start = Start(tmp_path)
    yield start
    if start.process:
        start.process.terminate()
        start.process.wait(timeout=20)
        if start.process.stdout:
            start.process.stdout.close()
    for pid in start.pids.read_text().split() if start.pids.exists() else []:  # what a failed test left
        if alive(int(pid)):
            os.kill(int(pid), signal.SIGKILL)


def comes_to(start: Start, count: int) -> bool:
    """Whether, within a few seconds, `count` of the two processes run."""
    until = time.monotonic() + 10
    while time.monotonic() < until and start.running() != count:
        time.sleep(0.1)
    return start.running() == count


@pytest.mark.slow
def test_a_start_trains_migrates_seeds_and_serves_in_this_order(start: Start) -> None:
    start.begin()
    start.ready()
    steps = start.diary.read_text().splitlines()
    assert steps[:3] == ["python -m dialogue.train", "redress migrate", "redress seed-demo"]
    assert sorted(steps[3:]) == ["python -m dialogue.serve", "redress serve"]


@pytest.mark.slow
def test_the_environment_goes_before_the_env_file(start: Start) -> None:
    (start.root / ".env").write_text("REDRESS_PORT=1\nREDRESS_LOG_LEVEL=WARNING\n")
    start.begin()
    assert start.ready()


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_both_processes(start: Start, how: signal.Signals) -> None:
    process = start.begin()
    start.ready()
    assert comes_to(start, 2)
    process.send_signal(how)
    process.communicate(timeout=20)
    assert process.returncode == 0
    assert comes_to(start, 0)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_both_processes_where_nobody_reads_any_more(start: Start, how: signal.Signals) -> None:
    process = start.begin()
    start.ready()
    assert comes_to(start, 2)
    assert process.stdout
    process.stdout.close()  # as when the terminal is closed, or `make run | tee` interrupted
    process.send_signal(how)
    process.wait(timeout=20)
    assert comes_to(start, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with the one that started it")
@pytest.mark.slow
def test_even_a_killed_start_leaves_nothing_behind(start: Start) -> None:
    process = start.begin()
    start.ready()
    assert comes_to(start, 2)
    assert process.stdout
    process.stdout.close()
    process.kill()
    process.wait(timeout=20)
    assert comes_to(start, 0)


@pytest.mark.slow
def test_when_one_process_ends_the_other_is_stopped_and_the_start_fails(start: Start) -> None:
    process = start.begin(DIALOGUE_LASTS="2")
    printed, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "ended by itself" in printed
    assert comes_to(start, 0)


@pytest.mark.parametrize("step", ["dialogue.train", "migrate", "seed-demo"])
def test_a_step_that_fails_ends_the_start(start: Start, step: str) -> None:
    process = start.begin(FAIL=step)
    printed, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "it failed" in printed
    assert f"{step} failed" in printed
    assert "serve" not in start.diary.read_text()


def test_a_port_in_use_ends_the_start_before_anything_is_done(start: Start) -> None:
    with socket.create_server(("127.0.0.1", int(start.ports["REDRESS_ACTIONS_PORT"]))):
        process = start.begin()
        printed, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "REDRESS_ACTIONS_PORT=" in printed
    assert "Traceback" not in printed
    assert not start.diary.exists()
