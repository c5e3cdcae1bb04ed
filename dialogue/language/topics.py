"""What of a shop's policy a message comes near in meaning, as a Rasa component."""

from __future__ import annotations

import hashlib
import re
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
from dialogue.encoder.featurizer import ENCODED, SentenceEncoder
from dialogue.language.nearest import Index, vectors_of

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
            component._index = _by_shop(stored["shops"].tolist(), stored["topics"].tolist(), stored["vectors"])
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Encode what the packs say."""
        shops, topics, texts = zip(
            *(row for path in sorted(POLICIES.glob("*.yml")) for row in rows_of(path)), strict=True
        )
        vectors = vectors_of(texts, self._config["variant"], "topics")
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / "topics.npz", shops=np.array(shops), topics=np.array(topics), vectors=vectors)
        self._index = _by_shop(shops, topics, vectors)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Add `topics` to messages that were encoded and say of which shop they are."""
        for message in messages:
            shop = (message.get("metadata") or {}).get("shop")
            if shop in self._index and message.get(ENCODED) is not None:
                near = self._index[shop].near(message.get(ENCODED))
                message.set(TOPICS, near[: self._config["nearest"]], add_to_output=True)
        return messages


def _by_shop(shops: Sequence[Text], topics: Sequence[Text], vectors: np.ndarray) -> Dict[Text, Index]:
    rows = list(zip(shops, topics, vectors, strict=True))
    return {shop: Index.of([(topic, vector) for one, topic, vector in rows if one == shop]) for shop in set(shops)}


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
