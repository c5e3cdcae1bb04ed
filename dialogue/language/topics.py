"""What of a shop's policy a message comes near in meaning, as a Rasa component."""

import re
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Text

import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from dialogue import ROOT
from dialogue.language.nearest import LabelledTexts, Row

POLICIES = ROOT / "data" / "policies"
SENTENCES = re.compile(r"(?<=[.;:]) ")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class PolicyTopics(LabelledTexts):
    """Compares a message with the answers (questions, titles, texts) and clauses of the pack of `metadata.shop`.

    A label is an answer's topic or a clause's number. The service, which knows the policy in force, takes what is near
    enough.
    """

    ATTRIBUTE, LEAST, MOST = "topics", -1.0, 4

    @classmethod
    def sources(cls) -> List[Path]:
        """Return the packs."""
        return sorted(POLICIES.glob("*.yml"))

    @classmethod
    def rows(cls) -> Iterator[Row]:
        """Yield what the packs say."""
        for path in cls.sources():
            yield from rows_of(path)

    def group(self, message: Message) -> Optional[Text]:
        """Return the shop that the message was written to."""
        shop: Optional[Text] = (message.get("metadata") or {}).get("shop")
        return shop


def rows_of(path: Path) -> Iterator[Row]:
    """Yield what a pack says in English, each text once for its topic, in the group of its shop."""
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
