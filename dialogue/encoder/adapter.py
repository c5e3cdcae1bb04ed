"""What the desk's own sentences change in the encoder's last layers: its second reading of a text.

Each linear map of a changed layer gets the product of two thin matrices added to its weights (LoRA). `dialogue.adapt`
learns them and writes `adapter.npz`, which is kept with the source; everything else of the encoder stays as published.
"""

import hashlib
from pathlib import Path
from typing import Dict, Iterable, Sequence, Tuple

import numpy as np

FILE = Path(__file__).with_name("adapter.npz")
LAYERS = (3, 4, 5)  # of six; what lies below is computed once for both readings
RANK = 8  # of one learning's matrices; the mean of two has twice as many
PARTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)

Changes = Dict[str, Tuple[np.ndarray, np.ndarray]]  # of a linear map: (inputs, rank) and (rank, outputs)


def names() -> Iterable[str]:
    """Yield the names of the changed linear maps, as the published weights have them."""
    return (f"encoder.layer.{layer}.{part}" for layer in LAYERS for part in PARTS)


def mean(learned: Sequence[Changes]) -> Changes:
    """Return the mean of what was learned several times: what one learning got by chance counts for less."""
    return {
        name: (
            np.hstack([changes[name][0] for changes in learned]),
            np.vstack([changes[name][1] for changes in learned]) / len(learned),
        )
        for name in names()
    }


def read(file: Path = FILE) -> Changes:
    """Return the changes that a file holds."""
    with np.load(file) as stored:
        return {
            name: (stored[f"{name}.down"].astype(np.float32), stored[f"{name}.up"].astype(np.float32))
            for name in names()
        }


def write(changes: Changes, file: Path = FILE) -> None:
    """Write changes into a file, in half precision."""
    parts = {f"{name}.down": down.astype(np.float16) for name, (down, _) in changes.items()}
    parts.update({f"{name}.up": up.astype(np.float16) for name, (_, up) in changes.items()})
    np.savez(file, **parts)


def digest(file: Path = FILE) -> str:
    """Return the SHA-256 of what a file holds (the file itself carries the time of its writing)."""
    changes = read(file)
    return hashlib.sha256(b"".join(part.tobytes() for name in names() for part in changes[name])).hexdigest()
