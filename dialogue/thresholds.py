"""What the decision's thresholds cost: `dialogue/.venv/bin/python -m dialogue.thresholds` (`make thresholds`).

Adapter and classifier learn from four fifths of data/nlu and decide on the rest; sentences that nearly repeat each
other stay on one side. The measuring data has no part in it. Writes the tables into docs/understanding.md.
"""

import argparse
import datetime
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import List, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from dialogue.adapt import SEEDS, learned, sentences
from dialogue.encoder import adapter, weights
from dialogue.encoder.runtime import DIMENSIONS, Encoder
from dialogue.intent.classifier import DeskClassifier
from dialogue.intent.decision import OUT_OF_SCOPE, Ranking, Thresholds, decide
from dialogue.intent.model import IntentModel
from dialogue.measure import report
from dialogue.measure.pipelines import project_pipeline
from dialogue.measure.scores import share
from dialogue.server import logs

COMMAND = "dialogue/.venv/bin/python -m dialogue.thresholds"
ALIKE = 0.82  # cosine from which two sentences nearly repeat each other
PARTS = 5
ALLOWED = 0.025  # of sentences within the job may be turned away
OUTSIDE = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
UNSURE = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35)
CLOSE = (0.5, 0.6, 0.7, 0.8, 0.9)

Decided = List[Tuple[str, Ranking]]  # the intent of a sentence and what the classifier made of it


def held_out(vectors: np.ndarray) -> np.ndarray:
    """Return which sentences are held out, a fifth of the groups that nearly repeat each other."""
    alike = csr_matrix(vectors @ vectors.T > ALIKE)
    count, groups = connected_components(alike, directed=False)
    part: np.ndarray = np.random.default_rng(0).permutation(count)[groups] % PARTS
    return part == 0


def decided() -> Decided:
    """Return what a classifier that never saw them makes of the held-out sentences."""
    (settings,) = [part for part in project_pipeline() if part["name"].endswith("SentenceEncoder")]
    examples = sentences()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        weights.copy_to(folder, settings["variant"])
        left = held_out(Encoder(folder).sentences([text for text, _ in examples])[:, :DIMENSIONS])
        kept = [example for example, out in zip(examples, left, strict=True) if not out]
        adapter.write(learned(kept, SEEDS[0]), folder / "adapter.npz")
        weights.copy_to(folder, settings["variant"], folder / "adapter.npz")
        vectors = Encoder(folder).sentences([text for text, _ in examples])
    strength = DeskClassifier.get_default_config()["strength"]
    model = IntentModel.fit([text for text, _ in kept], vectors[~left], [intent for _, intent in kept], strength)
    asked = [example for example, out in zip(examples, left, strict=True) if out]
    rows = model.probabilities([text for text, _ in asked], vectors[left])
    return [(intent, model.ranking(row)) for (_, intent), row in zip(asked, rows, strict=True)]


def cost(answers: Decided, thresholds: Thresholds) -> Tuple[float, float]:
    """Return the share of sentences within the job that are turned away, and of those outside."""
    away = [(intent, decide(ranking, thresholds).kind in ("unsure", OUT_OF_SCOPE)) for intent, ranking in answers]
    inside = [flag for intent, flag in away if intent != OUT_OF_SCOPE]
    return share(inside), share([flag for intent, flag in away if intent == OUT_OF_SCOPE])


def chosen(answers: Decided) -> Thresholds:
    """Return the thresholds that turn most of what is outside away, and at most `ALLOWED` of what is within."""
    grid = [replace(Thresholds(), out_of_scope=outside, unsure=unsure) for outside in OUTSIDE for unsure in UNSURE]
    allowed = [(*cost(answers, thresholds), thresholds) for thresholds in grid]
    best = max((row for row in allowed if row[0] <= ALLOWED), key=lambda row: (row[1], -row[0]))
    return best[2]


def closeness(answers: Decided, least: float) -> Tuple[float, float, float]:
    """Return how many are asked which of two is meant; how many of those the better is right for, and either is."""
    decisions = [(intent, decide(ranking, replace(Thresholds(), close=least))) for intent, ranking in answers]
    close = [(intent, decision) for intent, decision in decisions if decision.kind == "close"]
    return (
        len(close) / len(answers),
        share([intent == decision.intent for intent, decision in close]),
        share([intent in decision.close for intent, decision in close]),
    )


def markdown(answers: Decided) -> str:
    """Return the tables."""
    best, used = chosen(answers), Thresholds()
    right = share([intent == ranking[0][0] for intent, ranking in answers])
    day = f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d}"
    lines = [
        f"Measured on {day} by `{COMMAND}`: {len(answers)} sentences held out, {100 * right:.1f} % of them understood.",
        "Turned away, within the job / outside it, in %:\n",
        report.table(
            ["`out_of_scope`", *(f"`unsure` {unsure}" for unsure in UNSURE)],
            [[str(outside), *_row(answers, outside, UNSURE)] for outside in OUTSIDE],
        ),
        f"Most of what is outside at no more than {100 * ALLOWED:.1f} % within: `out_of_scope` {best.out_of_scope}, "
        f"`unsure` {best.unsure}. In use: {used.out_of_scope} and {used.unsure}.\n",
        report.table(
            ["`close`", "asked which of two %", "the better one is right %", "either is %"],
            [[str(least), *(f"{100 * value:.1f}" for value in closeness(answers, least))] for least in CLOSE],
        ),
    ]
    return "\n".join(lines)


def _row(answers: Decided, outside: float, unsure: Sequence[float]) -> List[str]:
    costs = [cost(answers, replace(Thresholds(), out_of_scope=outside, unsure=value)) for value in unsure]
    return [f"{100 * inside:.1f} / {100 * beyond:.1f}" for inside, beyond in costs]


def main() -> None:
    """Hold out, decide, and write the tables."""
    parser = argparse.ArgumentParser(description="Show what the decision's thresholds cost, by held-out sentences.")
    parser.add_argument("--print", dest="only_print", action="store_true", help="write nothing into docs/")
    arguments = parser.parse_args()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logs.configure("WARNING")
    text = markdown(decided())
    print(text if arguments.only_print else report.write(text, "thresholds"))


if __name__ == "__main__":
    main()
