"""What a step wants committed."""

from dataclasses import dataclass

from redress.claims.conversation import Conversation, Reply
from redress.claims.ports import TicketDraft


@dataclass(frozen=True)
class Change:
    """The conversation as it shall be, and what is said. `answered` is False when the message was no answer and a
    rule of the dialogue shall speak."""

    conversation: Conversation
    replies: tuple[Reply, ...] = ()
    answered: bool = True
    ticket: TicketDraft | None = None
