"""The clocks, on the pack's calendar: what is due when, reminded once, expired, overdue, escalated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.claims.clocks import next_alarm, ring, running
from redress.claims.tickets import Ticket
from redress.worker import Alarms
from tests.ticketing import PHOTOS, REVIEWER, START, TicketDesk


@pytest.fixture
def alarms(desk: TicketDesk) -> Callable[[], int]:
    return Alarms(desk.tickets, desk.cases).ring_all


def china(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def known(at: datetime | None) -> datetime:
    assert at
    return at


def reload(desk: TicketDesk, ticket: Ticket) -> Ticket:
    return desk.tickets.ticket(ticket.number)


def test_evidence_is_due_at_the_end_of_the_thirtieth_day_in_the_packs_zone(desk: TicketDesk) -> None:
    ticket = desk.open(evidence=())
    assert ticket.due.evidence == china("2026-04-03T23:59:59")
    assert ticket.due.remind == china("2026-03-31T23:59:59")


def test_review_is_due_when_the_assessment_says(desk: TicketDesk) -> None:
    ticket = desk.open("platform-15", "damaged", ("order_screenshot", "photo_item", "photo_package", "description"))
    assert ticket.state == "in_review"
    assert ticket.due.review == datetime.fromisoformat(ticket.assessment["review_due"])
    assert ticket.due.review == china("2026-03-09T23:59:59"), "three working days after Wednesday, over a weekend"


def test_payout_is_due_when_the_assessment_says(desk: TicketDesk) -> None:
    ticket = desk.open("parcel-up", "cancellation", (), shipped_at=None, delivered_at=None)
    assert ticket.due.payout == china("2026-03-07T23:59:59")
    assert desk.casework.approve(ticket.number, REVIEWER, "refund").due.payout == ticket.due.payout


def test_money_that_follows_the_approval_is_due_so_long_after_it(desk: TicketDesk, alarms: Callable[[], int]) -> None:
    shown = ("order_screenshot", "photo_item", "photo_package", "description")
    ticket, goods = desk.open("platform-15", "damaged", shown), desk.open("platform-15", "damaged", shown)
    assert ticket.due.payout is None, "nobody knows yet when it will be approved"
    desk.clock.go(days=2)
    approved = desk.casework.approve(ticket.number, REVIEWER, "refund")
    assert running(approved) == ("payout", china("2026-03-10T23:59:59")), "two working days after Friday"
    assert "10 March 2026" in desk.lines(ticket)[-1]
    assert desk.casework.approve(goods.number, REVIEWER, "replacement").due.payout is None, "goods are not paid"
    desk.clock.at = known(approved.due.payout) + timedelta(seconds=1)
    assert alarms() == 1
    assert reload(desk, ticket).overdue


def test_a_worker_that_was_down_still_reminds_while_there_is_time(desk: TicketDesk, alarms: Callable[[], int]) -> None:
    ticket = desk.open(evidence=())
    desk.clock.at = known(ticket.due.evidence) - timedelta(hours=1)
    assert alarms() == 1
    assert alarms() == 0
    assert [event.kind for event in reload(desk, ticket).history] == ["moved", "reminded"]


def test_a_decline_can_be_appealed_for_thirty_days(desk: TicketDesk) -> None:
    ticket = desk.open()
    desk.clock.go(days=1)
    declined = desk.casework.decline(ticket.number, REVIEWER, "29.2")
    assert declined.due.appeal == china("2026-04-04T23:59:59")


def test_the_review_of_what_came_later_counts_from_then(desk: TicketDesk) -> None:
    ticket = desk.open("platform-15", "damaged", ("order_screenshot", "photo_item", "description"))
    assert ticket.state == "awaiting_evidence"
    desk.clock.go(days=12)
    told = desk.own.add_evidence(ticket.number, "photo_package", key="1")
    assert told.ticket.due.review == china("2026-03-19T23:59:59")
    assert told.ticket.assessment["review_due"] == ticket.assessment["review_due"], "the claim is as it was reported"


def test_the_buyer_is_reminded_once_then_the_ticket_expires(desk: TicketDesk, alarms: Callable[[], int]) -> None:
    ticket = desk.open("platform-15", "damaged", ("photo_item", "description", "order_screenshot"), language="ru")
    assert alarms() == 0
    desk.clock.at = known(ticket.due.remind) + timedelta(seconds=1)
    assert alarms() == 1
    desk.clock.go(hours=1)
    assert alarms() == 0, "once"
    (line,) = desk.lines(ticket)
    assert ticket.number in line
    assert "Напоминание" in line
    desk.clock.at = known(ticket.due.evidence)
    assert alarms() == 0, "the last second is in time"
    desk.clock.go(seconds=1)
    assert alarms() == 1
    after = reload(desk, ticket)
    assert (after.state, after.history[-1].actor) == ("expired", "clock")
    assert next_alarm(after) is None
    assert [mail.body["to"] for mail in desk.outgoing("mail")] == ["buyer@example.com"] * 3
    assert [hook.body["type"] for hook in desk.outgoing("webhook")] == [
        "ticket.opened",
        "ticket.reminded",
        "ticket.expired",
    ]


def test_a_review_that_is_late_is_marked_and_escalated_once(desk: TicketDesk, alarms: Callable[[], int]) -> None:
    ticket = desk.open("platform-15", "damaged", ("order_screenshot", "photo_item", "photo_package", "description"))
    assert ticket.due.review
    desk.clock.at = ticket.due.review + timedelta(seconds=1)
    assert alarms() == 1
    assert alarms() == 0
    late = reload(desk, ticket)
    assert late.overdue
    assert late.state == "in_review"
    assert [mail.body["to"] for mail in desk.outgoing("mail")] == ["buyer@example.com", "lead@example.com"]
    assert desk.outgoing("webhook")[-1].body["type"] == "ticket.overdue"
    assert desk.lines(ticket) == [], "the buyer is not told"
    assert not desk.casework.approve(ticket.number, REVIEWER, "refund").overdue


def test_a_payout_that_is_late_is_marked(desk: TicketDesk, alarms: Callable[[], int]) -> None:
    ticket = desk.open("parcel-up", "cancellation", (), shipped_at=None, delivered_at=None)
    approved = desk.casework.approve(ticket.number, REVIEWER, "refund")
    assert running(approved) == ("payout", approved.due.payout)
    desk.clock.go(days=4)
    assert alarms() == 1
    assert reload(desk, ticket).overdue
    desk.casework.settle(ticket.number, REVIEWER, "PAY-1")
    desk.clock.go(days=400)
    assert alarms() == 0


def test_asking_for_evidence_starts_its_clock_anew(desk: TicketDesk, alarms: Callable[[], int]) -> None:
    ticket = desk.open()
    desk.clock.go(days=10)
    asked = desk.casework.ask_for_evidence(ticket.number, REVIEWER, ["photo_item"])
    assert asked.due.evidence == china("2026-04-13T23:59:59")
    desk.clock.at = known(asked.due.remind) + timedelta(seconds=1)
    assert alarms() == 1


def test_a_batch_does_not_starve_the_rest(desk: TicketDesk, alarms: Callable[[], int]) -> None:
    tickets = [desk.open(evidence=PHOTOS[:1]) for _ in range(5)]
    desk.clock.go(days=40)
    assert alarms() == len(tickets)
    assert {reload(desk, ticket).state for ticket in tickets} == {"expired"}


@given(
    shop=st.sampled_from(["1688order", "platform-15", "parcel-up"]),
    waits=st.lists(st.integers(min_value=1, max_value=20 * 24), max_size=12),
)
def test_ringing_comes_to_rest_and_never_early(shop: str, waits: list[int]) -> None:
    from tests.tickets.plain import waiting

    ticket, now = waiting(shop, START), START
    for hours in waits:
        now += timedelta(hours=hours)
        due = next_alarm(ticket)
        rung = ring(ticket, now)
        if due is None or now <= due:
            assert rung is ticket, "nothing happens before its time"
        else:
            assert rung.version == ticket.version + 1
        while (again := ring(rung, now)) is not rung:
            rung = again
        ticket = rung
        following = next_alarm(ticket)
        assert following is None or following >= now
    assert sum(event.kind == "reminded" for event in ticket.history) <= 1
    assert (ticket.state == "expired") == (now.astimezone(UTC) > known(waiting(shop, START).due.evidence))
