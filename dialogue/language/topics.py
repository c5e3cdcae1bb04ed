"""What of a shop's policy a message comes near in meaning, as a Rasa component."""

from __future__ import annotations

import hashlib
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence, Text, Tuple, Type

import numpy as np
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from dialogue import ROOT
from dialogue.encoder import weights
from dialogue.encoder.cache import cached_vectors
from dialogue.encoder.featurizer import ENCODED, SentenceEncoder
from dialogue.encoder.runtime import DIMENSIONS, Encoded, Encoder

TOPICS = "topics"  # the attribute: the shop's topics, nearest first, each with its cosine
POLICIES = ROOT / "data" / "policies"
SENTENCES = re.compile(r"(?<=[.;:]) ")
Row = Tuple[Text, Text, Text]  # shop, topic (of an answer) or clause, a text in English


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class PolicyTopics(GraphComponent):
    """Compares a message with the answers (questions, titles, texts) and clauses of the pack of `metadata.shop`.

    It decides nothing: the service, which knows the policy in force, takes what is near enough.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """Return the components that must stand before this one."""
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings: `variant` of the encoder as the featurizer has it, how many topics are told."""
        return {"variant": "int8", "nearest": 4}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[str]:
        """Return the hash of the packs, which Rasa does not know of."""
        return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(POLICIES.glob("*.yml")))).hexdigest()

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._index: Dict[Text, Index] = {}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PolicyTopics:
        """Create the component for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PolicyTopics:
        """Load the component with the vectors from the trained model."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / "topics.npz") as stored:
            component._index = _indexed(stored["shops"].tolist(), stored["topics"].tolist(), stored["vectors"])
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Encode what the packs say."""
        shops, topics, texts = zip(
            *(row for path in sorted(POLICIES.glob("*.yml")) for row in rows_of(path)), strict=True
        )
        file = weights.onnx_file(self._config["variant"])
        with tempfile.TemporaryDirectory() as folder:
            weights.copy_to(Path(folder), self._config["variant"])
            encoder = Encoder(Path(folder))
            vectors = cached_vectors(file.with_suffix(".topics.npz"), texts, lambda one: published(encoder.encode(one)))
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / "topics.npz", shops=np.array(shops), topics=np.array(topics), vectors=vectors)
        self._index = _indexed(shops, topics, vectors)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Add `topics` to messages that were encoded and say of which shop they are."""
        for message in messages:
            shop = (message.get("metadata") or {}).get("shop")
            if shop in self._index and message.get(ENCODED) is not None:
                near = self._index[shop].near(published(message.get(ENCODED)))[: self._config["nearest"]]
                message.set(TOPICS, near, add_to_output=True)
        return messages


def published(encoded: Encoded) -> np.ndarray:
    """Return the sentence vector of the encoder as published: the desk's adaptation parts problems, not topics."""
    return encoded.pooled()[:DIMENSIONS]


@dataclass(frozen=True)
class Index:
    """What one shop's pack says: its topics, and vectors of their texts with the place of each one's topic."""

    topics: List[Text]
    places: np.ndarray
    vectors: np.ndarray

    def near(self, vector: np.ndarray) -> List[List[Any]]:
        """Return topics and cosines, nearest first; a topic is as near as the nearest of its texts."""
        best = np.full(len(self.topics), -1.0)
        np.maximum.at(best, self.places, self.vectors @ vector)
        return [[self.topics[place], round(float(best[place]), 3)] for place in np.argsort(-best)]


def _indexed(shops: Sequence[Text], topics: Sequence[Text], vectors: np.ndarray) -> Dict[Text, Index]:
    found = {}
    for shop in dict.fromkeys(shops):
        own = [place for place, one in enumerate(shops) if one == shop]
        named = sorted({topics[place] for place in own})
        found[shop] = Index(named, np.array([named.index(topics[place]) for place in own]), vectors[own])
    return found


def rows_of(path: Path) -> Iterator[Row]:
    """Yield what a pack says in English, each text once for its topic; a clause is named by its number."""
    pack = yaml.safe_load(path.read_text(encoding="utf-8"))
    seen = set()
    for part in _parts(pack):
        for topic, answer in (part.get("answers") or {}).items():
            text = answer["text"]["en"]
            words = (answer.get("words") or {}).get("en") or ()
            for one in (answer["title"]["en"], *(answer.get("questions") or ()), *words, *SENTENCES.split(text), text):
                seen.add((pack["shop"], topic, one))
        if isinstance(part.get("says"), dict):
            seen.add((pack["shop"], str(part["ref"]), part["says"]["en"]))
    yield from sorted(seen)


def _parts(node: Any) -> Iterator[Dict[Text, Any]]:
    if isinstance(node, dict):
        yield node
    for below in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _parts(below)
