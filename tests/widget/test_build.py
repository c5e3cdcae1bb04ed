"""The committed widget is what its sources give, and keeps its promises of size and of silence."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from redress.claims.uploads import TooManyUploads, UploadRefused
from redress.evidence import EvidenceError
from redress.policy.vocabulary import LANGUAGES
from tests.widget.node import WIDGET, node_modules
from tools.pythons import ROOT

BUILT = ROOT / "redress" / "web" / "static" / "widget.js"
MOST_BYTES = 45 * 1024
TEXTS = yaml.safe_load((ROOT / "data" / "widget.yml").read_text("utf-8"))["texts"]


def test_the_built_file_is_current(tmp_path: Path) -> None:
    modules = node_modules()
    for command in (["tsc", "--noEmit"], ["vite", "build", "--outDir", str(tmp_path)]):
        done = subprocess.run(
            ["node", modules / ".bin" / command[0], *command[1:]],
            cwd=WIDGET, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["widget.js"]
    assert (tmp_path / "widget.js").read_bytes() == BUILT.read_bytes(), "run: make widget"


def test_the_built_file_is_small() -> None:
    assert len(gzip.compress(BUILT.read_bytes())) <= MOST_BYTES


def test_the_built_file_names_no_other_host_and_evaluates_nothing() -> None:
    code = BUILT.read_text("utf-8")
    addresses = set(re.findall(r"https?://[\w.-]+", code)) - {"http://www.w3.org"}  # the names of SVG and MathML
    assert not {address for address in addresses if "lit.dev" not in address}, addresses
    assert not re.search(r"\beval\(|new Function\(|createObjectURL|\bdata:[a-z]+/", code)


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_stands_in_every_language_with_the_same_values(key: str) -> None:
    text = TEXTS[key]
    assert list(text) == list(LANGUAGES)
    values = [set(re.findall(r"{(\w+)(?=[,}])", sentence)) - {""} for sentence in text.values()]
    assert all(each == values[0] for each in values), text


def test_every_text_is_used() -> None:
    code = "".join(path.read_text("utf-8") for path in (WIDGET / "src").rglob("*.ts"))
    families = tuple(re.findall(r"`(\w+_)\$\{", code))  # "error_" and a code
    assert [key for key in TEXTS if f'"{key}"' not in code and not key.startswith(families)] == []


def test_every_refusal_of_a_file_has_a_sentence() -> None:
    codes = {error.code for error in EvidenceError.__subclasses__() if error.status < 500}
    buyers = codes - {"bad_form", "link_refused", "not_stored"}  # what no buyer can do
    assert {f"error_{code}" for code in (*buyers, UploadRefused.code, TooManyUploads.code)} <= set(TEXTS)


def test_the_lock_names_no_registry() -> None:
    assert '"resolved"' not in (WIDGET / "package-lock.json").read_text()


def test_every_attribute_and_custom_property_is_documented() -> None:
    page = (ROOT / "docs" / "widget.md").read_text("utf-8")
    code = (WIDGET / "src" / "chat.ts").read_text("utf-8")
    declared = re.search(r"static override properties = {(.*?)\n  };", code, re.DOTALL)
    assert declared
    public = [line for line in declared[1].splitlines() if line.strip() and "state: true" not in line]
    named = [re.search(r'attribute: "([\w-]+)"', line) or re.search(r"(\w+):", line) for line in public]
    attributes = {found[1] for found in named if found}
    assert attributes == {"shop", "locale", "customer-token", "position", "open", "base"}
    properties = set(re.findall(r"var\((--redress-[\w-]+)", (WIDGET / "src" / "style.css").read_text("utf-8")))
    assert [name for name in {*attributes, *properties} if f"`{name}`" not in page] == []
