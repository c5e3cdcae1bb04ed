"""Tickets in each kind of database: whole changes, optimistic locking, evidence, the columns of lists."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from redress.claims.tickets import Actor, Ticket, TicketChanged, replay
from redress.store.database import Database
from redress.store.errors import NotFound
from redress.store.migrate import differences
from redress.store.outbox_tables import OutboxRow
from redress.store.tables import TicketEventRow, TicketRow
from redress.store.tickets import list_tickets, ticket_json
from tests.ticketing import LEAD, PHOTOS, REVIEWER, TicketDesk


@pytest.fixture
def desk(database: Database) -> TicketDesk:
    return TicketDesk(database, mail=True, webhooks=("1688order",))


def row(desk: TicketDesk, ticket: Ticket) -> TicketRow:
    with desk.database.read() as session:
        return session.get_one(TicketRow, ticket.number)


def test_the_migrations_make_the_tables(database: Database) -> None:
    differences(database.engine)


def test_a_ticket_comes_back_as_it_was_saved(desk: TicketDesk) -> None:
    ticket = desk.open()
    desk.casework.note(ticket.number, REVIEWER, "looks honest")
    approved = desk.casework.approve(ticket.number, LEAD, "refund", amount=Decimal("12.5"), reason="one strap only")
    again = desk.tickets.ticket(ticket.number.lower())
    assert again == approved
    assert again.decision
    assert again.decision.grants[0].amount == Decimal("12.50")
    assert replay(again.history) == again.state == "approved"


def test_an_unknown_ticket_is_not_found(desk: TicketDesk) -> None:
    with pytest.raises(NotFound):
        desk.tickets.ticket("RD-NONE-NONE")


def test_the_columns_of_lists_follow_the_ticket(desk: TicketDesk) -> None:
    ticket = desk.open("platform-15", "damaged", ())
    waiting = row(desk, ticket)
    assert (waiting.open, waiting.due_kind, waiting.due_at) == (True, "evidence", ticket.due.evidence)
    assert waiting.next_alarm_at == ticket.due.remind
    desk.casework.approve(ticket.number, REVIEWER, "refund")
    desk.casework.settle(ticket.number, REVIEWER, "PAY-1")
    settled = row(desk, ticket)
    assert (settled.open, settled.due_at, settled.decided_by) == (False, None, "rosa")
    assert (settled.amount, settled.currency, settled.decided_remedy) == (Decimal("30.00"), "CNY", "refund")
    with desk.database.read() as session:
        assert session.scalar(select(func.sum(TicketRow.amount))) == Decimal("30.00")


def test_the_second_of_two_reviewers_sees_what_the_first_did(desk: TicketDesk) -> None:
    ticket = desk.open()
    desk.casework.decline(ticket.number, REVIEWER, "29.2", seen=ticket.version)
    with pytest.raises(TicketChanged) as raised:
        desk.casework.approve(ticket.number, LEAD, "refund", seen=ticket.version)
    assert [(event.actor, event.after) for event in raised.value.since] == [("rosa", "declined")]
    assert desk.tickets.ticket(ticket.number).state == "declined"


def test_a_change_that_loses_leaves_nothing_behind(desk: TicketDesk) -> None:
    ticket = desk.open()
    noted = desk.casework.note(ticket.number, REVIEWER, "first")
    announced = desk.cases.announcer.announce(noted, noted.history, in_turn=False)
    assert announced.outgoing
    before = len(desk.outgoing("webhook"))
    with pytest.raises(TicketChanged):
        desk.tickets.save(ticket, noted, announced)
    assert len(desk.outgoing("webhook")) == before
    assert desk.tickets.ticket(ticket.number) == noted


def test_no_change_of_many_at_once_is_lost(desk: TicketDesk) -> None:
    ticket = desk.open()
    with ThreadPoolExecutor(4) as crowd:
        for done in [
            crowd.submit(desk.casework.note, ticket.number, Actor(f"r{n}", "reviewer"), f"note {n}") for n in range(12)
        ]:
            try:
                done.result()
            except TicketChanged:  # lost five races in a row: told, and nothing written
                continue
    after = desk.tickets.ticket(ticket.number)
    assert [event.seq for event in after.history] == list(range(1, after.version + 1))
    assert len({event.why for event in after.history}) == after.version
    assert after.version > 1


def test_what_a_change_tells_is_written_with_it(desk: TicketDesk) -> None:
    ticket = desk.open(language="es")
    desk.casework.decline(ticket.number, REVIEWER, "29.2", "the seal was whole")
    assert [row.body["type"] for row in desk.outgoing("webhook")] == ["ticket.opened", "ticket.declined"]
    mails = desk.outgoing("mail")
    assert [row.body["to"] for row in mails] == ["buyer@example.com"] * 2
    assert len({row.key for row in mails}) == 2
    (line,) = desk.lines(ticket)
    assert ticket.number in line
    assert "29.2" in line
    assert "rechazado" in line
    assert "the seal was whole" in line


def test_notes_stay_in_the_house(desk: TicketDesk) -> None:
    ticket = desk.open()
    with desk.database.read() as session:
        before = session.scalar(select(func.count()).select_from(OutboxRow))
    desk.casework.note(ticket.number, REVIEWER, "a secret")
    desk.casework.assign(ticket.number, REVIEWER, "rosa")
    assert desk.lines(ticket) == []
    with desk.database.read() as session:
        assert session.scalar(select(func.count()).select_from(OutboxRow)) == before


def test_evidence_that_comes_later_belongs_to_the_ticket_and_flags_it(desk: TicketDesk) -> None:
    first, second = desk.open(evidence=PHOTOS[:2]), desk.open(evidence=PHOTOS[:2])
    for ticket in (first, second):
        piece = desk.upload(ticket, PHOTOS[2], sha256="ab" * 32)
        desk.own.add_evidence(ticket.number, PHOTOS[2], key=f"{ticket.number}:1", evidence=[piece])
    assert not desk.tickets.ticket(first.number).flagged
    assert desk.tickets.ticket(second.number).flagged, "the same picture on two tickets"
    with desk.database.read() as session:
        shown = ticket_json(session, second.number)
    assert [piece["kind"] for piece in shown["evidence"]] == [PHOTOS[2]]
    assert shown["state"] == "in_review"


def test_a_blurred_photo_flags_the_ticket(desk: TicketDesk) -> None:
    ticket = desk.open(evidence=PHOTOS[:2])
    piece = desk.upload(ticket, PHOTOS[2], quality=("blurred",))
    desk.own.add_evidence(ticket.number, PHOTOS[2], key="k", evidence=[piece])
    assert desk.tickets.ticket(ticket.number).flagged


def test_the_ticket_as_json(desk: TicketDesk) -> None:
    ticket = desk.open("platform-15", "damaged", ())
    desk.casework.ask_for_evidence(
        desk.casework.take_up(ticket.number, REVIEWER).number, REVIEWER, ["photo_item"], "closer, please"
    )
    with desk.database.read() as session:
        shown = ticket_json(session, ticket.number)
        listed = list(list_tickets(session, shop="platform-15", state="awaiting_evidence"))
    assert shown["wanted"] == ["photo_item"]
    assert shown["due"]["evidence"] == listed[0]["due_at"]
    assert shown["overdue"] is False
    assert [event["kind"] for event in shown["history"]] == ["moved"] * 3
    assert shown["history"][-1]["reason"] == "closer, please"


def test_the_history_is_only_added_to(desk: TicketDesk) -> None:
    ticket = desk.open()
    before = ticket.history
    changes: list[Callable[[], Ticket]] = [
        lambda: desk.casework.note(ticket.number, REVIEWER, "one"),
        lambda: desk.casework.approve(ticket.number, REVIEWER, "refund"),
        lambda: desk.casework.reopen(ticket.number, LEAD, "wrong item"),
    ]
    for change in changes:
        after = change().history
        assert after[: len(before)] == before
        assert len(after) == len(before) + 1
        before = after
    with desk.database.read() as session:
        assert session.scalar(select(func.count()).select_from(TicketEventRow)) == len(before)
