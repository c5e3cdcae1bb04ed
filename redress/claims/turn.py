"""One turn: a buyer's line in, the bot's replies out, once however often it is sent."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Protocol

from redress.claims.conversation import Conversation
from redress.claims.draft import JSON
from redress.claims.lexicon import Lexicon, in_another_script
from redress.claims.ports import Clock, Inbound, Store, Transcript
from redress.claims.precedence import Precedence
from redress.errors import RedressError

MAX_TEXT = 4000
COMMAND = re.compile(r"\s*(?:/\S*|EXTERNAL:)\s*")
NOT_UNDERSTOOD = "nlu_fallback"
NOTHING = "?"  # what is left for Rasa to understand of a bare command


class DialogueUnavailable(RedressError):
    """The dialogue process does not answer, or answered with nothing. The line is kept; send it again."""

    code = "dialogue_unavailable"


class InvalidMessage(RedressError):
    """A message that cannot be taken, with the reason."""

    code = "invalid_message"


class Dialogue(Protocol):
    """The dialogue process."""

    def say(self, conversation: Conversation, client_id: str, message: str) -> Sequence[JSON]:
        """What Rasa's REST channel replies to a message; DialogueUnavailable when it does not or has nothing."""
        ...


class Turns:
    """Takes turns. Text and choices reach the dialogue process in forms that it cannot mistake for commands."""

    def __init__(
        self, store: Store, transcript: Transcript, dialogue: Dialogue, lexicon: Lexicon, clock: Clock
    ) -> None:
        self._store = store
        self._transcript = transcript
        self._dialogue = dialogue
        self._lexicon = lexicon
        self._clock = clock
        self._precedence = Precedence()

    def take(
        self,
        conversation_id: str,
        client_id: str,
        *,
        text: str | None = None,
        payload: str | None = None,
        late: bool = False,
    ) -> tuple[JSON, ...]:
        """The replies to one line of the buyer, text or the payload of a choice. A `late` line lets others go first.

        The same `client_id` again gives the same replies and does nothing. Raises InvalidMessage, ClientIdReused,
        UnknownChoice with nothing kept; DialogueUnavailable with the line kept, for the same `client_id` to complete.
        """
        text = _checked(text, payload)
        inbound = self._transcript.receive(
            conversation_id, client_id, content_hash(text, payload), text=text, payload=payload, at=self._clock()
        )
        if inbound.replies is not None:
            return inbound.replies
        conversation = self._store.conversation(conversation_id)
        said: Sequence[JSON] = ()
        if conversation.mode == "bot" or (conversation.mode == "waiting" and self._goes_on(inbound)):
            with self._precedence.turn(late=late):
                said = self._dialogue.say(conversation, client_id, self._for_rasa(conversation, inbound))
        return self._transcript.finish_turn(conversation_id, inbound, self._merge(conversation_id, said), self._clock())

    def _goes_on(self, inbound: Inbound) -> bool:
        """Whether the buyer no longer waits for the person that they asked for."""
        if inbound.choice is not None:
            return bool(inbound.choice.get("goes_on"))
        return self._lexicon.goes_on.within(inbound.text)

    def _for_rasa(self, conversation: Conversation, inbound: Inbound) -> str:
        """What the dialogue process gets of a line; of one in another language no more than it can understand."""
        if conversation.mode == "waiting":
            return "/choose"
        if inbound.choice is not None:
            said: object = inbound.choice.get("say")
            return str(said) if said else "/choose"
        foreign = in_another_script(inbound.text)
        asked = self._lexicon.asked(inbound.text) if foreign or conversation.language != "en" else None
        if asked or foreign:
            return f"/{asked or NOT_UNDERSTOOD}"
        return escape(self._lexicon.spelt(inbound.text))

    def _merge(self, conversation_id: str, said: Sequence[JSON]) -> list[JSON]:
        """Rasa's REST channel splits a reply into its text and its custom part: one reply again."""
        replies: list[JSON] = []
        for message in said:
            custom = message.get("custom")
            if custom is None:
                replies.append(self._plain(conversation_id, message))
            elif replies and replies[-1]["text"] == custom["text"]:
                replies[-1] = custom
            else:
                replies.append(custom)
        return replies

    def _plain(self, conversation_id: str, message: JSON) -> JSON:
        buttons = [(button["title"], {"say": button["payload"]}) for button in message.get("buttons", ())]
        choices = self._transcript.offer_choices(conversation_id, buttons) if buttons else []
        nothing = dict.fromkeys(("question", "upload", "assessment", "ticket"))
        return {"text": message.get("text", ""), "choices": choices, **nothing}


def content_hash(text: str, payload: str | None) -> str:
    """What makes two lines the same content."""
    return hashlib.sha256(json.dumps([payload] if payload is not None else text).encode()).hexdigest()


def _checked(text: str | None, payload: str | None) -> str:
    if (text is None) == (payload is None):
        raise InvalidMessage("Send either a text or a payload.", field="text")
    if payload is not None:
        return ""
    assert text is not None
    text = text.replace("\0", "").strip()  # which no database of ours keeps alike
    if not text:
        raise InvalidMessage("The message is empty. Write what went wrong, in your own words.", field="text")
    if len(text) > MAX_TEXT:
        raise InvalidMessage(
            f"The message is too long: {len(text)} characters, and at most {MAX_TEXT} are read. Please shorten it.",
            field="text",
        )
    return text


def escape(text: str) -> str:
    """Text that Rasa takes for text: without the `/command` or `EXTERNAL:` that it would obey at its beginning."""
    while found := COMMAND.match(text):
        text = text[found.end() :]
    return text or NOTHING
