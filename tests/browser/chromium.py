"""A Chromium to test with: one on the PATH, else Playwright's own, else Debian's, installed where that is allowed."""

import os
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing but the desk is to be reached, and root may not use Chromium's sandbox.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowser(Exception):
    """There is no Chromium and none could be installed; says what to do."""


def chromium(playwright: Playwright) -> str:
    """The path of a Chromium's executable. Raises NoBrowser."""
    own = playwright.chromium.executable_path
    found = on_path() or (own if Path(own).exists() else None)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(command, capture_output=True, timeout=600, check=False)
        found = on_path()
    if found is None:
        raise NoBrowser("The browser tests need a Chromium: install one (Debian: apt-get install chromium).")
    return found


def on_path() -> str | None:
    """The first Chromium on the PATH."""
    return next((path for path in map(shutil.which, NAMES) if path), None)
