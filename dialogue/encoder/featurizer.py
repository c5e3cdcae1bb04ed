"""The sentence encoder as a Rasa component: dense features of a message and of each of its tokens."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Dict, List, Optional, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from dialogue.encoder import adapter, weights
from dialogue.encoder.cache import cached_vectors
from dialogue.encoder.runtime import DIMENSIONS, Encoded, Encoder
from dialogue.language.identifiers import blanked

ENCODED = "encoded"  # the attribute under which the classifier finds the `Encoded` of a message's text


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """all-MiniLM-L6-v2: a sentence feature of shape (1, 768) and a sequence feature of shape (tokens, 768).

    The first 384 columns are the encoder as published; without `adapted` they are all.
    Training copies the ONNX graph of the configured `variant` (see `dialogue.encoder.weights`) into the model, so that
    a trained model runs without the cache and without TensorFlow.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """Return the components that must stand before this one."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings: `variant` of the graph, the `adapted` reading too, `sequence` features too."""
        return {**DenseFeaturizer.get_default_config(), "variant": "int8", "adapted": True, "sequence": False}

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Refuse a variant that nobody can make."""
        if config["variant"] not in weights.VARIANTS:
            raise InvalidConfigException(
                f"SentenceEncoder: unknown variant '{config['variant']}'; there are {', '.join(weights.VARIANTS)}."
            )

    @staticmethod
    def required_packages() -> List[Text]:
        """Return the packages whose versions make a trained component stale."""
        return ["onnxruntime", "tokenizers"]

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[str]:
        """Return the hash of the code that Rasa does not see in this class."""
        sources = sorted(Path(__file__).parent.glob("*.py"))
        return hashlib.sha256(b"".join(path.read_bytes() for path in [*sources, adapter.FILE])).hexdigest()

    def __init__(self, config: Dict[Text, Any], name: Text, model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._encoder: Optional[Encoder] = None

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Create the component for training."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceEncoder:
        """Load the component with the encoder from the trained model."""
        component = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._encoder = Encoder(folder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Copy the encoder into the model; nothing is learned."""
        with self._model_storage.write_to(self._resource) as folder:
            weights.copy_to(folder, self._config["variant"])
            self._encoder = Encoder(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to every training sentence; sentence vectors come from the cache where it has them."""
        examples = [example for example in training_data.training_examples if self._has_words(example)]
        if self._config["sequence"]:
            self.process(examples)
            return training_data
        file = weights.onnx_file(self._config["variant"]).with_suffix(".vectors.npz")
        vectors = cached_vectors(file, [blanked(e.get(TEXT)) for e in examples], lambda text: self._encode(text).pooled)
        for example, vector in zip(examples, vectors, strict=True):
            self._add(example, None, vector)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add features to messages, and the `Encoded` itself for the classifier."""
        for message in messages:
            if not self._has_words(message):
                continue
            encoded = self._encode(message.get(TEXT))
            message.set(ENCODED, encoded)
            sequence = self._of_tokens(encoded, message.get(TOKENS_NAMES[TEXT])) if self._config["sequence"] else None
            self._add(message, sequence, encoded.pooled)
        return messages

    def _encode(self, text: str) -> Encoded:
        assert self._encoder is not None
        return self._encoder.encode(blanked(text))

    def _add(self, message: Message, sequence: Optional[np.ndarray], vector: np.ndarray) -> None:
        columns = slice(None if self._config["adapted"] else DIMENSIONS)
        tokens = None if sequence is None else sequence[:, columns]
        self.add_features_to_message(tokens, vector[np.newaxis, columns], TEXT, message)

    @staticmethod
    def _has_words(message: Message) -> bool:
        return bool(message.get(TEXT)) and bool(message.get(TOKENS_NAMES[TEXT]))

    @staticmethod
    def _of_tokens(encoded: Encoded, tokens: List[Any]) -> np.ndarray:
        return encoded.pooled_parts([(token.start, token.end) for token in tokens])
