"""Measure understanding: `dialogue/.venv/bin/python -m dialogue.evaluate` from the project's root (`make evaluate`).

Trains the project's pipeline and the compared ones on data/nlu, asks them the real messages of the measuring data, and
writes the numbers into docs/understanding.md and the confusion matrix into docs/understanding-confusion.png.
"""

import argparse
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict, List, Tuple

from dialogue import ROOT
from dialogue.encoder.weights import VARIANTS
from dialogue.measure import entities, latency, messages, pipelines, report, scores
from dialogue.measure.report import Row
from dialogue.server import logs

ENCODER = "dialogue.encoder.featurizer.SentenceEncoder"


def main() -> None:
    """Evaluate and print where the report is."""
    parser = argparse.ArgumentParser(description="Measure how well real messages are understood.")
    parser.add_argument("--data", type=Path, default=messages.FOLDER, help="the folder of the measuring data")
    parser.add_argument("--only-ours", action="store_true", help="leave the compared pipelines and variants out")
    parser.add_argument("--print", action="store_true", help="print the report instead of writing it into docs/")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    logs.configure("WARNING")
    inside, outside = messages.issues(arguments.data), messages.out_of_scope(arguments.data)
    with tempfile.TemporaryDirectory() as folder:
        text = evaluate(inside, outside, Path(folder), arguments.only_ours)
    if arguments.print:
        print(text)
    else:
        print(report.write(text))


def evaluate(inside: List[messages.Labelled], outside: List[messages.Labelled], folder: Path, only_ours: bool) -> str:
    """Return the report's numbers as Markdown; draws the confusion matrix on the way."""
    ours = pipelines.project_pipeline()
    row, answers = _measure("Redress", ours, inside, outside, folder)
    rows, variants = [row], []
    if not only_ours:
        rows += [_measure(name, p, inside, outside, folder)[0] for name, p in pipelines.COMPARED.items()]
        variants = [replace(row, name=f"{_variant(ours)} (in use)")]
        variants += [
            _measure(v, _with_variant(ours, v), inside, outside, folder)[0] for v in VARIANTS if v != _variant(ours)
        ]
    table = scores.by_label(inside, answers)
    report.draw_confusion(table)
    found = _entities(row.trained.archive)
    return report.markdown(rows, variants, table, found)


def _measure(
    name: str,
    pipeline: List[Dict[str, Any]],
    inside: List[messages.Labelled],
    outside: List[messages.Labelled],
    folder: Path,
) -> Tuple[Row, List[scores.Answer]]:
    print(f"{name}: training and asking", flush=True)
    trained = pipelines.train(pipeline, folder)
    texts = [message.text for message in inside]
    answers = pipelines.answers(trained.archive, [*texts, *(message.text for message in outside)])
    scored = scores.score(inside, answers[: len(inside)], outside, answers[len(inside) :])
    with latency.running(trained.archive, one_core=True) as port:
        taken = latency.of_parsing(port, texts)
    row = Row(name, scored, taken, trained)
    print(report.pipelines([row], "pipeline"), flush=True)
    return row, answers[: len(inside)]


def _variant(pipeline: List[Dict[str, Any]]) -> str:
    (variant,) = [part["variant"] for part in pipeline if part["name"] == ENCODER]
    return str(variant)


def _with_variant(pipeline: List[Dict[str, Any]], variant: str) -> List[Dict[str, Any]]:
    return [{**part, "variant": variant} if "variant" in part else part for part in pipeline]


def _entities(archive: Path) -> List[entities.EntityScore]:
    sentences = entities.sentences()
    parsed = pipelines.parse(archive, [s.text for s in sentences], [s.metadata for s in sentences])
    found = [{(e["entity"], str(e["value"])) for e in result["entities"]} for result in parsed]
    return entities.score([s.expected for s in sentences], found)


if __name__ == "__main__":
    main()
