"""What can be wrong with a claim or with a pack."""

from collections.abc import Iterable
from pathlib import Path

from redress.errors import RedressError


class ClaimError(RedressError):
    """A claim that cannot be assessed: `field` is where ("order.items[0].paid"), `allowed` what may stand there."""

    code = "invalid_claim"

    def __init__(self, message: str, *, field: str, allowed: Iterable[str] = ()) -> None:
        self.allowed = tuple(allowed)
        super().__init__(f"{message}; allowed: {', '.join(self.allowed)}" if self.allowed else message, field=field)

    def to_json(self) -> dict[str, dict[str, str | None]]:
        """The contract's `{"error": {"field", "message"}}`."""
        return {"error": {"field": self.field, "message": self.message}}


class PackError(RedressError):
    """A policy pack that cannot be used. The message names file, line, key and what is allowed."""

    code = "invalid_pack"

    def __init__(
        self,
        message: str,
        *,
        file: Path,
        line: int | None = None,
        field: str | None = None,
        allowed: Iterable[str] = (),
    ) -> None:
        self.file = file
        self.line = line
        self.allowed = tuple(allowed)
        place = f"{file}:{line}" if line else str(file)
        text = f"{place}: {field}: {message}" if field else f"{place}: {message}"
        super().__init__(f"{text}; allowed: {', '.join(self.allowed)}" if self.allowed else text, field=field)
