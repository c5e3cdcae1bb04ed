"""From probabilities to what the desk does: act on an intent, ask which of two, ask again, or say it is not its job."""

from dataclasses import dataclass
from typing import Dict, List, Sequence, Tuple

OUT_OF_SCOPE = "out_of_scope"
UNSURE = "nlu_fallback"

Ranking = List[Tuple[str, float]]


@dataclass(frozen=True)
class Thresholds:
    """Where the decision turns; `dialogue.thresholds` shows on held-out sentences what other values cost."""

    out_of_scope: float = 0.35  # out of scope beyond this probability, even if an intent has more
    unsure: float = 0.15  # nothing is close below this probability of the best intent
    close: float = 0.6  # the second best is close from this share of the best's probability on


@dataclass(frozen=True)
class Decision:
    """What was decided: `kind` is `intent`, `close` (the two of `close` are as likely), `unsure` or `out_of_scope`."""

    kind: str
    intent: str
    close: Tuple[str, ...] = ()


def decide(ranking: Sequence[Tuple[str, float]], thresholds: Thresholds) -> Decision:
    """Decide on a ranking (best first) of intents, `out_of_scope` among them."""
    probability: Dict[str, float] = dict(ranking)
    inside = [(intent, p) for intent, p in ranking if intent != OUT_OF_SCOPE]
    (best, p_best), (second, p_second) = inside[0], inside[1]
    p_outside = probability.get(OUT_OF_SCOPE, 0.0)
    if p_outside > p_best or p_outside >= thresholds.out_of_scope:
        return Decision("out_of_scope", OUT_OF_SCOPE)
    if p_best < thresholds.unsure:
        return Decision("unsure", UNSURE)
    if p_second >= thresholds.close * p_best:
        return Decision("close", best, (best, second))
    return Decision("intent", best)
