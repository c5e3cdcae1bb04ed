"""What `make setup` does on many kinds of machine, seen from outside: a copy of tools/, a uv and Pythons of ours."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.pythons import ROOT

# Stands in for uv: keeps a diary, and makes of an environment what set-up looks at.
UV = """#!{python}
import os, pathlib, sys
words = [word for word in sys.argv[1:] if word != "--quiet"]
with open({diary!r}, "a") as diary:
    print(*words, sep=" ", file=diary)
if words == ["--version"]:
    print("uv {version} (of this test)")
elif words[0] == "venv":
    folder = pathlib.Path(words[-1])
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(words[2])
    (folder / "lib" / "python3.10" / "site-packages").mkdir(parents=True)
elif "--editable" in words and not os.environ.get("FAIL"):
    pathlib.Path(words[words.index("--python") + 1]).with_name("redress").touch()
elif os.environ.get("FAIL") and os.environ["FAIL"] in words:
    sys.exit("no such package")
"""
# Stands in for a Python: answers as the real one does, from its own home.
PYTHON = """#!{python}
print("{version}", {home!r})
"""
REFUSING_SHIM = """#!{python}
raise SystemExit("command not found")
"""


class Machine:
    """A clone of the project in `root` and a machine around it: `bin` is all its PATH, `pyenv` its pyenv."""

    def __init__(self, folder: Path) -> None:
        self.root, self.bin, self.pyenv, self.diary = (folder / name for name in ("the clone", "bin", "pyenv", "diary"))
        shutil.copytree(ROOT / "tools", self.root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
        for path in ("requirements/dev.txt", "requirements/tools.txt", "dialogue/requirements.txt", "pyproject.toml"):
            (self.root / path).parent.mkdir(exist_ok=True)
            (self.root / path).write_text(f"# {path}\n")
        self.bin.mkdir()
        self.diary.touch()
        self.program(self.bin / "uv", UV, diary=str(self.diary), version="0.9.1")

    def program(self, path: Path, text: str, **values: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(python=sys.executable, **values))
        path.chmod(0o755)

    def python(self, home: Path, version: str) -> Path:
        """Installs Python `version` ("3.12") in `home`; returns its executable."""
        self.program(home / "bin" / f"python{version}", PYTHON, version=version, home=str(home))
        return home / "bin" / f"python{version}"

    def set_up(self, **environment: str) -> subprocess.CompletedProcess[str]:
        env = {"PATH": str(self.bin), "PYENV_ROOT": str(self.pyenv), "HOME": str(self.root), **environment}
        command = [sys.executable, "-m", "tools.setup"]
        return subprocess.run(command, cwd=self.root, env=env, capture_output=True, text=True, timeout=60, check=False)

    def built(self) -> list[str]:
        """The environments that were begun since the last call, as their folders within the project."""
        lines = self.diary.read_text().splitlines()
        self.diary.write_text("")
        return [line.partition(str(self.root) + os.sep)[2] for line in lines if line.startswith("venv")]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with uv and both Pythons among its pyenv's versions, before the first set-up."""
    machine = Machine(tmp_path)
    machine.python(machine.pyenv / "versions" / "3.10.13", "3.10")
    machine.python(machine.pyenv / "versions" / "3.12.1", "3.12")
    return machine


def test_builds_both_environments_from_hashed_locks_and_then_nothing(machine: Machine) -> None:
    done = machine.set_up()
    assert done.returncode == 0, done.stderr
    diary = machine.diary.read_text()
    assert f"pip sync --require-hashes --python {machine.root}/.venv/bin/python" in diary
    assert f"pip sync --require-hashes --python {machine.root}/dialogue/.venv/bin/python" in diary
    assert "pip install --no-deps --no-build-isolation" in diary
    machine.diary.write_text("")

    assert machine.set_up().returncode == 0
    assert machine.diary.read_text() == ""


def test_a_changed_lock_rebuilds_its_environment_alone(machine: Machine) -> None:
    machine.set_up()
    machine.built()
    (machine.root / "dialogue" / "requirements.txt").write_text("# another\n")
    machine.set_up()
    assert machine.built() == ["dialogue/.venv"]


def test_a_changed_project_is_installed_again_without_rebuilding(machine: Machine) -> None:
    machine.set_up()
    machine.diary.write_text("")
    (machine.root / "pyproject.toml").write_text("# another\n")
    machine.set_up()
    assert "pip install" in machine.diary.read_text()
    assert machine.built() == []


def test_a_project_that_was_synced_away_by_hand_is_installed_again(machine: Machine) -> None:
    machine.set_up()
    machine.diary.write_text("")
    (machine.root / ".venv" / "bin" / "redress").unlink()
    machine.set_up()
    assert "pip install" in machine.diary.read_text()
    assert machine.built() == []


@pytest.mark.parametrize("step", ["sync", "install"])
def test_a_failed_build_is_told_and_tried_again(machine: Machine, step: str) -> None:
    failed = machine.set_up(FAIL=step)
    assert failed.returncode == 1
    assert "no such package" in failed.stderr
    assert "UV_DEFAULT_INDEX" in failed.stderr
    assert "Traceback" not in failed.stderr
    machine.diary.write_text("")
    assert machine.set_up().returncode == 0
    assert f"pip {step}" in machine.diary.read_text()


def test_a_build_killed_half_way_is_begun_anew(machine: Machine) -> None:
    machine.set_up()
    machine.built()
    # What a kill leaves: files, and no stamp, for that is written last.
    (machine.root / ".venv" / "redress-lock").unlink()
    (machine.root / ".venv" / "half").touch()
    machine.set_up()
    assert machine.built() == [".venv"]
    assert not (machine.root / ".venv" / "half").exists()


def test_a_moved_project_is_built_where_it_is_now(machine: Machine, tmp_path: Path) -> None:
    machine.set_up()
    machine.built()
    machine.root = machine.root.rename(tmp_path / "moved")
    assert machine.set_up().returncode == 0
    assert machine.built() == [".venv", "dialogue/.venv"]


def test_an_environment_whose_python_was_removed_is_rebuilt(machine: Machine) -> None:
    machine.set_up()
    machine.built()
    shutil.rmtree(machine.pyenv / "versions" / "3.12.1")
    newer = machine.python(machine.pyenv / "versions" / "3.13.0", "3.13")
    assert machine.set_up().returncode == 0
    assert machine.built() == [".venv"]
    assert (machine.root / ".venv" / "bin" / "python").readlink() == newer


def test_a_shim_that_refuses_is_passed_over(machine: Machine) -> None:
    for name in ("python3.12", "python3.10", "python3", "python"):
        machine.program(machine.bin / name, REFUSING_SHIM)
    assert machine.set_up().returncode == 0
    assert f"--python {machine.pyenv}/versions/3.12.1/bin/python3.12" in machine.diary.read_text()


def test_a_python_on_the_path_comes_before_pyenv_and_is_taken_at_its_home(machine: Machine, tmp_path: Path) -> None:
    at_home = machine.python(tmp_path / "usr", "3.12")
    (machine.bin / "python3").symlink_to(at_home)
    machine.set_up()
    assert f"--python {at_home}" in machine.diary.read_text()


def test_the_newest_patch_of_a_pyenv_is_taken_by_number(machine: Machine) -> None:
    newest = machine.python(machine.pyenv / "versions" / "3.12.10", "3.12")
    machine.python(machine.pyenv / "versions" / "3.12.9", "3.12")
    machine.set_up()
    assert f"--python {newest}" in machine.diary.read_text()


def test_a_python_of_another_version_does_not_count(machine: Machine, tmp_path: Path) -> None:
    (machine.bin / "python3").symlink_to(machine.python(tmp_path / "usr", "3.11"))
    machine.set_up()
    assert "3.11" not in machine.diary.read_text()


def test_without_a_python_uv_installs_one_and_its_failure_says_what_to_do(machine: Machine) -> None:
    shutil.rmtree(machine.pyenv / "versions" / "3.10.13")
    done = machine.set_up()
    assert done.returncode == 1
    assert "python install 3.10" in machine.diary.read_text()
    assert "pyenv install 3.10" in done.stderr
    assert "Traceback" not in done.stderr


def test_too_old_a_uv_is_not_used(machine: Machine) -> None:
    machine.program(machine.bin / "uv", UV, diary=str(machine.diary), version="0.1.45")
    # Another stands where one fetched before would.
    own = machine.root / ".tools" / "uv" / "bin" / "uv"
    own_diary = machine.root / "own diary"
    machine.program(own, UV, diary=str(own_diary), version="0.9.1")
    assert machine.set_up().returncode == 0
    assert machine.built() == []
    assert own_diary.read_text().count("venv --python") == 2
