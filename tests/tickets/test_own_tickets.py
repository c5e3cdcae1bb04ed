"""What buyers do with their tickets: find, add evidence, withdraw, appeal, choose, rate; each step once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from redress.claims.own_tickets import TicketUnknown, Told, TooLate, TooManyAttempts, Unusable, choosable
from redress.claims.tickets import ImpossibleChange
from redress.policy.vocabulary import LANGUAGES, Language
from tests.ticketing import EMAIL, PHOTOS, REVIEWER, TicketDesk


def test_a_ticket_is_found_by_number_and_address(desk: TicketDesk) -> None:
    ticket, conversation = desk.open(), desk.converse()
    assert desk.own.find(f" {ticket.number.lower()} ", EMAIL.upper(), conversation) == ticket


def test_a_wrong_number_and_a_wrong_address_fail_alike_and_count(desk: TicketDesk) -> None:
    ticket, conversation = desk.open(), desk.converse()
    told = set()
    for number, email in (
        (ticket.number, "other@example.com"),
        ("RD-NONE", EMAIL),
        ("RD-NONE", "x"),
        ("", ""),
        ("q", ""),
    ):
        with pytest.raises(TicketUnknown) as raised:
            desk.own.find(number, email, conversation)
        told.add(raised.value.message)
    assert len(told) == 1
    with pytest.raises(TooManyAttempts):
        desk.own.find(ticket.number, EMAIL, conversation)
    desk.clock.go(minutes=16)
    assert desk.own.find(ticket.number, EMAIL, conversation) == ticket


def test_another_shops_ticket_is_not_found(desk: TicketDesk) -> None:
    with pytest.raises(TicketUnknown):
        desk.own.find(desk.open().number, EMAIL, desk.converse("platform-15"))


def test_a_number_can_be_tried_five_times_from_however_many_conversations(desk: TicketDesk) -> None:
    ticket = desk.open()
    for _ in range(5):
        with pytest.raises(TicketUnknown):
            desk.own.find(ticket.number, "guess@example.com", desk.converse())
    with pytest.raises(TooManyAttempts):
        desk.own.find(ticket.number, EMAIL, desk.converse())


def test_the_last_evidence_sends_it_to_review_as_reported_then(desk: TicketDesk) -> None:
    ticket = desk.open(evidence=PHOTOS[:1])
    desk.clock.go(days=20)
    first = desk.own.add_evidence(ticket.number, PHOTOS[1], key="1")
    assert (first.ticket.state, first.ticket.wanted) == ("awaiting_evidence", PHOTOS[2:])
    assert first.ticket.assessment["missing_evidence"] == list(PHOTOS[2:])
    done = desk.own.add_evidence(ticket.number, PHOTOS[2], key="2").ticket
    assert (done.state, done.wanted, done.assessment["outcome"]) == ("in_review", (), "qualifies")
    assert done.claim["reported_at"] == ticket.claim["reported_at"]
    assert done.claim["evidence"] == sorted(PHOTOS)


def test_one_of_two_alternatives_will_do(desk: TicketDesk) -> None:
    ticket = desk.open("genuine-goods", "counterfeit", (), facts={}, completed_at="2026-03-03T00:00:00+08:00")
    assert ticket.wanted == ("right_owner_certificate|authority_ruling",)
    assert desk.own.add_evidence(ticket.number, "authority_ruling", key="1").ticket.state == "in_review"


def test_a_text_is_evidence_too(desk: TicketDesk) -> None:
    ticket = desk.open("platform-15", "damaged", ("order_screenshot", "photo_item", "photo_package"))
    told = desk.own.add_evidence(ticket.number, "description", key="1", text="the sole has come off")
    assert told.ticket.texts == {"description": "the sole has come off"}
    assert told.ticket.state == "in_review"


def test_evidence_of_an_unknown_kind_is_refused(desk: TicketDesk) -> None:
    with pytest.raises(Unusable) as raised:
        desk.own.add_evidence(desk.open(evidence=()).number, "photo_of_the_moon", key="1")
    assert "photo_item" in raised.value.allowed


def test_more_evidence_can_be_added_while_it_is_reviewed_but_not_afterwards(desk: TicketDesk) -> None:
    ticket = desk.open()
    assert desk.own.add_evidence(ticket.number, "photo_item", key="1").ticket.state == "in_review"
    desk.casework.approve(ticket.number, REVIEWER, "refund")
    with pytest.raises(ImpossibleChange):
        desk.own.add_evidence(ticket.number, "photo_damage", key="2")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_takes_effect_once_and_tells_the_same(desk: TicketDesk, language: Language) -> None:
    ticket = desk.open(evidence=PHOTOS[:2], language=language)
    number = ticket.number
    steps: list[Callable[[], Told]] = [
        lambda: desk.own.choose_remedy(number, "replacement", key="a"),
        lambda: desk.own.add_evidence(number, PHOTOS[2], key="b"),
        lambda: desk.own.withdraw(number, key="c"),
    ]
    for step in steps:
        first, again = step(), step()
        assert first == again
        assert number in first.text
        assert "{" not in first.text
    assert len(desk.tickets.ticket(number).history) == 5
    assert desk.lines(ticket) == [], "the answers are replies of the turns"


def test_an_appeal_within_its_window(desk: TicketDesk) -> None:
    ticket = desk.open()
    declined = desk.casework.decline(ticket.number, REVIEWER, "29.2")
    assert declined.due.appeal
    desk.clock.at = declined.due.appeal
    appealed = desk.own.appeal(ticket.number, "the slip shows the damage", key="1").ticket
    assert (appealed.state, appealed.appeal_reason) == ("appealed", "the slip shows the damage")
    assert desk.casework.take_up(ticket.number, REVIEWER).state == "in_review"


def test_an_appeal_after_its_window_is_told_when_that_was(desk: TicketDesk) -> None:
    ticket = desk.open()
    declined = desk.casework.decline(ticket.number, REVIEWER, "29.2")
    assert declined.due.appeal
    desk.clock.at = declined.due.appeal + timedelta(microseconds=1)
    with pytest.raises(TooLate) as raised:
        desk.own.appeal(ticket.number, "please", key="1")
    assert raised.value.until == declined.due.appeal


def test_only_a_decline_can_be_appealed_and_only_the_undecided_withdrawn(desk: TicketDesk) -> None:
    ticket = desk.open()
    with pytest.raises(ImpossibleChange):
        desk.own.appeal(ticket.number, "please", key="1")
    desk.casework.approve(ticket.number, REVIEWER, "refund")
    with pytest.raises(ImpossibleChange):
        desk.own.withdraw(ticket.number, key="2")


def test_another_remedy_of_those_on_offer(desk: TicketDesk) -> None:
    ticket = desk.open()
    assert "replacement" in choosable(ticket)
    assert desk.own.choose_remedy(ticket.number, "replacement", key="1").ticket.remedy == "replacement"
    with pytest.raises(Unusable) as raised:
        desk.own.choose_remedy(ticket.number, "gold", key="2")
    assert raised.value.allowed == choosable(ticket)


def test_what_was_decided_can_be_rated_and_the_latest_counts(desk: TicketDesk) -> None:
    ticket = desk.open()
    with pytest.raises(ImpossibleChange):
        desk.own.rate(ticket.number, 5, key="0")
    desk.casework.approve(ticket.number, REVIEWER, "refund")
    for stars in (0, 6):
        with pytest.raises(Unusable):
            desk.own.rate(ticket.number, stars, key=f"x{stars}")
    desk.own.rate(ticket.number, 2, "slow", key="1")
    rated = desk.own.rate(ticket.number, 4, "", key="2").ticket
    assert (rated.rating, rated.rating_word) == (4, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_status_is_told_in_every_state(desk: TicketDesk, language: Language) -> None:
    waiting, reviewed = desk.open(evidence=(), language=language), desk.open(language=language)
    told = {desk.own.status(waiting), desk.own.status(reviewed)}
    told.add(desk.own.status(desk.casework.approve(reviewed.number, REVIEWER, "refund")))
    told.add(desk.own.status(desk.casework.settle(reviewed.number, REVIEWER)))
    declined = desk.casework.decline(waiting.number, REVIEWER, "29.2")
    told.add(desk.own.status(declined))
    told.add(desk.own.status(desk.own.appeal(waiting.number, "why", key="1").ticket))
    told.add(desk.own.status(desk.own.withdraw(waiting.number, key="2").ticket))
    assert len(told) == 7
    assert all(text and "{" not in text and ("RD-" in text) for text in told)


def test_the_tickets_of_a_conversation_the_newest_first(desk: TicketDesk) -> None:
    ticket = desk.open()
    assert desk.own.of_conversation(ticket.conversation_id) == (ticket,)
    assert desk.own.of_conversation("none") == ()
