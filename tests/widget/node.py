"""The widget's Node packages, where there is a Node."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tools.pythons import ROOT

WIDGET = ROOT / "widget"


@cache
def node_modules() -> Path:
    """The folder of the locked packages, installed when the lock is newer; skips the test where there is no Node."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("needs Node 20 or newer with npm")
    lock, installed = WIDGET / "package-lock.json", WIDGET / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        done = subprocess.run([npm, "ci"], cwd=WIDGET, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            pytest.skip(f"npm ci failed: {done.stderr[-500:]}")
    return WIDGET / "node_modules"
