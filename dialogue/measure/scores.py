"""What is counted, and how: the definitions of the measuring data's README."""

from collections import Counter
from dataclasses import dataclass
from typing import Dict, List, Sequence, Tuple

from dialogue.measure.messages import Labelled

TURNED_AWAY = ("out_of_scope", "unsure")


@dataclass(frozen=True)
class Answer:
    """What a pipeline made of one message: labels, best first, and its decision (a label, out_of_scope or unsure)."""

    ranking: Tuple[str, ...]
    decision: str

    @property
    def best(self) -> str:
        """The top label, `none` where the pipeline gave none."""
        return self.ranking[0] if self.ranking else "none"


@dataclass(frozen=True)
class Scores:
    """Shares between 0 and 1; `strict`, `lenient`, `top2` and `macro_f1` over the real messages."""

    strict: float
    lenient: float
    top2: float
    macro_f1: float
    turned_away: float
    oos_recall: float
    oos_recall_near: float


@dataclass(frozen=True)
class LabelScore:
    """One label's row of the table; `taken_for` counts what its messages were taken for instead."""

    label: str
    messages: int
    precision: float
    recall: float
    f1: float
    taken_for: Tuple[Tuple[str, int], ...]


def share(flags: Sequence[bool]) -> float:
    """Return the share of true ones, 0 for none."""
    return sum(flags) / len(flags) if flags else 0.0


def by_label(messages: Sequence[Labelled], answers: Sequence[Answer]) -> List[LabelScore]:
    """Return each label's precision, recall and F1 (strict), the most frequent label first."""
    confusion: Dict[str, Counter] = {}
    for message, answer in zip(messages, answers, strict=True):
        confusion.setdefault(message.label, Counter())[answer.best] += 1
    answered = Counter(answer.best for answer in answers)
    rows = []
    for label, row in confusion.items():
        count, right = sum(row.values()), row[label]
        precision, recall = right / answered[label] if answered[label] else 0.0, right / count
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        wrong = tuple((other, n) for other, n in row.most_common() if other != label)
        rows.append(LabelScore(label, count, precision, recall, f1, wrong))
    return sorted(rows, key=lambda score: -score.messages)


def score(
    messages: Sequence[Labelled], answers: Sequence[Answer], outside: Sequence[Labelled], refused: Sequence[Answer]
) -> Scores:
    """Score the answers to the real messages, and those to the messages outside the job."""
    right = [{message.label, *message.alternatives} for message in messages]
    table = by_label(messages, answers)
    away = [answer.decision in TURNED_AWAY for answer in refused]
    return Scores(
        strict=share([answer.best == message.label for message, answer in zip(messages, answers, strict=True)]),
        lenient=share([answer.best in labels for labels, answer in zip(right, answers, strict=True)]),
        top2=share([bool(labels & set(answer.ranking[:2])) for labels, answer in zip(right, answers, strict=True)]),
        macro_f1=sum(row.f1 for row in table) / len(table),
        turned_away=share([answer.decision in TURNED_AWAY for answer in answers]),
        oos_recall=share(away),
        oos_recall_near=share([flag for flag, message in zip(away, outside, strict=True) if message.label == "near"]),
    )
