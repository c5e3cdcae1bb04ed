"""What the store refuses."""

from redress.errors import RedressError


class NotFound(RedressError):
    """There is no such thing, or it is not the asker's to see (which is answered alike)."""

    code = "not_found"


class ClientIdReused(RedressError):
    """A `client_id` came again with other content."""

    code = "client_id_reused"


class UnknownChoice(RedressError):
    """A payload that no reply of this conversation offered, or one whose question is no longer open."""

    code = "unknown_choice"
