"""The intent classifier as a Rasa component: probabilities, the decision on them, and a second problem."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any, Dict, List, Optional, Text, Tuple, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from dialogue.encoder.featurizer import ENCODED, SentenceEncoder
from dialogue.encoder.runtime import DIMENSIONS, Encoded
from dialogue.intent import table
from dialogue.intent.decision import UNSURE, Decision, Thresholds, decide
from dialogue.intent.model import IntentModel
from dialogue.intent.problems import named_problems, readings, second_problem, with_clauses
from dialogue.language.identifiers import blanked, in_order

RANKING_LENGTH = 5
BARE = re.compile(r"[!-/:-@\[-`{-~\s]*")  # "?", "...": emojis are more than that


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DeskClassifier(IntentClassifier, GraphComponent):
    """Sets `intent`, `intent_ranking`, `decision`, `second_issue`, `in_order`, `labels` (docs/understanding.md)."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """Return the components that must stand before this one."""
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the settings: the regression's strength, the decision's thresholds, how sure of a second problem."""
        return {"strength": 5.0, **Thresholds().__dict__, "second_issue": 0.5}

    @staticmethod
    def required_packages() -> List[Text]:
        """Return the packages whose versions make a trained component stale."""
        return ["sklearn"]

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[str]:
        """Return the hash of the code that Rasa does not see in this class."""
        sources = sorted(Path(__file__).parent.glob("*.py"))
        return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._thresholds = Thresholds(config["out_of_scope"], config["unsure"], config["close"])
        self._model_storage = model_storage
        self._resource = resource
        self._table = table.IntentTable.read()
        self._model: Optional[IntentModel] = None

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DeskClassifier:
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
    ) -> DeskClassifier:
        """Load the component with what it learned."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model = IntentModel.load(folder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training sentences, which the encoder has featurized before."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT) and e.get_dense_features(TEXT)[1]]
        vectors = np.concatenate([example.get_dense_features(TEXT)[1].features for example in examples])
        intents = [example.get(INTENT) for example in examples]
        texts = [blanked(example.get(TEXT)) for example in examples]
        self._model = IntentModel.fit(texts, vectors, intents, self._config["strength"])
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Understand messages."""
        for message in messages:
            self._understand(message)
        return messages

    def _understand(self, message: Message) -> None:
        assert self._model is not None
        encoded: Optional[Encoded] = message.get(ENCODED)
        text = encoded.text if encoded else ""
        nothing = [text], np.zeros((1, 2 * DIMENSIONS), np.float32)
        row, *clause_rows = self._model.probabilities(*(readings(text, encoded) if encoded else nothing))
        ranking = self._model.ranking(with_clauses(row, clause_rows, self._model.intents, self._table))
        if encoded is None or BARE.fullmatch(text):
            self._set(message, ranking, Decision("unsure", UNSURE), None)
            return
        named = named_problems(clause_rows, self._model.intents, self._table, self._config["second_issue"])
        if ranking[0][0] in self._table.yielding and named:
            clearest, probability = max(named, key=lambda item: item[1])
            ranking = [(clearest, probability), *((i, p * (1 - probability)) for i, p in ranking if i != clearest)]
        decision = decide(ranking, self._thresholds)
        self._set(message, ranking, decision, second_problem(decision.intent, named, self._table))

    def _set(
        self, message: Message, ranking: List[Tuple[str, float]], decision: Decision, second: Optional[str]
    ) -> None:
        best = self._table.labelled(ranking)[:RANKING_LENGTH]
        word = decision.kind if decision.kind in ("unsure", "out_of_scope") else best[0][0]
        outputs: Dict[str, Any] = {
            INTENT: {"name": decision.intent, "confidence": dict(ranking).get(decision.intent, 0.0)},
            INTENT_RANKING_KEY: [{"name": name, "confidence": p} for name, p in ranking[:RANKING_LENGTH]],
            "decision": {"kind": decision.kind, "close": list(decision.close)},
            "second_issue": second,
            "in_order": [list(place) for place in in_order(message.get(TEXT) or "")],
            "labels": {"decision": word, "ranking": [{"label": label, "confidence": p} for label, p in best]},
        }
        for key, value in outputs.items():
            message.set(key, value, add_to_output=True)
