"""Entities as a Rasa component: spaCy's matchers and regular expressions over the patterns in data/entities."""

from __future__ import annotations

from typing import Any, Dict, List, Text, Type

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message
from spacy.tokens import Doc

from dialogue.language.dates import clock
from dialogue.language.patterns import FOLDER, EntityPatterns, Found
from dialogue.language.tokenizer import DOC, SpacyTokenizer, english
from dialogue.language.values import Context


class Negation:
    """Which words a message denies, by the words in data/entities/negation.yml."""

    def __init__(self) -> None:
        table = yaml.safe_load((FOLDER / "negation.yml").read_text(encoding="utf-8"))
        self.negators, self.stops = frozenset(table["negators"]), frozenset(table["stops"])
        self.reach: int = table["reach"]

    def denies(self, doc: Doc, start: int) -> bool:
        """Say whether a word before the character `start`, within reach and the same clause, denies it."""
        before = [token.lower_ for token in doc if token.idx < start][-self.reach :]
        for word in reversed(before):
            if word in self.stops:
                return False
            if word in self.negators:
                return True
        return False


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PatternEntities(GraphComponent, EntityExtractorMixin):
    """Adds `entities`: each with `entity`, normalized `value`, `start`, `end`, and `negated` where it is denied.

    Days are read against `metadata.now` and `metadata.time_zone` of the message, `12/03` with the month first where
    `metadata.locale` is American.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        """Return the components that must stand before this one."""
        return [SpacyTokenizer]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PatternEntities:
        """Create the component; nothing is learned."""
        return cls()

    def __init__(self) -> None:
        self.patterns = EntityPatterns(english())
        self.negation = Negation()
        for words in (
            "yesterday",
            "3 weeks ago",
            "last Tuesday",
            "12/03",
            "5 March",
        ):  # dateparser's first uses take long
            self.patterns.find(english().make_doc(words), self._context({}))

    def _context(self, metadata: Dict[str, Any]) -> Context:
        american = metadata.get("locale") == "en-US"
        return Context(clock(metadata), american, self.patterns.numbers, self.patterns.rewrites)

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entities of each message."""
        for message in messages:
            doc = message.get(DOC)
            if doc is None:
                continue
            context = self._context(message.get("metadata") or {})
            entities = [self._entity(found, doc) for found in self.patterns.find(doc, context)]
            message.set(ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(entities), add_to_output=True)
        return messages

    def _entity(self, found: Found, doc: Doc) -> Dict[str, Any]:
        entity = {"entity": found.entity, "value": found.value, "start": found.start, "end": found.end}
        return {**entity, "negated": True} if self.negation.denies(doc, found.start) else entity
