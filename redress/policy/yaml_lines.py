"""YAML as plain data that remembers its lines. Stricter than YAML: no key twice, no tags, text stays as written.

Dates and decimals stay text, so that nothing is lost before the schema reads them.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 60
_TAG = "tag:yaml.org,2002:"

type Path = tuple[str | int, ...]


class DocumentError(Exception):
    """What is no acceptable YAML, and on which line."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass
class Document:
    """The data of one document, and the line on which each of its parts begins."""

    data: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int | None:
        """The line of a part, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def read_document(content: bytes) -> Document:
    """Read one YAML document. Raises DocumentError."""
    try:
        loader = _LOADER(content)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DocumentError(f"not YAML: {error.problem}", mark.line + 1 if mark else None) from error
    except yaml.YAMLError as error:
        raise DocumentError(f"not YAML: {error}", None) from error
    except RecursionError as error:
        raise DocumentError("nested too deeply", None) from error
    document = Document(None)
    document.data = _value(root, (), document.lines) if root is not None else None
    return document


def _value(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    if len(path) > _DEEPEST:
        raise DocumentError("nested too deeply", node.start_mark.line + 1)
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), lines) for index, child in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    merged: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if key_node.tag == f"{_TAG}merge":
            parts = value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]
            for part in parts:
                if not isinstance(part, yaml.MappingNode):
                    raise DocumentError("`<<` takes a mapping", line)
                merged = {**_mapping(part, path, {}), **merged}
            continue
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str):
            raise DocumentError("a key must be a word", line)
        if key in data:
            raise DocumentError(f"the key {key!r} stands here twice", line)
        lines[(*path, key)] = line
        data[key] = _value(value_node, (*path, key), lines)
    return {**merged, **data}


def _scalar(node: yaml.Node) -> Any:
    text: str = node.value
    kind = node.tag.removeprefix(_TAG)
    if kind == "bool":
        return text.lower() in ("yes", "true", "on")
    if kind == "int":
        try:
            return int(text)
        except ValueError:
            return text
    if kind == "null":
        return None
    if kind in ("str", "float", "timestamp", "value"):
        return text
    raise DocumentError(f"the tag {node.tag!r} is not allowed", node.start_mark.line + 1)
