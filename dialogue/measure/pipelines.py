"""Pipelines trained on the project's sentences and asked for their answers, in this process."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Union

import yaml
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.model_training import train_nlu

from dialogue import ROOT
from dialogue.intent.table import IntentTable
from dialogue.measure.scores import Answer

# For comparison, on the same sentences in the same run. DIET has 20 epochs instead of the usual 100: more is more than
# one may wait for on two cores.
COMPARED: Dict[str, List[Dict[str, Any]]] = {
    "encoder + LogisticRegression alone": [
        {"name": "dialogue.language.tokenizer.SpacyTokenizer"},
        {"name": "dialogue.encoder.featurizer.SentenceEncoder", "adapted": False},
        {"name": "LogisticRegressionClassifier"},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "Rasa's default (DIET, no encoder)": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 20, "constrain_similarities": True, "random_seed": 0},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
}


@dataclass(frozen=True)
class Trained:
    """A trained pipeline: its archive, the seconds that training took and its size in MB."""

    archive: Path
    seconds: float
    megabytes: float


def project_pipeline() -> List[Dict[str, Any]]:
    """Return the pipeline of config.yml."""
    pipeline: List[Dict[str, Any]] = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return pipeline


def train(pipeline: List[Dict[str, Any]], folder: Path, data: str = "data/nlu") -> Trained:
    """Train a pipeline's understanding (no policies) on Rasa files into a folder."""
    started = time.monotonic()
    with tempfile.NamedTemporaryFile("w", suffix=".yml", dir=folder, delete=False) as config:
        yaml.safe_dump(
            {"recipe": "default.v1", "language": "en", "assistant_id": "measured", "pipeline": pipeline}, config
        )
    archive = train_nlu(config.name, data, str(folder), fixed_model_name=Path(config.name).stem)
    assert archive is not None
    return Trained(Path(archive), time.monotonic() - started, Path(archive).stat().st_size / 1e6)


def parse(
    archive: Union[Path, str], texts: Sequence[str], metadata: Optional[Sequence[Dict[str, Any]]] = None
) -> List[Dict[str, Any]]:
    """Return Rasa's parse of each text, with the metadata that came with it."""
    processor = Agent.load(str(archive)).processor
    assert processor is not None
    inputs = [
        UserMessage(text, metadata=values) for text, values in zip(texts, metadata or [{}] * len(texts), strict=True)
    ]

    async def every() -> List[Dict[str, Any]]:
        return [await processor.parse_message(message) for message in inputs]

    return asyncio.run(every())


def answers(archive: Path, texts: Sequence[str]) -> List[Answer]:
    """Return the answers of a pipeline in label words; a stock pipeline's fallback reads as `unsure`."""
    table = IntentTable.read()
    return [_answer(result, table) for result in parse(archive, texts)]


def _answer(result: Dict[str, Any], table: IntentTable) -> Answer:
    if "labels" in result:
        labels = result["labels"]
        return Answer(tuple(row["label"] for row in labels["ranking"]), labels["decision"])
    ranking = [(row["name"], row["confidence"]) for row in result["intent_ranking"] if row["name"] != "nlu_fallback"]
    best = tuple(label for label, _ in table.labelled(ranking))
    words = {"nlu_fallback": "unsure", "out_of_scope": "out_of_scope"}
    return Answer(best, words.get(result["intent"]["name"], best[0] if best else "unsure"))
