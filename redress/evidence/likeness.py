"""Telling that two pictures are the same one, though resized, recompressed or brightened.

The fingerprint is a difference hash: for a tiny grey copy, whether each pixel is brighter than its right and its lower
neighbour; 128 bits, written as 32 hex digits. It serves to flag for a person, never to refuse.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image  # the service compares fingerprints without loading a decoder

SAME_WITHIN = 12
"""Of 128 bits, how many may differ: measured, see the tests."""
_SIDE = 8
_FLAT = 4
"""Grey levels between the darkest and the brightest cell, below which there is nothing to compare."""


def fingerprint(image: "Image.Image") -> str | None:
    """The fingerprint of a picture; None for one without any contrast, which would be like every other such one."""
    grey = image.convert("L").resize((_SIDE + 1, _SIDE + 1))
    cells = grey.tobytes()
    if max(cells) - min(cells) < _FLAT:
        return None
    rows = [cells[start : start + _SIDE + 1] for start in range(0, len(cells), _SIDE + 1)]
    right = [rows[y][x] < rows[y][x + 1] for y in range(_SIDE) for x in range(_SIDE)]
    below = [rows[y][x] < rows[y + 1][x] for y in range(_SIDE) for x in range(_SIDE)]
    return f"{sum(bit << place for place, bit in enumerate(right + below)):032x}"


def distance(one: str, other: str) -> int:
    """In how many of 128 bits two fingerprints differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def alike(one: str | None, other: str | None) -> bool:
    """Whether two fingerprints are so close that a person should look whether it is one picture."""
    return one is not None and other is not None and distance(one, other) <= SAME_WITHIN
