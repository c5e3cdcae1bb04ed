"""Builds the project's two environments from their hashed locks, each only when its lock changed.

`.venv` is the service's (Python 3.12 or newer, with the project installed in it, so `.venv/bin/redress`),
`dialogue/.venv` is Rasa's (Python 3.10). uv builds them; where the machine has none, pip fetches it into `.tools/`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tools import pythons
from tools.pythons import ROOT, Problem

TOOLS = ROOT / ".tools"
OLDEST_UV = (0, 5)


@dataclass(frozen=True)
class Environment:
    """One virtual environment: where it lies, which Pythons it may have (best first) and the lock it is built from."""

    folder: Path
    versions: tuple[str, ...]
    lock: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"


@dataclass(frozen=True)
class Stamp:
    """Remembers in `file` for what something was done; believed only while `result`, which it made, is there."""

    file: Path
    result: Path

    def once(self, wanted: str, action: Callable[[], None]) -> None:
        """Does `action` unless it was done for `wanted`. Killed half-way, it leaves nothing to believe."""
        if self.result.exists() and self.file.exists() and self.file.read_text() == wanted:
            return
        self.file.unlink(missing_ok=True)
        action()
        self.file.write_text(wanted)


SERVICE = Environment(ROOT / ".venv", ("3.12", "3.13", "3.14"), ROOT / "requirements" / "dev.txt")
# Read by that Python at each start, so that a `rasa …` typed by hand does not report to Rasa either.
QUIET_RASA = 'import os; os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")\n'
DIALOGUE = Environment(ROOT / "dialogue" / ".venv", ("3.10",), ROOT / "dialogue" / "requirements.txt")


def set_up() -> None:
    """Makes both environments what their locks say; does nothing where they are.

    Raises Problem, whose text says what to install.
    """
    TOOLS.mkdir(exist_ok=True)
    # Two starts at the same time (make run here, make test there) would build in one another's folders.
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for environment in (SERVICE, DIALOGUE):
            built = Stamp(environment.folder / "redress-lock", environment.python)
            built.once(_digest(environment.lock, environment.folder), partial(_build, environment))
        installed = Stamp(SERVICE.folder / "redress-project", SERVICE.folder / "bin" / "redress")
        installed.once(_digest(ROOT / "pyproject.toml", ROOT), _install_project)


def find_uv() -> str:
    """The path of a uv that runs: the machine's, or one fetched with pip into `.tools/`."""
    own = TOOLS / "uv" / "bin" / "uv"
    for candidate in (shutil.which("uv"), str(own)):
        if candidate and _uv_version(candidate) >= OLDEST_UV:
            return candidate
    print("Fetching uv with pip ...", flush=True)
    for python in (sys.executable, pythons.find(SERVICE.versions)):  # Debian's own may lack venv
        if python and _fetch_uv(str(python), own):
            return str(own)
    raise Problem(
        "uv is needed and could not be fetched with pip (its words are above).\n"
        "Install uv, or give Python its pip and venv (Debian: apt-get install python3-venv), and start again."
    )


def _uv_version(uv: str) -> tuple[int, ...]:
    try:
        said = subprocess.run([uv, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
        return tuple(int(part) for part in said.split()[1].split(".")[:2])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return ()


def _fetch_uv(python: str, uv: Path) -> bool:
    home = uv.parent.parent
    lock = ROOT / "requirements" / "tools.txt"
    steps = (
        [python, "-m", "venv", "--clear", str(home)],
        [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)],
    )
    return all(subprocess.run(step, check=False).returncode == 0 for step in steps) and bool(_uv_version(str(uv)))


def _digest(file: Path, folder: Path) -> str:
    """What was built, and where: the scripts of an environment name its folder, so a moved one is built anew."""
    return hashlib.sha256(file.read_bytes() + b"\0" + str(folder).encode()).hexdigest()


def _build(environment: Environment) -> None:
    uv = find_uv()
    python = pythons.find(environment.versions) or pythons.install(environment.versions[0], uv)
    name = environment.folder.relative_to(ROOT)
    print(f"Building {name} with {python} (the first time, packages are downloaded) ...", flush=True)
    started = time.monotonic()
    # From nothing rather than repaired: what a killed build left is not to be trusted, and uv's cache makes it cheap.
    shutil.rmtree(environment.folder, ignore_errors=True)
    _uv(uv, "venv", "--python", str(python), str(environment.folder))
    _uv(uv, "pip", "sync", "--require-hashes", "--python", str(environment.python), str(environment.lock))
    if environment is DIALOGUE:
        (environment.folder / "lib" / "python3.10" / "site-packages" / "redress-quiet.pth").write_text(QUIET_RASA)
    print(f"Built {name} in {time.monotonic() - started:.0f} s.", flush=True)


def _install_project() -> None:
    # hatchling comes from the lock, so nothing is fetched here.
    how = ("--no-deps", "--no-build-isolation", "--python", str(SERVICE.python))
    _uv(find_uv(), "pip", "install", *how, "--editable", str(ROOT))


def _uv(uv: str, *arguments: str) -> None:
    """Runs uv on the environment named in `arguments` alone. Raises Problem when it fails."""
    elsewhere = ("VIRTUAL_ENV", "CONDA_PREFIX", "UV_SYSTEM_PYTHON", "UV_PROJECT_ENVIRONMENT")
    clean = {key: value for key, value in os.environ.items() if key not in elsewhere}
    loudness = [] if sys.stderr.isatty() else ["--quiet"]
    done = subprocess.run([uv, *loudness, *arguments], cwd=ROOT, env=clean, check=False)
    if done.returncode:
        raise Problem(
            f"uv {' '.join(arguments[:2])} failed (its words are above); start again when that is put right.\n"
            "uv does not read pip's settings: where packages come from a mirror, tell uv by its own UV_DEFAULT_INDEX."
        )


def main() -> int:
    """Sets up and says in one line what went wrong, if anything did."""
    try:
        set_up()
    except Problem as problem:
        print(f"\nset-up: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
