"""The tracker cache of one machine: the most recently used conversations, in memory.

The claims are in the service's database, so a forgotten tracker costs one restoring call and no data.
"""

from collections import OrderedDict
from typing import Any, Dict, Optional, Text

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


class BoundedTrackerStore(InMemoryTrackerStore):
    """Rasa's in-memory store that keeps at most `max_conversations`, forgetting the least recently saved."""

    def __init__(
        self,
        domain: Domain,
        event_broker: Optional[EventBroker] = None,
        max_conversations: int = 10_000,
        host: Optional[Text] = None,  # what endpoints.yml calls `url`
        **kwargs: Dict[Text, Any],
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.max_conversations = max_conversations
        self.store: OrderedDict[Text, Text] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Save a conversation and forget the oldest beyond the bound."""
        await super().save(tracker)
        self.store.move_to_end(tracker.sender_id)
        while len(self.store) > self.max_conversations:
            self.store.popitem(last=False)

    async def exists(self, conversation_id: Text) -> bool:
        """Say whether a conversation is known, without reading it."""
        return conversation_id in self.store
