"""spaCy's English tokenizer as a Rasa component (no pretrained model: `spacy.blank("en")`)."""

from functools import lru_cache
from typing import Any, Dict, List, Text

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language
from spacy.tokens import Doc

# Where English runs together what people mean apart: "size:42", "no.1234567".
_MORE_INFIXES = [r"(?<=[A-Za-z])[:=](?=\w)", r"(?<=[A-Za-z])\.(?=\d)"]
DOC = "spacy_doc"  # the attribute under which later components find the spaCy document of a text


@lru_cache(maxsize=None)
def english() -> Language:
    """Return the one blank English pipeline of this process: its vocabulary is shared by tokenizer and matchers."""
    nlp = spacy.blank("en")
    infixes = spacy.util.compile_infix_regex([*nlp.Defaults.infixes, *_MORE_INFIXES])
    nlp.tokenizer.infix_finditer = infixes.finditer
    return nlp


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyTokenizer(Tokenizer):
    """Splits texts into spaCy's tokens and leaves the `spacy.tokens.Doc` on the message for the matcher."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return Rasa's settings of a tokenizer; intents are not split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def __init__(self, config: Dict[Text, Any]) -> None:
        super().__init__(config)
        self.nlp = english()

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        """Tokenize one attribute; white space is no token."""
        doc: Doc = self.nlp.make_doc(message.get(attribute))
        if attribute == TEXT:
            message.set(DOC, doc)
        return [_Token(token.text, token.idx) for token in doc if not token.is_space]


class _Token(Token):
    """A token whose fingerprint costs nothing: Rasa asks for that of every one, at each step of a training."""

    def fingerprint(self) -> Text:
        """Return what tells it from every other token of its text."""
        return f"{self.start} {self.text}"
