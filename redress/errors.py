"""The root of every error that Redress raises on purpose."""


class RedressError(Exception):
    """Something that its reader can act on.

    `code` is stable and machine-readable, `message` is one sentence for a person, `field` names the input it is about.
    """

    code = "error"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
