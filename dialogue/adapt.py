"""Learn the encoder's second reading anew: `dialogue/.venv/bin/python -m dialogue.adapt` (`make adapt`), some minutes.

Reads data/nlu and writes dialogue/encoder/adapter.npz. Worth it after the sentences have changed much: a training of
the model takes the adapter as it is, and new sentences work with it at once.
"""

import argparse
import os
from typing import List, Sequence, Tuple

import yaml

from dialogue import ROOT
from dialogue.adapting.variation import Variation
from dialogue.encoder import adapter
from dialogue.encoder.adapter import Changes
from dialogue.intent.table import IntentTable
from dialogue.language.identifiers import blanked
from dialogue.server import logs

ASIDES = ("complaint", "greet", "talk_to_human", "thanks")  # intents of what people say beside a problem
BESIDE = ROOT / "data" / "beside.yml"  # more of that


def sentences() -> List[Tuple[str, str]]:
    """Return the training sentences of data/nlu as (text, intent), identifiers blanked."""
    found = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = (line[2:].strip() for line in entry["examples"].splitlines())
            found += [(blanked(text), entry["intent"]) for text in lines if text]
    return found


def learned(examples: Sequence[Tuple[str, str]]) -> Changes:
    """Return what is learned from (text, intent)."""
    from dialogue.adapting.learning import learn  # TensorFlow takes seconds to import

    problems = IntentTable.read().problems
    beside = yaml.safe_load(BESIDE.read_text(encoding="utf-8"))
    vary = Variation([*(blanked(text) for text in beside), *(text for text, intent in examples if intent in ASIDES)])
    return learn(examples, lambda text, intent: vary(text, intent in problems))


def main() -> None:
    """Learn and write the adapter."""
    argparse.ArgumentParser(description="Learn the encoder's second reading from data/nlu; takes minutes.").parse_args()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logs.configure("WARNING")

    adapter.write(learned(sentences()))
    print(f"Wrote {adapter.FILE.relative_to(ROOT)}; `make train` makes a model with it.")


if __name__ == "__main__":
    main()
