"""The dialogue process (Rasa's HTTP API): sends it a message, and puts a conversation back that it does not know."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from redress.claims.conversation import Conversation
from redress.claims.draft import JSON
from redress.claims.ports import Clock
from redress.claims.turn import DialogueUnavailable

CONNECT_TIMEOUT_S = 2.0
TURN_TIMEOUT_S = 20.0
UNKNOWN_CONVERSATION = 409  # the dialogue process's word for a sender without a tracker
TURNS_BETWEEN_SHORTENINGS = 10  # a tracker that is left to grow slows every turn: 24 ms at first, 377 ms at the 300th
FORM = "claim_form"


class RasaDialogue:
    """Speaks to one dialogue process. Its tracker is a cache: whatever it forgets is put back from the store."""

    def __init__(self, url: str, clock: Clock, *, connections: int = 64) -> None:
        self._url = url.rstrip("/")
        self._clock = clock
        self._session = requests.Session()
        self._session.mount("http://", HTTPAdapter(pool_connections=4, pool_maxsize=connections))
        self._turns: dict[str, int] = {}

    def say(self, conversation: Conversation, client_id: str, message: str) -> Sequence[JSON]:
        """Rasa's replies to a message. DialogueUnavailable when it cannot be reached or has nothing to say.

        The moment and the buyer's time zone go with it: "yesterday" is a day on the buyer's calendar.
        """
        body = {
            "sender": conversation.id,
            "message": message,
            "metadata": {
                "client_id": client_id,
                "shop": conversation.shop,
                "language": conversation.language,
                "now": self._clock().isoformat(),
                "time_zone": conversation.time_zone,
            },
        }
        try:
            if self._grown(conversation.id):
                self.put_back(conversation)
            answer = self._post("/webhooks/rest/webhook", body)
            if answer.status_code == UNKNOWN_CONVERSATION:
                self.put_back(conversation)
                answer = self._post("/webhooks/rest/webhook", body)
            answer.raise_for_status()
            replies: list[JSON] = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise DialogueUnavailable("The assistant is not available. Send the same message again shortly.") from error
        if not replies:  # what Rasa answers when an action failed
            raise DialogueUnavailable("The assistant could not finish this turn. Send the same message again.")
        return replies

    def prepare(self, conversation: Conversation) -> None:
        """Make a new conversation known before its first message: half of what that would otherwise take.

        Where it fails, the first message does it."""
        with suppress(requests.RequestException):
            self.put_back(conversation)

    def put_back(self, conversation: Conversation) -> None:
        """Replace the conversation's tracker by a short one that stands at the open question."""
        events = tracker_events(conversation)
        url = f"{self._url}/conversations/{conversation.id}/tracker/events"
        answer = self._session.put(
            url, params={"include_events": "NONE"}, json=events, timeout=(CONNECT_TIMEOUT_S, TURN_TIMEOUT_S)
        )
        answer.raise_for_status()
        self._turns.pop(conversation.id, None)

    def forget(self, conversation_id: str) -> None:
        """Have the conversation's tracker deleted; it need not be there. DialogueUnavailable when nobody answers."""
        url = f"{self._url}/webhooks/rest/conversations/{conversation_id}"
        try:
            self._session.delete(url, timeout=(CONNECT_TIMEOUT_S, TURN_TIMEOUT_S)).raise_for_status()
        except requests.RequestException as error:
            raise DialogueUnavailable("The assistant is not available; its tracker is deleted later.") from error
        self._turns.pop(conversation_id, None)

    def ready(self) -> bool:
        """Whether the process answers and has loaded a model."""
        try:
            answer = self._session.get(f"{self._url}/status", timeout=CONNECT_TIMEOUT_S)
            return bool(answer.ok and answer.json().get("model_file"))
        except (requests.RequestException, ValueError):
            return False

    def _post(self, path: str, body: JSON) -> requests.Response:
        return self._session.post(self._url + path, json=body, timeout=(CONNECT_TIMEOUT_S, TURN_TIMEOUT_S))

    def _grown(self, conversation_id: str) -> bool:
        # counted per process: after a restart, or on another copy, a tracker is shortened a few turns late at most
        turns = self._turns.get(conversation_id, 0) + 1
        if len(self._turns) > 100_000:
            self._turns.clear()
        self._turns[conversation_id] = turns
        return turns > TURNS_BETWEEN_SHORTENINGS


def tracker_events(conversation: Conversation) -> list[dict[str, Any]]:
    """The shortest tracker that goes on where the store stands: slots, the active form, listening."""
    slots = {"shop": conversation.shop, "language": conversation.language}
    slots["question"] = conversation.question.id if conversation.question else ""
    return [
        {"event": "action", "name": "action_session_start"},
        {"event": "session_started"},
        *({"event": "slot", "name": name, "value": value} for name, value in slots.items()),
        {"event": "action", "name": FORM},
        {"event": "active_loop", "name": FORM},
        {"event": "slot", "name": "requested_slot", "value": "answer"},
        {"event": "action", "name": "action_listen"},
    ]
