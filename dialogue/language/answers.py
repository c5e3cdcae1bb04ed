"""Which answers of the interview a message comes near in meaning, as a Rasa component."""

from __future__ import annotations

import hashlib
from typing import Any, Dict, Iterator, List, Optional, Text, Tuple, Type

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

ANSWERS = "answers"  # the attribute: answers as "question/value", nearest first, each with its cosine
FILE = ROOT / "data" / "answers.yml"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class KnownAnswers(GraphComponent):
    """Compares a message with the example answers in data/answers.yml.

    It does not know what is asked: the service takes those of the open question, where nothing else told the answer.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """Return the components that must stand before this one."""
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings: `variant` as the featurizer has it, from which cosine and how many answers are told."""
        return {"variant": "int8", "least": 0.4, "most": 16}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[str]:
        """Return the hash of the example answers, which Rasa does not know of."""
        return hashlib.sha256(FILE.read_bytes()).hexdigest()

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._index: Optional[Index] = None

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> KnownAnswers:
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
    ) -> KnownAnswers:
        """Load the component with the vectors from the trained model."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / "answers.npz") as stored:
            component._index = Index.of(list(zip(stored["labels"].tolist(), stored["vectors"], strict=True)))
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Encode the example answers."""
        labels, texts = zip(*rows(), strict=True)
        vectors = vectors_of(texts, self._config["variant"], "answers")
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / "answers.npz", labels=np.array(labels), vectors=vectors)
        self._index = Index.of(list(zip(labels, vectors, strict=True)))
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Add `answers` to messages that were encoded."""
        for message in messages:
            if self._index is not None and message.get(ENCODED) is not None:
                near = [row for row in self._index.near(message.get(ENCODED)) if row[1] >= self._config["least"]]
                message.set(ANSWERS, near[: self._config["most"]], add_to_output=True)
        return messages


def rows() -> Iterator[Tuple[Text, Text]]:
    """Yield each example answer with its label, "question/value"."""
    for question, values in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        for value, texts in values.items():
            for text in texts:
                yield f"{question}/{value}", text
