"""The report of an evaluation: Markdown between two marks of docs/understanding.md, and the confusion matrix."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

import numpy as np

from dialogue import ROOT
from dialogue.measure.entities import EntityScore
from dialogue.measure.latency import Latency
from dialogue.measure.pipelines import Trained
from dialogue.measure.scores import LabelScore, Scores

PAGE = ROOT / "docs" / "understanding.md"
PICTURE = ROOT / "docs" / "understanding-confusion.png"
COMMAND = "dialogue/.venv/bin/python -m dialogue.evaluate"


@dataclass(frozen=True)
class Row:
    """What was measured of one pipeline."""

    name: str
    scores: Scores
    latency: Latency
    trained: Trained


def write(text: str, name: str = "numbers", page: Path = PAGE) -> str:
    """Put the text between the page's marks `<!-- name -->` and `<!-- /name -->`; return a sentence saying so."""
    before, rest = page.read_text(encoding="utf-8").split(f"<!-- {name} -->\n", 1)
    _, after = rest.split(f"<!-- /{name} -->", 1)
    page.write_text(f"{before}<!-- {name} -->\n{text}<!-- /{name} -->{after}", encoding="utf-8")
    return f"Wrote the numbers into {page.relative_to(ROOT)}."


def markdown(
    rows: Sequence[Row], variants: Sequence[Row], scored: Sequence[LabelScore], found: Sequence[EntityScore]
) -> str:
    """Return the numbers as Markdown."""
    parts = [f"Measured on {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d} by `{COMMAND}`.\n"]
    parts.append(pipelines(rows, "pipeline"))
    if variants:
        parts.append("The encoder's variants, in the project's pipeline:\n\n" + pipelines(variants, "variant"))
    parts.append(_labels(scored))
    parts.append("![What each label is taken for](understanding-confusion.png)\n")
    parts.append(_entities(found))
    return "\n".join(parts)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def pipelines(rows: Sequence[Row], first: str) -> str:
    """Return the table of pipelines; `first` heads the column of their names."""
    head = [first, "strict", "lenient", "top-2 lenient", "macro-F1", "out-of-scope recall", "of it near", "turned away"]
    head += ["p50 ms", "p95 ms", "training s", "MB"]
    cells = []
    for row in rows:
        s = row.scores
        shares = [s.strict, s.lenient, s.top2, s.macro_f1, s.oos_recall, s.oos_recall_near, s.turned_away]
        cells.append(
            [
                row.name,
                *(f"{share:.3f}" for share in shares),
                f"{row.latency.p50:.1f}",
                f"{row.latency.p95:.1f}",
                f"{row.trained.seconds:.0f}",
                f"{row.trained.megabytes:.0f}",
            ]
        )
    return table(head, cells)


def _labels(scored: Sequence[LabelScore]) -> str:
    head = ["label", "messages", "precision", "recall", "F1", "most often taken for"]
    return table(
        head,
        [
            [
                row.label,
                str(row.messages),
                f"{row.precision:.2f}",
                f"{row.recall:.2f}",
                f"{row.f1:.2f}",
                ", ".join(f"{label} {count}" for label, count in row.taken_for[:3]),
            ]
            for row in scored
        ],
    )


def _entities(found: Sequence[EntityScore]) -> str:
    head = ["entity", "expected", "found", "right", "F1"]
    return table(
        head, [[row.entity, str(row.expected), str(row.found), str(row.right), f"{row.f1:.2f}"] for row in found]
    )


def draw_confusion(scored: Sequence[LabelScore], file: Path = PICTURE) -> None:
    """Draw the shares of each label's messages (rows) that were taken for each label (columns)."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    labels = [row.label for row in scored]
    columns = labels + sorted({other for row in scored for other, _ in row.taken_for} - set(labels))
    shares = np.zeros((len(labels), len(columns)))
    for i, row in enumerate(scored):
        shares[i, i] = row.recall
        for other, count in row.taken_for:
            shares[i, columns.index(other)] = count / row.messages
    figure, axes = plt.subplots(figsize=(13, 10))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(len(columns)), columns, rotation=90)
    axes.set_yticks(range(len(labels)), [f"{row.label} ({row.messages})" for row in scored])
    axes.set_xlabel("understood as")
    for i, j in zip(*np.nonzero(shares), strict=True):
        axes.text(j, i, f"{100 * shares[i, j]:.0f}", ha="center", va="center", fontsize=7)
    figure.tight_layout()
    figure.savefig(file, dpi=90)
    plt.close(figure)
