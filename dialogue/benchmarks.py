"""Score the same classifier on public benchmarks: `dialogue/.venv/bin/python -m dialogue.benchmarks` from the root.

The encoder as published, and the desk's features, regression and neighbours, trained on each benchmark's own sentences,
so that the numbers can be compared with published ones. Writes them into docs/understanding.md.
"""

import argparse
import csv
import datetime
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional, Tuple

import numpy as np

from dialogue.encoder import weights
from dialogue.encoder.cache import cached_vectors
from dialogue.encoder.runtime import DIMENSIONS, Encoder
from dialogue.intent.classifier import DeskClassifier
from dialogue.intent.model import IntentModel
from dialogue.measure import messages, report
from dialogue.measure.pipelines import project_pipeline

COMMAND = "dialogue/.venv/bin/python -m dialogue.benchmarks"
OUTSIDE = ("oos", "NO_NODES_DETECTED")
SEEDS = (0, 1, 2)  # of the sentences drawn where no standard few-shot file exists
FOLDS = 5
TURNED_AWAY = 0.05  # of a benchmark's own training sentences, by cross-validation: where its threshold comes from
Rows = List[Tuple[str, str]]


@dataclass(frozen=True)
class Benchmark:
    """A training and a test file, how many sentences of each intent to draw (all), and what was published."""

    name: str
    train: Tuple[str, ...]
    test: Tuple[str, ...]
    published: str = ""
    shots: Optional[int] = None


BENCHMARKS = [
    Benchmark("BANKING77, 10 per intent", ("banking77_train",), ("banking77_test",), "85.2", shots=10),
    Benchmark("BANKING77", ("banking77_train",), ("banking77_test",), "93.4"),
    Benchmark("CLINC150, 10 per intent", ("clinc150_train",), ("clinc150_test", "clinc150_oos_test"), "93.3", shots=10),
    Benchmark("CLINC150", ("clinc150_train",), ("clinc150_test", "clinc150_oos_test"), "97.2"),
    Benchmark(
        "CLINC150 with its out-of-scope sentences",
        ("clinc150_train", "clinc150_oos_train"),
        ("clinc150_test", "clinc150_oos_test"),
    ),
    Benchmark("HWU64, 5 per intent", ("hwu64_train_5",), ("hwu64_test",)),
    Benchmark("HWU64, 10 per intent", ("hwu64_train_10",), ("hwu64_test",), "85.8"),
    Benchmark("HWU64", ("hwu64_train",), ("hwu64_test",), "92.6"),
    Benchmark("HINT3 Curekart", ("hint3_curekart_train_v1",), ("hint3_curekart_test_v1",), "84.1"),
    Benchmark("HINT3 SOFMattress", ("hint3_sofmattress_train_v1",), ("hint3_sofmattress_test_v1",), "69.3"),
    Benchmark("HINT3 Powerplay11", ("hint3_powerplay11_train_v1",), ("hint3_powerplay11_test_v1",), "49.1"),
    Benchmark("HINT3 Curekart, subset", ("hint3_curekart_subset_train_v1",), ("hint3_curekart_test_v1",)),
    Benchmark("HINT3 SOFMattress, subset", ("hint3_sofmattress_subset_train_v1",), ("hint3_sofmattress_test_v1",)),
    Benchmark("HINT3 Powerplay11, subset", ("hint3_powerplay11_subset_train_v1",), ("hint3_powerplay11_test_v1",)),
]


class Classifier:
    """The learned part of the desk's component, for any labels."""

    def __init__(self) -> None:
        (settings,) = [part for part in project_pipeline() if part["name"].endswith("SentenceEncoder")]
        self.strength: float = DeskClassifier.get_default_config()["strength"]
        self.file = weights.onnx_file(settings["variant"])
        with tempfile.TemporaryDirectory() as folder:
            weights.copy_to(Path(folder), settings["variant"])
            self.encoder = Encoder(Path(folder))

    def vectors(self, texts: List[str], name: str) -> np.ndarray:
        """Return the sentence vectors of the published reading, from the cache where it has them."""
        file = self.file.with_suffix(f".{name}.npz")
        return cached_vectors(file, texts, lambda text: self.encoder.encode(text).pooled[:DIMENSIONS])

    def probabilities(
        self, train: Rows, texts: List[str], train_vectors: np.ndarray, vectors: np.ndarray
    ) -> Tuple[List[str], np.ndarray]:
        """Return the labels and their probabilities for each text."""
        model = IntentModel.fit(
            [text for text, _ in train], train_vectors, [label for _, label in train], self.strength
        )
        return model.intents, model.probabilities(texts, vectors)


def read(folder: Path, names: Tuple[str, ...]) -> Rows:
    """Return (text, label) of some files; what is outside has the label `oos`."""
    rows: Rows = []
    for name in names:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows += [(row["text"], "oos" if row["label"] in OUTSIDE else row["label"]) for row in csv.DictReader(file)]
    return rows


def drawn(rows: Rows, shots: int, seed: int) -> Rows:
    """Return `shots` sentences of each label, drawn at random."""
    by_label: Dict[str, Rows] = {}
    for row in rows:
        by_label.setdefault(row[1], []).append(row)
    random = np.random.default_rng(seed)
    return [group[i] for group in by_label.values() for i in random.permutation(len(group))[:shots]]


def threshold(classifier: Classifier, train: Rows, vectors: np.ndarray) -> float:
    """Return the best label's probability below which `TURNED_AWAY` of the training sentences fall, each left out."""
    fold = np.random.default_rng(0).permutation(len(train)) % FOLDS
    best = np.zeros(len(train))
    for i in range(FOLDS):
        kept, left = np.flatnonzero(fold != i), np.flatnonzero(fold == i)
        _, p = classifier.probabilities(
            [train[j] for j in kept], [train[j][0] for j in left], vectors[kept], vectors[left]
        )
        best[left] = p.max(axis=1)
    return float(np.quantile(best, TURNED_AWAY))


def run(benchmark: Benchmark, folder: Path, classifier: Classifier) -> List[str]:
    """Return a benchmark's row of the report."""
    everything, test = read(folder, benchmark.train), read(folder, benchmark.test)
    name = benchmark.train[0]
    seen = dict(
        zip([text for text, _ in everything], classifier.vectors([t for t, _ in everything], name), strict=True)
    )
    vectors = classifier.vectors([text for text, _ in test], benchmark.test[0])
    samples = [drawn(everything, benchmark.shots, seed) for seed in SEEDS] if benchmark.shots else [everything]
    scored = [
        _score(sample, test, np.stack([seen[text] for text, _ in sample]), vectors, classifier) for sample in samples
    ]
    cells = ["" if np.isnan(value) else f"{100 * value:.1f}" for value in np.mean(scored, axis=0)]
    return [benchmark.name, str(len(samples[0])), cells[0], benchmark.published, *cells[1:]]


def _score(
    train: Rows, test: Rows, train_vectors: np.ndarray, vectors: np.ndarray, classifier: Classifier
) -> Tuple[float, float, float]:
    """Return accuracy in scope; and, with a threshold, accuracy in scope and recall out of scope (nan without any)."""
    labels, p = classifier.probabilities(train, [text for text, _ in test], train_vectors, vectors)
    best = [labels[i] for i in p.argmax(axis=1)]
    truth = [label for _, label in test]
    inside = np.array([label != "oos" for label in truth])
    right = np.array([a == b for a, b in zip(best, truth, strict=True)])
    if inside.all():
        return float(right.mean()), float("nan"), float("nan")
    learned = "oos" in labels
    least = 0.0 if learned else threshold(classifier, train, train_vectors)
    away = np.array([label == "oos" for label in best]) | (p.max(axis=1) < least)
    return float(right[inside].mean()), float((right & ~away)[inside].mean()), float(away[~inside].mean())


def main() -> None:
    """Run every benchmark and write the table."""
    parser = argparse.ArgumentParser(description="Score the classifier on public intent benchmarks.")
    parser.add_argument("--data", type=Path, default=messages.FOLDER / "benchmarks", help="the folder of the CSV files")
    parser.add_argument("--print", dest="only_print", action="store_true", help="write nothing into docs/")
    arguments = parser.parse_args()
    classifier, rows = Classifier(), []
    for benchmark in BENCHMARKS:
        rows.append(run(benchmark, arguments.data, classifier))
        print(" | ".join(rows[-1]), flush=True)
    head = ["benchmark", "sentences", "accuracy in scope %", "published", "with threshold %", "out-of-scope recall %"]
    day = f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d}"
    text = f"Measured on {day} by `{COMMAND}`.\n\n{report.table(head, rows)}"
    if not arguments.only_print:
        print(report.write(text, "benchmarks"))


if __name__ == "__main__":
    main()
