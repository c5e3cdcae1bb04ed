"""In which zone a buyer is told of instants: their own, as the page beside the text shows them, where it is known."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from redress.claims.conversation import Conversation
from redress.policy import Pack


def zone_of(conversation: Conversation, pack: Pack) -> ZoneInfo:
    """The zone that the buyer's browser named when the conversation opened; the pack's where it named none."""
    return named(conversation.time_zone) or pack.zone


def named(name: str | None) -> ZoneInfo | None:
    """The zone of that name in the tz database, or None: it is what a browser said, or anybody."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
