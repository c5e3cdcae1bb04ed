"""Walking through the parts of a pack, each with its place in the file."""

from collections.abc import Iterator, Mapping
from typing import Any

from redress.policy.parts import Part

type Where = tuple[str | int, ...]


def walk(value: Any, where: Where = ()) -> Iterator[tuple[Where, Part]]:
    """Every part in a part, a list or a mapping of parts, outer before inner, under the names that the file uses."""
    if isinstance(value, Part):
        yield where, value
        for name, field in type(value).model_fields.items():
            if name in value.model_fields_set:
                yield from walk(getattr(value, name), (*where, field.alias or name))
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from walk(one, (*where, index))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from walk(one, (*where, key))
