"""spaCy's English tokenizer as a Rasa component (no pretrained model: `spacy.blank("en")`)."""

from typing import Any, Dict, List, Text

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.tokens import Doc

DOC = "spacy_doc"  # the attribute under which later components find the spaCy document of a text


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyTokenizer(Tokenizer):
    """Splits texts into spaCy's tokens and leaves the `spacy.tokens.Doc` on the message for the matcher."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return Rasa's settings of a tokenizer; intents are not split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def __init__(self, config: Dict[Text, Any]) -> None:
        super().__init__(config)
        self.nlp = spacy.blank("en")

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        """Tokenize one attribute; white space is no token."""
        doc: Doc = self.nlp.make_doc(message.get(attribute))
        if attribute == TEXT:
            message.set(DOC, doc)
        return [Token(token.text, token.idx) for token in doc if not token.is_space]
