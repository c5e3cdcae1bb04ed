"""Forgetting a conversation: Rasa's server cannot delete a tracker, and its stores have no method for it."""

from rasa.core.tracker_store import InMemoryTrackerStore, RedisTrackerStore, SQLTrackerStore, TrackerStore


class CannotForget(Exception):
    """A kind of tracker store from which this module does not know how to delete."""


def forget(store: TrackerStore, conversation_id: str) -> None:
    """Delete a conversation's tracker; one that is not there is no error. CannotForget for other kinds of store."""
    while hasattr(store, "_tracker_store"):  # Rasa wraps the configured one
        store = store._tracker_store
    if isinstance(store, InMemoryTrackerStore):
        store.store.pop(conversation_id, None)
    elif isinstance(store, RedisTrackerStore):
        store.red.delete(store.key_prefix + conversation_id)
    elif isinstance(store, SQLTrackerStore):
        with store.session_scope() as session:
            session.query(store.SQLEvent).filter(store.SQLEvent.sender_id == conversation_id).delete()
            session.commit()
    else:
        raise CannotForget(
            f"Trackers cannot be deleted from a {type(store).__name__}: see dialogue/server/forgetting.py."
        )
