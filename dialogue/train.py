"""Train the model when its inputs changed: `dialogue/.venv/bin/python -m dialogue.train` from the project's root.

The inputs are Rasa's own files, everything under data/ that it reads, the components' source and the environment's
lock. Their fingerprint lies beside the model. `rasa train` works too and always trains.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Iterator, Optional

from dialogue import ROOT
from dialogue.server import logs

MODELS = ROOT / "models"
MODEL_NAME = "redress.tar.gz"
FINGERPRINT = MODELS / "redress.fingerprint.json"
DATA_FOLDERS = ("nlu", "rules", "stories", "responses")
CODE_FOLDERS = ("encoder", "language", "intent")


def inputs() -> Iterator[Path]:
    """Yield every file that the trained model depends on, in a fixed order."""
    yield ROOT / "config.yml"
    yield ROOT / "domain.yml"
    yield ROOT / "data" / "answers.yml"
    yield ROOT / "data" / "intents.yml"
    yield ROOT / "data" / "entities" / "identifiers.yml"
    yield ROOT / "dialogue" / "requirements.txt"
    for folder in (*DATA_FOLDERS, "policies"):
        yield from sorted((ROOT / "data" / folder).rglob("*.yml"))
    for folder in CODE_FOLDERS:
        yield from sorted(path for path in (ROOT / "dialogue" / folder).rglob("*") if path.suffix in (".py", ".npz"))


def fingerprint() -> str:
    """Return the SHA-256 over names and contents of the inputs."""
    digest = hashlib.sha256()
    for path in inputs():
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def trained_from() -> Optional[str]:
    """Return the fingerprint of the inputs that the present model was trained from, None where there is none."""
    if not FINGERPRINT.exists() or not (MODELS / MODEL_NAME).exists():
        return None
    return str(json.loads(FINGERPRINT.read_text())["inputs"])


def train() -> None:
    """Train and record the fingerprint; exits with a sentence where Rasa refuses the inputs."""
    from rasa.model_training import train as rasa_train

    print("Training the dialogue model: a minute, the first time in an environment two.", flush=True)
    started = time.monotonic()
    before = fingerprint()
    folders = [f"data/{folder}" for folder in DATA_FOLDERS if (ROOT / "data" / folder).exists()]
    result = rasa_train("domain.yml", "config.yml", folders, output="models", fixed_model_name=MODEL_NAME)
    if result.code or result.model is None:
        sys.exit("Rasa could not train the model; the reason stands above.")
    FINGERPRINT.write_text(json.dumps({"inputs": before}) + "\n")
    print(f"Trained {result.model} in {time.monotonic() - started:.0f} s.")


def main() -> None:
    """Train where needed."""
    parser = argparse.ArgumentParser(description="Train the dialogue model when its inputs changed.")
    parser.add_argument("--force", action="store_true", help="train even if nothing changed")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logs.configure("WARNING")
    if not arguments.force and trained_from() == fingerprint():
        print("The model is up to date.")
        return
    train()


if __name__ == "__main__":
    main()
