"""A conversation can be deleted from every kind of tracker store that the desk may run on."""

import asyncio
from pathlib import Path

import pytest
from rasa.core.tracker_store import AwaitableTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Sanic

from dialogue.server.channel import DeskInput
from dialogue.server.forgetting import CannotForget, forget
from dialogue.server.tracker_store import BoundedTrackerStore

DOMAIN = Domain.empty()


def stores(folder: Path):
    yield BoundedTrackerStore(DOMAIN)
    yield AwaitableTrackerStore(BoundedTrackerStore(DOMAIN))
    yield SQLTrackerStore(DOMAIN, dialect="sqlite", db=str(folder / "trackers.db"))


def tracker(name: str) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(name, [UserUttered("my secret")])


def known(store: TrackerStore, name: str) -> bool:
    async def ask() -> bool:
        found = await store.retrieve(name)
        return found is not None and len(found.events) > 0

    return asyncio.run(ask())


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning")  # Rasa's own use of an old SQLAlchemy
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_tracker_is_deleted_and_no_other(place: int, tmp_path: Path) -> None:
    store = list(stores(tmp_path))[place]
    for name in ("one", "two"):
        asyncio.run(store.save(tracker(name)))
    assert known(store, "one")
    forget(store, "one")
    forget(store, "never-seen")
    assert not known(store, "one")
    assert known(store, "two")


def test_an_unknown_kind_of_store_is_named() -> None:
    with pytest.raises(CannotForget, match="TrackerStore"):
        forget(TrackerStore(DOMAIN), "one")


def test_the_route_deletes(tmp_path: Path) -> None:
    store = BoundedTrackerStore(DOMAIN)
    asyncio.run(store.save(tracker("one")))

    class Agent:
        tracker_store = store

    async def nobody(_) -> None:
        return None

    app = Sanic("forgetting")
    app.ctx.agent = Agent()
    app.blueprint(DeskInput().blueprint(nobody), url_prefix="/webhooks/rest")
    paths = {route.path: route.methods for route in app.router.routes}
    assert paths["webhooks/rest/conversations/<conversation_id:str>"] == {"DELETE"}
