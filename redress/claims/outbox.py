"""How what stands in the outbox is delivered: what a receiver may answer, and when the next try is due. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from redress.claims.draft import JSON
from redress.errors import RedressError

MOST_TRIES = 12  # over about a day and a half
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=6)


class TryLater(RedressError):
    """It was certainly not delivered, and may be later; `after` is what the receiver asked for (Retry-After)."""

    code = "try_later"

    def __init__(self, detail: str, after: timedelta | None = None) -> None:
        self.after = after
        super().__init__(detail)


class Refused(RedressError):
    """The receiver will never take it."""

    code = "refused"


class Doubtful(RedressError):
    """It may have been delivered, and the receiver can neither be asked nor told a repeat."""

    code = "doubtful"


@dataclass(frozen=True)
class Parcel:
    """A row of the outbox on its way: its `tries` count the one being made."""

    id: int
    channel: str
    key: str
    body: JSON
    tries: int
    created_at: datetime


class Receiver(Protocol):
    """Delivers one channel's parcels. Timeouts are its own, well below the outbox's lease.

    `safe_to_repeat` says what is done with a parcel whose sender died: True: it is sent again, for the receiver knows
    it by its key; False: it is first looked for by `find`.
    """

    safe_to_repeat: bool

    def send(self, parcel: Parcel) -> str:
        """Deliver it; a short word for the record (a status). Raises TryLater, Refused or Doubtful."""
        ...

    def find(self, parcel: Parcel) -> bool | None:
        """Whether the receiver has got it already; None where it cannot be asked."""
        ...


def next_wait(tries: int, random: Callable[[], float], asked: timedelta | None = None) -> timedelta | None:
    """How long to wait after that many tries, or None to give up.

    The wait doubles from ten seconds to six hours; between a half and the whole of it is taken at random, so that what
    failed together does not return together. What the receiver asked for is waited at least.
    """
    if tries >= MOST_TRIES:
        return None
    wait = min(FIRST_WAIT * int(2 ** (tries - 1)), LONGEST_WAIT) * (0.5 + random() / 2)
    return max(wait, asked) if asked else wait
