"""Reading policy packs, strictly: what is wrong is named with its file, its line and what is allowed."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from redress.policy import lint
from redress.policy.errors import PackError
from redress.policy.format import PackFile
from redress.policy.pack import Pack
from redress.policy.yaml_lines import Document, DocumentError, read_document


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
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PackError(f"cannot be read: {error.strerror}", file=path) from error
    try:
        document = read_document(content)
    except DocumentError as error:
        raise PackError(error.message, file=path, line=error.line) from error
    try:
        file = PackFile.model_validate(document.data)
    except ValidationError as error:
        raise _first(error, document, path) from error
    if finding := next(lint.findings(file, path.stem), None):
        line = document.line(finding.where)
        raise PackError(finding.message, file=path, line=line, field=_dotted(finding.where), allowed=finding.allowed)
    return Pack(file, path, hashlib.sha256(content).hexdigest())


def _first(error: ValidationError, document: Document, path: Path) -> PackError:
    """The first of pydantic's findings, in our words; it reports them in the models' order, so the line decides."""
    found = sorted(error.errors(include_url=False), key=lambda one: document.line(_place(one)) or 0)[0]
    context: dict[str, Any] = found.get("ctx") or {}
    where, message, allowed = _place(found), found["msg"], tuple(context.get("allowed", ()))
    if found["type"] == "unknown_key":
        message = "unknown key"
    elif found["type"] == "literal_error":
        message, allowed = (
            f"unknown word {found['input']!r}",
            tuple(context["expected"].replace(" or ", ", ").split(", ")),
        )
        allowed = tuple(word.strip("'") for word in allowed)
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
