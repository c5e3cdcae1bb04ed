"""Which answers of the interview a message comes near in meaning, as a Rasa component."""

from pathlib import Path
from typing import Iterator, List, Optional, Text

import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from dialogue import ROOT
from dialogue.language.nearest import LabelledTexts, Row

FILE = ROOT / "data" / "answers.yml"
EVERY = "every"  # the one group


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class KnownAnswers(LabelledTexts):
    """Compares a message with the example answers in data/answers.yml, whose labels are "question/value".

    It does not know what is asked: the service takes those of the open question, where nothing else told the answer.
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

    def group(self, message: Message) -> Optional[Text]:
        """Return the group of all answers."""
        return EVERY
