"""Reading policy packs, strictly: what is wrong is named with its file, its line and what is allowed."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from redress.policy import lint
from redress.policy.errors import PackError
from redress.policy.format import PackFile
from redress.policy.pack import Pack
from redress.policy.yaml_lines import Document, DocumentError, read_document

# Rasa takes any YAML file under data/ with such a line for training data.
_TRAINING_DATA = re.compile(rb"^[ \t]*(?:- *)?[\"']?(nlu|rules|stories|responses)[\"']?[ \t]*:", re.MULTILINE)


class Packs(Mapping[str, Pack]):
    """The packs of a directory, by shop id, each loaded when it is first asked for."""

    def __init__(self, directory: Path) -> None:
        self._paths = {path.stem: path for path in sorted(directory.glob("*.yml"))}
        self._loaded: dict[str, Pack] = {}
        if not self._paths:
            raise PackError("no policy pack (*.yml) in this directory", file=directory)

    def __getitem__(self, shop: str) -> Pack:
        if shop not in self._loaded:
            self._loaded[shop] = load_pack(self._paths[shop])
        return self._loaded[shop]

    def __contains__(self, shop: object) -> bool:
        return shop in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def policies_directory() -> Path:
    """Where the packs are if nobody says: `data/policies` here, or beside the package."""
    here = Path("data/policies")
    return here if here.is_dir() else Path(__file__).parents[2] / here


def load_packs(directory: Path) -> dict[str, Pack]:
    """Every pack of a directory (`<shop>.yml`), by shop id. Raises PackError."""
    return dict(Packs(directory))


def load_pack(path: Path) -> Pack:
    """One pack, checked. Raises PackError, naming file, line and what is allowed."""
    examined = examine(path)
    if examined.errors:
        raise examined.errors[0]
    assert examined.file is not None
    return Pack(examined.file, path, examined.sha256)


@dataclass(frozen=True)
class Examined:
    """A pack's file with everything wrong with it, by line; `file` is None where it cannot be read."""

    path: Path
    errors: list[PackError]
    file: PackFile | None = None
    sha256: str = ""
    document: Document = field(default_factory=lambda: Document(None))

    def error(self, finding: lint.Finding) -> PackError:
        """A finding as an error with its line."""
        line, where = self.document.line(finding.where), _dotted(finding.where)
        return PackError(finding.message, file=self.path, line=line, field=where, allowed=finding.allowed)


def examine(path: Path) -> Examined:
    """Read and check a pack's file, whatever is wrong with it."""
    try:
        content = path.read_bytes()
        if reserved := _TRAINING_DATA.search(content):
            line = content.count(b"\n", 0, reserved.start(1)) + 1
            return Examined(path, [PackError(f"no key may be called {reserved[1].decode()}", file=path, line=line)])
        document = read_document(content)
    except OSError as error:
        return Examined(path, [PackError(f"cannot be read: {error.strerror}", file=path)])
    except DocumentError as error:
        return Examined(path, [PackError(error.message, file=path, line=error.line)])
    try:
        file = PackFile.model_validate(document.data)
    except ValidationError as error:
        return Examined(path, _in_order(_told(found, document, path) for found in error.errors(include_url=False)))
    examined = Examined(path, [], file, hashlib.sha256(content).hexdigest(), document)
    examined.errors.extend(_in_order(examined.error(finding) for finding in lint.findings(file, path.stem)))
    return examined


def _in_order(errors: Iterable[PackError]) -> list[PackError]:
    return sorted(errors, key=lambda error: error.line or 0)


def _told(found: Any, document: Document, path: Path) -> PackError:
    """One of pydantic's findings in our words."""
    context: dict[str, Any] = found.get("ctx") or {}
    where, message, allowed = _place(found), found["msg"], tuple(context.get("allowed", ()))
    if found["type"] == "unknown_key":
        message = "unknown key"
    elif found["type"] == "mapping":
        message = "must be a mapping"
    elif found["type"] == "missing":
        message = "is required"
    elif found["type"] == "literal_error":
        expected = context["expected"].replace(" or ", ", ").split(", ")
        message, allowed = f"unknown word {found['input']!r}", tuple(word.strip("'") for word in expected)
    elif found["type"] == "value_error":
        message = str(context["error"])
    return PackError(message, file=path, line=document.line(where), field=_dotted(where), allowed=allowed)


def _place(found: Any) -> tuple[str | int, ...]:
    """Where a finding stands in the file: pydantic's path, less what is not a key or an index, and the key itself."""
    key = (found.get("ctx") or {}).get("key")
    place = tuple(part for part in found["loc"] if part != "[key]")
    return (*place, key) if key is not None else place


def _dotted(where: tuple[str | int, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where).lstrip(".")
