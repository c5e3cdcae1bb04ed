"""Sentence vectors of training texts, kept between trainings: after an edit only the new sentences are encoded."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Callable, Dict, List, Sequence

import numpy as np

_KEY_BYTES = 16


def cached_vectors(file: Path, texts: Sequence[str], encode: Callable[[str], np.ndarray]) -> np.ndarray:
    """Return the vectors of texts, one row each: from the file where it has them, else from `encode`.

    The file is written anew with exactly these texts, unless nothing changed.
    """
    keys = [hashlib.sha256(text.encode()).digest()[:_KEY_BYTES] for text in texts]
    known = _read(file)
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # onnxruntime works outside Python's lock
        known.update(zip(new, pool.map(encode, new.values()), strict=True))
    if new:
        _write(file, sorted(set(keys)), known)
    return np.stack([known[key] for key in keys])


def _read(file: Path) -> Dict[bytes, np.ndarray]:
    if not file.exists():
        return {}
    with np.load(file) as stored:
        return dict(zip((bytes(row) for row in stored["keys"]), stored["vectors"], strict=True))


def _write(file: Path, keys: List[bytes], known: Dict[bytes, np.ndarray]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}.npz")
    rows = np.frombuffer(b"".join(keys), np.uint8).reshape(-1, _KEY_BYTES)
    np.savez(unfinished, keys=rows, vectors=np.stack([known[key] for key in keys]))
    unfinished.replace(file)
