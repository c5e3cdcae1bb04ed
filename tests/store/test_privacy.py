"""A buyer's data in each kind of database: all of it handed over, none of it left, the books intact."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import MetaData, func, select

from redress.claims.outbox import TryLater
from redress.claims.tickets import CLOCK, Actor, replay
from redress.claims.turn import DialogueUnavailable
from redress.connectors.erasing import Files, Trackers
from redress.evidence import open_storage
from redress.export import write_export
from redress.store.database import Database
from redress.store.evidence import EvidenceRecords
from redress.store.orders import ShopOrders
from redress.store.privacy import Privacy
from redress.store.tables import ConversationRow, EvidenceRow, MessageRow, ShopOrderRow, TicketRow
from redress.store.transcripts import Transcripts
from redress.worker import Sender
from tests.ticketing import PHOTOS, REVIEWER, TicketDesk

ADMIN = Actor("ada", "admin")
SECRETS = ("anna@example.com", "ANNA", "my name is Anna", "the seal was torn", "slow but kind")


@pytest.fixture
def desk(database: Database) -> TicketDesk:
    return TicketDesk(database, mail=True, webhooks=("1688order",))


@pytest.fixture
def privacy(database: Database) -> Privacy:
    return Privacy(database)


def everything(database: Database) -> str:
    """Every value in every table."""
    tables = MetaData()
    tables.reflect(database.engine)
    with database.read() as session:
        return "\n".join(str(tuple(row)) for table in tables.sorted_tables for row in session.execute(select(table)))


def a_life(desk: TicketDesk) -> str:
    """A buyer who has written, been declined, appealed, been granted something, and rated; the ticket's number."""
    ticket = desk.open(email="Anna@example.com")
    lines = Transcripts(desk.database)
    inbound = lines.receive(
        ticket.conversation_id, "c1", "h", text="my name is Anna, ANNA@example.com", payload=None, at=desk.clock()
    )
    lines.finish_turn(ticket.conversation_id, inbound, [], desk.clock())
    desk.own.add_evidence(
        ticket.number, PHOTOS[0], key="1", text="the seal was torn", evidence=[desk.upload(ticket, PHOTOS[0])]
    )
    ShopOrders(desk.database).put("1688order", "anna@example.com", ticket.claim["order"], "delivered")
    desk.casework.decline(ticket.number, REVIEWER, "29.2", "Anna, the seal was torn when you got it")
    desk.own.appeal(ticket.number, "my name is Anna and I disagree", key="2")
    desk.casework.approve(ticket.number, REVIEWER, "refund")
    desk.own.rate(ticket.number, 4, "slow but kind", key="3")
    return ticket.number


def test_nothing_of_the_buyer_is_left_and_the_books_are(desk: TicketDesk, privacy: Privacy) -> None:
    number = a_life(desk)
    other = desk.open(email="zoe@example.com")
    assert all(secret.lower() in everything(desk.database).lower() for secret in SECRETS)
    found = privacy.erase("ANNA@example.com ", ADMIN, desk.clock())
    assert found.tickets == (number,)
    left = everything(desk.database)
    assert [secret for secret in SECRETS if secret.lower() in left.lower()] == []
    kept = desk.tickets.ticket(number)
    assert (kept.state, kept.email, kept.rating) == ("approved", "erased", 4)
    assert kept.decision
    assert kept.decision.grants[0].amount == Decimal("30.00")
    assert kept.claim["order"]["number"] == "OR100001"
    assert replay(kept.history) == "approved"
    assert [event.actor for event in kept.history][-1] == "ada"
    assert desk.tickets.ticket(other.number) == other
    assert "zoe@example.com" in left


def test_an_undecided_ticket_is_withdrawn(desk: TicketDesk, privacy: Privacy) -> None:
    ticket = desk.open(email="anna@example.com", evidence=())
    privacy.erase("anna@example.com", ADMIN, desk.clock())
    erased = desk.tickets.ticket(ticket.number)
    assert erased.state == "withdrawn"
    desk.clock.go(days=60)
    assert desk.tickets.alarming(desk.clock(), 10) == []


def test_erasing_again_finds_nothing(desk: TicketDesk, privacy: Privacy) -> None:
    a_life(desk)
    privacy.erase("anna@example.com", ADMIN, desk.clock())
    again = privacy.erase("anna@example.com", ADMIN, desk.clock())
    assert (again.tickets, again.conversations) == ((), ())


def test_a_conversation_without_a_ticket_goes_whole(desk: TicketDesk, privacy: Privacy) -> None:
    talk = desk.converse(email="anna@example.com")
    privacy.erase("anna@example.com", ADMIN, desk.clock())
    with desk.database.read() as session:
        assert session.get(ConversationRow, talk.id) is None


def test_files_and_trackers_go_too_in_the_end(desk: TicketDesk, privacy: Privacy, tmp_path: Path) -> None:
    storage, number = open_storage(str(tmp_path / "evidence")), a_life(desk)
    stored = []
    for text in (b"view", b"thumbnail"):
        (tmp_path / "x.jpg").write_bytes(text)
        stored.append(storage.put(tmp_path / "x.jpg"))
    with desk.database.write() as session:
        row = session.scalars(select(EvidenceRow).where(EvidenceRow.ticket_number == number)).one()
        row.details = {**row.details, "view": stored[0], "thumbnail": stored[1]}
    target = io.BytesIO()
    assert write_export(target, "anna@example.com", privacy, storage) == 1
    talk = desk.tickets.ticket(number).conversation_id
    privacy.erase("anna@example.com", ADMIN, desk.clock())

    class Dialogue:
        down, forgotten = True, list[str]()

        def forget(self, conversation_id: str) -> None:
            if self.down:
                raise DialogueUnavailable("down")
            self.forgotten.append(conversation_id)

    dialogue = Dialogue()
    files = Files(storage, EvidenceRecords(desk.database).in_use)
    sender = Sender(desk.outbox, {"files": files, "tracker": Trackers(dialogue)}, desk.clock)  # type: ignore[arg-type]
    while sender.send_one():
        pass
    assert [key for key in stored if _there(storage, key)] == []
    assert dialogue.forgotten == [], "it is down: the worker tries again"
    dialogue.down = False
    desk.clock.go(hours=1)
    assert sender.send_one()
    assert dialogue.forgotten == [talk]


def test_a_file_that_is_another_buyers_too_stays(desk: TicketDesk, privacy: Privacy) -> None:
    first, second = desk.open(email="anna@example.com"), desk.open(email="zoe@example.com")
    for ticket in (first, second):
        piece = desk.upload(ticket, "photo_item", sha256="cd" * 32)
        desk.own.add_evidence(ticket.number, "photo_item", key="1", evidence=[piece])
    privacy.erase("anna@example.com", ADMIN, desk.clock())
    assert desk.outgoing("files") == []


def test_a_file_that_came_anew_is_not_deleted() -> None:
    class Untouched:
        def delete(self, key: str) -> None:
            raise AssertionError(key)

    from redress.claims.outbox import Parcel
    from tests.ticketing import START

    parcel = Parcel(1, "files", "k", {"sha256": "ab", "keys": ["x"]}, 1, START)
    assert Files(Untouched(), lambda _: True).send(parcel) == "in use again"  # type: ignore[arg-type]


def test_a_storage_that_is_away_is_tried_again() -> None:
    class Away:
        def delete(self, key: str) -> None:
            raise OSError(key)

    from redress.claims.outbox import Parcel
    from tests.ticketing import START

    with pytest.raises(TryLater):
        Files(Away(), lambda _: False).send(Parcel(1, "files", "k", {"sha256": "a", "keys": ["x"]}, 1, START))  # type: ignore[arg-type]


def test_the_export_has_it_all(desk: TicketDesk, privacy: Privacy, tmp_path: Path) -> None:
    number = a_life(desk)
    target = io.BytesIO()
    write_export(target, "Anna@Example.com", privacy, _Nothing())  # type: ignore[arg-type]
    data = json.loads(zipfile.ZipFile(target).read("data.json"))
    assert [ticket["number"] for ticket in data["tickets"]] == [number]
    assert data["tickets"][0]["texts"] == {PHOTOS[0]: "the seal was torn"}
    assert any("my name is Anna" in line["text"] for line in data["conversations"][0]["lines"])
    assert data["orders"][0]["number"] == "OR100001"
    assert "zoe" not in json.dumps(data)


def test_what_rests_too_long_is_let_go(desk: TicketDesk, privacy: Privacy) -> None:
    idle, number = desk.converse(), a_life(desk)
    desk.casework.settle(number, REVIEWER)
    running = desk.open(evidence=())
    desk.clock.go(days=100)
    fresh = desk.converse()
    now = desk.clock()

    def let_go(talks: int | None, tickets: int | None) -> int:
        idle_before, closed_before = (now - timedelta(days=d) if d else None for d in (talks, tickets))
        return privacy.let_go(CLOCK, now, idle_before=idle_before, closed_before=closed_before)

    assert let_go(None, None) == 0
    assert let_go(120, 120) == 0
    assert let_go(90, 120) == 1
    with desk.database.read() as session:
        left = set(session.scalars(select(ConversationRow.id)))
        assert idle.id not in left
        assert fresh.id in left
    assert let_go(None, 90) == 2, "the ticket and its conversation"
    assert let_go(90, 90) == 0
    assert desk.tickets.ticket(number).email == "erased"
    assert desk.tickets.ticket(running.number) == running
    with desk.database.read() as session:
        assert session.scalar(select(func.count()).select_from(MessageRow)) == 0
        assert session.scalar(select(func.count()).select_from(TicketRow)) == 2
        assert session.scalar(select(ShopOrderRow.email)) == "anna@example.com", "orders are the shop's to keep"


def test_failed_identifications_are_not_kept(desk: TicketDesk, privacy: Privacy) -> None:
    desk.conversations.add_failure(["address:192.0.2.7"], desk.clock())
    privacy.let_go(CLOCK, desk.clock.go(hours=23), idle_before=None, closed_before=None)
    assert "192.0.2.7" in everything(desk.database)
    privacy.let_go(CLOCK, desk.clock.go(hours=2), idle_before=None, closed_before=None)
    assert "192.0.2.7" not in everything(desk.database)


class _Nothing:
    def open(self, key: str) -> None:
        from redress.evidence.errors import NotStored

        raise NotStored


def _there(storage: object, key: str) -> bool:
    from redress.evidence.errors import NotStored

    try:
        storage.open(key).close()  # type: ignore[attr-defined]
    except NotStored:
        return False
    return True
