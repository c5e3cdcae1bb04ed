"""Where the tests find things, whatever the working directory."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "data/policies"
SHARED = ROOT.parent / "shared"
SOURCES = SHARED / "sources"
