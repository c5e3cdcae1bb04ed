"""Opens conversations for chats that have none."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from redress.claims.conversation import Conversation
from redress.claims.desk import Desk
from redress.claims.draft import Draft
from redress.store.conversations import Conversations
from redress.texts import language_of


@dataclass(frozen=True)
class Reception:
    """Opens conversations that have no bearer token: the app vouches for who writes."""

    desk: Desk
    conversations: Conversations
    clock: Callable[[], datetime]

    def open(self, shop: str, locale: str, client: str) -> str:
        """Open a conversation in the language of a locale, and keep its greeting; its id. `client` counts failures."""
        conversation, greeting = self.desk.open(
            Conversation(
                id=uuid.uuid4().hex,
                shop=shop,
                language=language_of(locale),
                time_zone=None,
                draft=Draft(id=""),
                question=None,
                client=client,
            )
        )
        self.conversations.add(conversation, secrets.token_hex(32), greeting, self.clock())
        return conversation.id
