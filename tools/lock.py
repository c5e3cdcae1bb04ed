"""`make lock`: compiles the hashed locks from what each part asks for; `--upgrade` takes newer versions."""

from __future__ import annotations

import subprocess
import sys

from tools import pythons
from tools.pythons import ROOT, Problem
from tools.setup import find_uv

COMMON = ("--universal", "--generate-hashes", "--no-header", "--quiet")
# Where it is compiled, from what, for which Pythons. The service's lock limits the developers' one.
LOCKS = (
    (".", ("pyproject.toml", "-o", "requirements/service.txt"), "3.12"),
    (".", ("pyproject.toml", "--extra", "dev", "-c", "requirements/service.txt", "-o", "requirements/dev.txt"), "3.12"),
    (".", ("requirements/tools.in", "-o", "requirements/tools.txt"), "3.9"),
    ("dialogue", ("pyproject.toml", "--extra", "dev", "-o", "requirements.txt"), "3.10"),
)


def main() -> int:
    """Compiles every lock; arguments go to `uv pip compile`."""
    try:
        uv = find_uv()
    except Problem as problem:
        print(f"lock: {problem}", file=sys.stderr)
        return 1
    for folder, arguments, version in LOCKS:
        # A build of a source package may be needed to learn what it asks for: with the Python it is for, if there.
        python = pythons.find([version]) or version
        command = [uv, "pip", "compile", *COMMON, "--python", str(python), "--python-version", version]
        print(f"{folder}/{arguments[-1]}", flush=True)
        command += [*arguments, *sys.argv[1:]]
        if subprocess.run(command, cwd=ROOT / folder, stdout=subprocess.DEVNULL, check=False).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
