"""Receivers of the outbox for what shall be forgotten outside of the database: files, and the dialogue's trackers."""

from collections.abc import Callable

from redress.claims.outbox import Parcel, TryLater
from redress.claims.turn import DialogueUnavailable
from redress.connectors.dialogue import RasaDialogue
from redress.evidence import Storage
from redress.evidence.errors import StorageUnavailable


class Files:
    """A receiver of `files`: `{sha256, keys}`. Deleting again what is gone changes nothing."""

    safe_to_repeat = True

    def __init__(self, storage: Storage, in_use: Callable[[str], bool]) -> None:
        """`in_use` says whether evidence with that hash has come anew since."""
        self._storage, self._in_use = storage, in_use

    def send(self, parcel: Parcel) -> str:
        """Delete the files."""
        if self._in_use(parcel.body["sha256"]):
            return "in use again"
        try:
            for key in parcel.body["keys"]:
                self._storage.delete(key)
        except (OSError, StorageUnavailable) as error:
            raise TryLater(type(error).__name__) from error
        return "deleted"

    def find(self, parcel: Parcel) -> bool | None:
        """Not asked: deleting again is harmless."""
        return None


class Trackers:
    """A receiver of `tracker`: `{conversation}`."""

    safe_to_repeat = True

    def __init__(self, dialogue: RasaDialogue) -> None:
        self._dialogue = dialogue

    def send(self, parcel: Parcel) -> str:
        """Delete the tracker."""
        try:
            self._dialogue.forget(parcel.body["conversation"])
        except DialogueUnavailable as error:
            raise TryLater("the dialogue process does not answer") from error
        return "deleted"

    def find(self, parcel: Parcel) -> bool | None:
        """Not asked: deleting again is harmless."""
        return None
