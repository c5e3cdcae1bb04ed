"""Habits that nobody has to remember: what must not be in a tracked file, and what must be documented."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from redress.cli import COMMANDS
from tools.pythons import ROOT

# An index belongs to a machine's own configuration, and a machine's paths to nobody else.
FORBIDDEN = {
    "an option that names a package index": re.compile(
        r"--(extra-)?index" + r"-url|--find" + r"-links|--default" + r"-index"
    ),
    "the address of a package in an npm lock": re.compile(r'"resolved"\s*:\s*"http'),
    "a path of one machine": re.compile(r"(?<![\w.*)}\]/-])/(root|home|work|Users|tmp)/[\w.-]"),
}
# Rasa takes every YAML file under data/ with such a line for training data.
RASA_KEYS = re.compile(r"^\s*(-\s*)?(nlu|rules|stories|responses)\s*:", re.MULTILINE)
MOST_BYTES = 1_000_000
SAMPLES = Path(__file__)  # holds the offences that show the guards at work


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git work tree")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content and path != SAMPLES:
            yield path, content.decode(errors="replace")


def offences(text: str) -> list[str]:
    """What in `text` must not be tracked, each with its line."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        found += [f"line {number}: {what}" for what, pattern in FORBIDDEN.items() if pattern.search(line)]
    return found


def unhashed(lock: str) -> list[str]:
    """The requirements of a lock that are not pinned to an exact version and a hash."""
    whole = lock.replace("\\\n", " ").splitlines()
    requirements = [line for line in whole if line.strip() and not line.lstrip().startswith("#")]
    return [line.split()[0] for line in requirements if "==" not in line or "--hash=sha256:" not in line]


def undocumented_targets(makefile: str) -> list[str]:
    """The targets without a ## comment, by which `make` alone lists them."""
    rules = re.findall(r"^([a-z][\w-]*):(?!=)(.*)$", makefile, re.MULTILINE)
    return [target for target, rest in rules if "## " not in rest]


def test_no_tracked_file_names_an_index_or_a_path_of_a_machine() -> None:
    assert {str(path.relative_to(ROOT)): found for path, text in texts() if (found := offences(text))} == {}


@pytest.mark.parametrize(
    "line",
    [
        "pip install --extra-index-url https://packages.example/simple thing",
        "--find-links ./wheels",
        '  "resolved": "https://packages.example/thing.tgz",',
        "cd /root/project",
        'DATA = Path("/tmp/data")',
        "see /home/someone/notes.md",
    ],
)
def test_the_guard_sees_an_offence(line: str) -> None:
    assert len(offences(line)) == 1


@pytest.mark.parametrize(
    "line", ["POST /webhooks/rest", "tests/work/one.py", "$HOME/work/x", "https://x.example/home/a"]
)
def test_the_guard_lets_other_lines_be(line: str) -> None:
    assert offences(line) == []


def test_every_lock_is_hashed() -> None:
    locks = [*(ROOT / "requirements").glob("*.txt"), ROOT / "dialogue" / "requirements.txt"]
    assert len(locks) >= 4
    assert {lock.name: unhashed(lock.read_text()) for lock in locks if unhashed(lock.read_text())} == {}


def test_a_requirement_without_a_hash_or_a_version_is_seen() -> None:
    lock = "a==1 \\\n    --hash=sha256:00\n    # via b\nb==2\nc>=1 \\\n    --hash=sha256:00\n"
    assert unhashed(lock) == ["b==2", "c>=1"]


def test_every_make_target_is_listed_by_make() -> None:
    makefile = (ROOT / "Makefile").read_text()
    assert undocumented_targets(makefile) == []
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    phony = " ".join(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)).split()
    assert set(phony) == set(re.findall(r"^  make ([\w-]+) ", listed, re.MULTILINE))


def test_a_target_without_its_sentence_is_seen() -> None:
    assert undocumented_targets("a := 1\nhelp: ## Lists\nrun: setup\n\tdo\n") == ["run"]


def test_no_policy_pack_looks_like_training_data_to_rasa() -> None:
    packs = [path for path in (ROOT / "data" / "policies").rglob("*") if path.suffix in (".yml", ".yaml")]
    assert packs
    assert [path.name for path in packs if RASA_KEYS.search(path.read_text())] == []


@pytest.mark.parametrize("line", ["nlu:", "  rules: []", "  - responses: x", "stories :"])
def test_a_key_of_rasa_is_seen(line: str) -> None:
    assert RASA_KEYS.search(f"shop: x\n{line}\n")
    assert not RASA_KEYS.search(f"shop: x\nthe_{line.strip(' -')}\n")


def test_no_tracked_file_is_large() -> None:
    assert [path.name for path in tracked() if path.stat().st_size > MOST_BYTES] == []


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    assert [command for command in sorted(COMMANDS) if f"redress {command}" not in readme] == []


def test_every_decision_record_has_its_number_and_its_name() -> None:
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert records
    wrong = [page.name for page in records if not page.read_text().startswith(f"# {int(page.name[:4])}. ")]
    assert wrong == []
    assert len({page.name[:4] for page in records}) == len(records)
