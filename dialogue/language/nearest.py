"""The nearest of labelled texts to a message, by the encoder's published reading: what topics and answers share."""

from __future__ import annotations

import hashlib
import tempfile
from abc import abstractmethod
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional, Sequence, Text, Tuple, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from dialogue.encoder import weights
from dialogue.encoder.cache import cached_vectors
from dialogue.encoder.featurizer import ENCODED, SentenceEncoder
from dialogue.encoder.runtime import DIMENSIONS, Encoded, Encoder

Row = Tuple[Text, Text, Text]  # a group of texts that are compared together, a label, a text in English


def published(encoded: Encoded) -> np.ndarray:
    """Return the sentence vector of the encoder as published: the desk's adaptation parts problems alone."""
    return encoded.pooled[:DIMENSIONS]


class Index:
    """Labels and the vectors of their texts, each of length 1."""

    def __init__(self, labels: Sequence[str], vectors: np.ndarray) -> None:
        order = np.argsort(labels, kind="stable")  # the texts of a label stand together
        self.labels, self.starts = np.unique(np.asarray(labels)[order], return_index=True)
        self.vectors = np.ascontiguousarray(vectors[order], np.float32)

    def near(self, vector: np.ndarray, least: float, most: int) -> List[List[Any]]:
        """Return the `most` nearest labels and their cosines from `least` on, nearest first.

        A label is as near as the nearest of its texts.
        """
        cosines = np.maximum.reduceat(self.vectors @ vector, self.starts)
        nearest = np.argsort(-cosines, kind="stable")[:most]
        return [[str(self.labels[i]), round(float(cosines[i]), 3)] for i in nearest if cosines[i] >= least]


class LabelledTexts(GraphComponent):
    """A Rasa component that tells which of some labelled texts a message comes near in meaning; it decides nothing.

    A subclass says which texts those are, and among which of them a message is compared.
    """

    ATTRIBUTE: Text  # of a message: labels, nearest first, each with its cosine
    LEAST: float  # the cosine from which a label is told
    MOST: int  # labels that are told

    @classmethod
    @abstractmethod
    def sources(cls) -> List[Path]:
        """Return the files that the texts come from."""

    @classmethod
    @abstractmethod
    def rows(cls) -> Iterable[Row]:
        """Yield the texts."""

    @abstractmethod
    def group(self, message: Message) -> Optional[Text]:
        """Return the group of texts that a message is compared with; where there is none, nothing is told."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """Return the components that must stand before this one."""
        return [SentenceEncoder]

    @classmethod
    def get_default_config(cls) -> Dict[Text, Any]:
        """Return the settings: `variant` of the encoder as the featurizer has it, `least` cosine and `most` labels."""
        return {"variant": "int8", "least": cls.LEAST, "most": cls.MOST}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[str]:
        """Return the hash of the texts and of this module, which Rasa does not know of."""
        read = (path.read_bytes() for path in [Path(__file__), *cls.sources()])
        return hashlib.sha256(b"".join(read)).hexdigest()

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._indexes: Dict[Text, Index] = {}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LabelledTexts:
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
    ) -> LabelledTexts:
        """Load the component with the vectors from the trained model."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.restore(folder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Encode the texts; those that were encoded before come from the cache."""
        rows = list(self.rows())
        groups, labels, texts = (np.array(column) for column in zip(*rows, strict=True))
        vectors = self._encoded(texts.tolist())
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(folder / self._file(), groups=groups, labels=labels, vectors=vectors)
            self.learn(rows, vectors, training_data, folder)
            self.restore(folder)
        return self._resource

    def learn(self, rows: List[Row], vectors: np.ndarray, training_data: TrainingData, folder: Path) -> None:
        """Learn more from the texts than where they lie, and write it into the folder: a subclass may."""

    def restore(self, folder: Path) -> None:
        """Read what training wrote."""
        with np.load(folder / self._file()) as stored:
            groups, labels, vectors = stored["groups"], stored["labels"], stored["vectors"]
        self._indexes = {
            str(group): Index(labels[groups == group], vectors[groups == group]) for group in np.unique(groups)
        }

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the attribute to messages that were encoded."""
        for message in messages:
            index, encoded = self._indexes.get(self.group(message) or ""), message.get(ENCODED)
            if index is not None and encoded is not None:
                near = index.near(published(encoded), self._config["least"], self._config["most"])
                message.set(self.ATTRIBUTE, near, add_to_output=True)
        return messages

    @classmethod
    def _file(cls) -> Text:
        return f"{cls.ATTRIBUTE}.npz"

    def _encoded(self, texts: Sequence[str]) -> np.ndarray:
        variant = self._config["variant"]
        with tempfile.TemporaryDirectory() as folder:
            weights.copy_to(Path(folder), variant)
            encoder = Encoder(Path(folder))
            kept = weights.onnx_file(variant).with_suffix(f".{self._file()}")
            return cached_vectors(kept, texts, lambda text: published(encoder.encode(text)))
