"""Learn the encoder's second reading anew: `make adapt` (`dialogue/.venv/bin/python -m dialogue.adapt`), half an hour.

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
SEEDS = (0, 1)  # of the learnings whose mean is written: two adapters of the same sentences differ by a point or two
BESIDE = ROOT / "data" / "beside.yml"  # more of that


def sentences() -> List[Tuple[str, str]]:
    """Return the training sentences of data/nlu as (text, intent), identifiers blanked."""
    found = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = (line[2:].strip() for line in entry["examples"].splitlines())
            found += [(blanked(text), entry["intent"]) for text in lines if text]
    return found


def learned(examples: Sequence[Tuple[str, str]], seed: int) -> Changes:
    """Return what is learned from (text, intent), seen in an order and variations of this seed."""
    from dialogue.adapting.learning import learn  # TensorFlow takes seconds to import

    problems = IntentTable.read().problems
    beside = yaml.safe_load(BESIDE.read_text(encoding="utf-8"))
    vary = Variation(
        [*(blanked(text) for text in beside), *(text for text, intent in examples if intent in ASIDES)], seed
    )
    return learn(examples, lambda text, intent: vary(text, intent in problems), seed)


def main() -> None:
    """Learn and write the adapter."""
    argparse.ArgumentParser(
        description="Learn the encoder's second reading from data/nlu; takes half an hour."
    ).parse_args()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logs.configure("WARNING")

    examples = sentences()
    adapter.write(adapter.mean([learned(examples, seed) for seed in SEEDS]))
    print(f"Wrote {adapter.FILE.relative_to(ROOT)}; `make train` makes a model with it.")


if __name__ == "__main__":
    main()
