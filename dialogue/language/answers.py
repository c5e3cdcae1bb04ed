"""Which answers of the interview a message means, as a Rasa component."""

import hashlib
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Set, Text, Tuple

import numpy as np
import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from dialogue import ROOT
from dialogue.encoder.featurizer import ENCODED
from dialogue.encoder.runtime import DIMENSIONS, Encoded
from dialogue.intent.clauses import TELLING, clauses
from dialogue.intent.table import IntentTable
from dialogue.language import told
from dialogue.language.nearest import LabelledTexts, Row, published

FILE = ROOT / "data" / "answers.yml"
EVERY = "every"  # the one group
VOLUNTEERED = "volunteered"  # of a message: the labels of yes and no that one of its clauses tells
NEAR, LIKELY = 0.7, 0.9  # cosine and probability from which a clause that nobody asked for tells one


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class KnownAnswers(LabelledTexts):
    """Compares a message with the example answers in data/answers.yml, whose labels are "question/value".

    Of each label that is near it tells the cosine of the nearest example, and the probability among the values of its
    question: the first says whether the message answers the question at all, the second with what. It does not know
    what is asked: the service takes the values of the open question.
    """

    ATTRIBUTE, LEAST, MOST = "answers", 0.4, 16

    @classmethod
    def sources(cls) -> List[Path]:
        """Return the file of the example answers."""
        return [FILE]

    @classmethod
    def rows(cls) -> Iterator[Row]:
        """Yield each example answer."""
        for question, values in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
            for value, texts in values.items():
                yield from ((EVERY, f"{question}/{value}", text) for text in texts)

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[str]:
        """Return the hash of the texts and of what is learned from them."""
        learned = Path(told.__file__).read_bytes()
        return hashlib.sha256(str(super().fingerprint_addon(config)).encode() + learned).hexdigest()

    def group(self, message: Message) -> Optional[Text]:
        """Return the group of all answers."""
        return EVERY

    def learn(self, rows: List[Row], vectors: np.ndarray, training_data: TrainingData, folder: Path) -> None:
        """Learn which value of its question an answer tells."""
        examples = [(label, text) for _, label, text in rows]
        told.AnswerModel.fit(*_with_intents(examples, vectors, training_data)).save(folder)

    def restore(self, folder: Path) -> None:
        """Read what training wrote."""
        super().restore(folder)
        self._model = told.AnswerModel.load(folder)

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the labels that are near, with their cosines and probabilities, and what clauses tell unasked."""
        for message in super().process(messages):
            encoded: Optional[Encoded] = message.get(ENCODED)
            if encoded is None:
                continue
            text: Text = message.get(TEXT)
            if near := message.get(self.ATTRIBUTE):
                shares = self._model.probabilities(text, published(encoded))
                found = [[label, cosine, round(shares[label], 3)] for label, cosine in near]
                message.set(self.ATTRIBUTE, found, add_to_output=True)
            message.set(VOLUNTEERED, sorted(self._volunteered(text, encoded)), add_to_output=True)
        return messages

    def _volunteered(self, text: Text, encoded: Encoded) -> Set[Text]:
        spans = clauses(text)[:TELLING]
        vectors = encoded.pooled_parts(spans)[:, :DIMENSIONS]
        told_: Set[Text] = set()
        for (start, end), vector in zip(spans, vectors, strict=True):
            near = [label for label, _ in self._indexes[EVERY].near(vector, NEAR, self.MOST) if _is_yes_or_no(label)]
            if near:
                shares = self._model.probabilities(text[start:end], vector)
                told_.update(label for label in near if shares[label] >= LIKELY)
        return told_


def _is_yes_or_no(label: Text) -> bool:
    """Whether a label is a value of a fact: an agreement to send is asked for each time."""
    question, _, value = label.partition("/")
    return value in ("yes", "no") and question != "confirm"


def _with_intents(
    examples: List[told.Example], vectors: np.ndarray, training_data: TrainingData
) -> Tuple[List[told.Example], np.ndarray]:
    """Return the examples and those of the intents that answer many questions, for each question with such a value."""
    values = IntentTable.read().answers
    labels = sorted({label for label, _ in examples})
    more, rows = [], []
    for one in training_data.intent_examples:
        value = values.get(one.get(INTENT))
        for label in labels:
            if label.partition("/")[2] == value:
                more.append((label, one.get(TEXT)))
                rows.append(one.get_dense_features(TEXT)[1].features[:, :DIMENSIONS])
    return [*examples, *more], np.concatenate([vectors, *rows])
