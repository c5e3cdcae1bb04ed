"""Finding a Python of a wanted version: on the PATH, among a pyenv's versions, or installed by uv.

A name on the PATH proves nothing: a pyenv shim stands there for every version and refuses most of them. So each
candidate is run and asked where it is at home. Its home and not its own path is what an environment is built on, for
it may belong to an environment itself: to the very one that is about to be built anew, where that is activated.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = ROOT / ".tools" / "python"
ASK = "import sys; print('%d.%d' % sys.version_info[:2], sys.base_prefix)"


class Problem(Exception):
    """Something that set-up cannot solve; its text tells the reader what to do."""


def find(versions: Sequence[str]) -> Path | None:
    """The executable of the first of `versions` ("3.12") that this machine has, or None."""
    for version in versions:
        for candidate in _candidates(version):
            if executable := _answer(candidate, version):
                return executable
    return None


def install(version: str, uv: str) -> Path:
    """The executable of Python `version`, installed by uv into the project's own `.tools/`."""
    print(f"Python {version} was not found; installing it with uv ...", flush=True)
    # Its own folder and no link in ~/.local/bin: set-up writes nothing outside the project but caches.
    own = {**os.environ, "UV_PYTHON_INSTALL_DIR": str(INSTALLED), "UV_PYTHON_INSTALL_BIN": "0"}
    done = subprocess.run([uv, "python", "install", version], env=own, check=False)
    found = find([version])
    if done.returncode or not found:
        raise Problem(
            f"Python {version} is needed, was not found on the PATH nor among pyenv's versions, and uv could not "
            f"install it.\nInstall it by one of these and start again:\n"
            f"  pyenv install {version}\n"
            f"  apt-get install python{version} python{version}-venv   (where the distribution has it)\n"
            f"  uv python install {version}   (where the network allows it)"
        )
    return found


def _candidates(version: str) -> Iterator[Path]:
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if folder:
            for name in (f"python{version}", "python3", "python"):
                yield Path(folder) / name
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    # Newest patch first, by number: 3.12.10 comes before 3.12.9.
    for home in sorted((pyenv / "versions").glob(f"{version}.*"), key=_patch, reverse=True):
        yield home / "bin" / f"python{version}"
    for home in sorted(INSTALLED.glob(f"*-{version}.*")):
        yield home / "bin" / f"python{version}"


def _patch(home: Path) -> int:
    digits = home.name.rpartition(".")[2]
    return int(digits) if digits.isdigit() else -1


def _answer(candidate: Path, version: str) -> Path | None:
    """The executable at home where `candidate` says it is, if it runs and is of that version."""
    if not os.access(candidate, os.X_OK) or candidate.is_dir():
        return None
    try:
        answer = subprocess.run([candidate, "-I", "-c", ASK], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    said, _, home = answer.stdout.strip().partition(" ")
    executable = Path(home) / "bin" / f"python{version}"
    return executable if answer.returncode == 0 and said == version and executable.exists() else None
