"""The outbox in each kind of database: order, claims, leases, records, the list of what did not go."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from redress.claims.cases import Outgoing
from redress.claims.outbox import Parcel
from redress.store.database import Database
from redress.store.errors import NotFound
from redress.store.outbox import LEASE, Outbox, put
from redress.store.outbox_tables import OutboxRow, TryRow
from tests.ticketing import START, FakeClock


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def write(database: Database, *keys: str, stream: str = "s", channel: str = "webhook") -> None:
    with database.write() as session:
        for key in keys:
            put(session, None, Outgoing(channel, stream, key, {"n": key}), START)
            session.flush()


def take(outbox: Outbox, clock: FakeClock) -> Parcel | None:
    claimed = outbox.claim(["webhook"], clock())
    return claimed[0] if claimed else None


def sent(outbox: Outbox, parcel: Parcel, clock: FakeClock) -> bool:
    return outbox.record(parcel, "sent", "200", "sent", clock())


def test_nothing_is_due_in_an_empty_outbox(outbox: Outbox, clock: FakeClock) -> None:
    assert take(outbox, clock) is None


def test_a_stream_goes_in_order_and_streams_beside_each_other(
    database: Database, outbox: Outbox, clock: FakeClock
) -> None:
    write(database, "a1", "a2", stream="a")
    write(database, "b1", stream="b")
    first, second = take(outbox, clock), take(outbox, clock)
    assert first
    assert second
    assert [first.key, second.key] == ["a1", "b1"]
    assert take(outbox, clock) is None, "a2 waits for a1"
    assert sent(outbox, first, clock)
    third = take(outbox, clock)
    assert third
    assert third.key == "a2"


def test_what_failed_holds_its_stream_until_it_is_given_up(
    database: Database, outbox: Outbox, clock: FakeClock
) -> None:
    write(database, "a1", "a2")
    first = take(outbox, clock)
    assert first
    outbox.record(first, "later", "503", "waiting", clock(), clock() + timedelta(seconds=30))
    assert take(outbox, clock) is None
    clock.go(seconds=31)
    again = take(outbox, clock)
    assert again
    assert (again.key, again.tries) == ("a1", 2)
    outbox.record(again, "refused", "410", "dead", clock())
    following = take(outbox, clock)
    assert following
    assert following.key == "a2"


def test_channels_without_a_receiver_wait(database: Database, outbox: Outbox, clock: FakeClock) -> None:
    write(database, "m1", channel="mail")
    assert take(outbox, clock) is None
    claimed = outbox.claim(["mail"], clock())
    assert claimed
    assert claimed[0].key == "m1"


def test_a_parcel_whose_worker_died_is_claimed_again_as_an_orphan(
    database: Database, outbox: Outbox, clock: FakeClock
) -> None:
    write(database, "a1")
    lost = take(outbox, clock)
    assert lost
    clock.go(seconds=LEASE.total_seconds() - 1)
    assert take(outbox, clock) is None
    clock.go(seconds=1)
    claimed = outbox.claim(["webhook"], clock())
    assert claimed
    parcel, orphan = claimed
    assert (parcel.key, parcel.tries, orphan) == ("a1", 2, True)
    assert not sent(outbox, lost, clock), "the lease has gone to somebody else"
    assert sent(outbox, parcel, clock)
    with database.read() as session:
        results = list(session.scalars(select(TryRow.result).order_by(TryRow.number)))
    assert results == [None, "sent"]


def test_many_workers_at_once_take_each_parcel_once(database: Database, outbox: Outbox, clock: FakeClock) -> None:
    keys = [f"k{n}" for n in range(20)]
    for key in keys:
        write(database, key, stream=key)

    def work(_: int) -> list[str]:
        taken = []
        while parcel := take(outbox, clock):
            taken.append(parcel.key)
            sent(outbox, parcel, clock)
        return taken

    with ThreadPoolExecutor(4) as workers:
        taken = [key for found in workers.map(work, range(4)) for key in found]
    # a worker that finds the row under another's lock goes home early; nothing is left, nothing was taken twice
    while parcel := take(outbox, clock):
        taken.append(parcel.key)
        sent(outbox, parcel, clock)
    assert sorted(taken) == sorted(keys)


def test_what_did_not_go_is_listed_and_can_go_again_or_be_dismissed(
    database: Database, outbox: Outbox, clock: FakeClock
) -> None:
    write(database, "a1", stream="a")
    write(database, "b1", stream="b")
    for state in ("dead", "doubtful"):
        parcel = take(outbox, clock)
        assert parcel
        outbox.record(parcel, "refused", "550", state, clock())
    listed = outbox.undelivered()
    assert [(one["key"], one["state"]) for one in listed] == [("b1", "doubtful"), ("a1", "dead")]
    assert listed[0]["tries"][0]["detail"] == "550"
    assert outbox.undelivered(before=listed[0]["id"]) == listed[1:]
    assert outbox.counts() == {"waiting": 0, "sending": 0, "dead": 1, "doubtful": 1}
    outbox.send_again(listed[1]["id"], clock())
    outbox.dismiss(listed[0]["id"], clock())
    again = outbox.claim(["webhook"], clock())
    assert again
    assert (again[0].key, again[1]) == ("a1", False)
    assert outbox.undelivered() == []
    with pytest.raises(NotFound):
        outbox.send_again(listed[0]["id"], clock())


def test_a_key_is_written_once(database: Database) -> None:
    write(database, "a1")
    with pytest.raises(Exception, match=r"(?i)unique"):
        write(database, "a1")
    with database.read() as session:
        assert len(list(session.scalars(select(OutboxRow)))) == 1
