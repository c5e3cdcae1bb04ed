"""What reviewers do: approve with sums, decline by a clause, ask, note, assign, reopen, settle."""

from __future__ import annotations

from decimal import Decimal

import pytest

from redress.claims.tickets import Actor, ImpossibleChange, NotAllowed, Role, TicketChanged
from redress.errors import RedressError
from redress.policy.vocabulary import LANGUAGES, Language
from tests.ticketing import LEAD, PACKS, PHOTOS, REVIEWER, TicketDesk


def test_an_approval_grants_what_the_policy_gives(desk: TicketDesk) -> None:
    ticket = desk.open()
    approved = desk.casework.approve(ticket.number, REVIEWER, "refund", seen=ticket.version)
    assert approved.decision
    assert [(grant.kind, grant.amount) for grant in approved.decision.grants] == [("refund", Decimal("30.00"))]
    (line,) = desk.lines(ticket)
    assert "30.00" in line


def test_what_accompanies_a_remedy_is_granted_with_it(desk: TicketDesk) -> None:
    ticket = desk.open(
        "genuine-goods", "counterfeit", ("right_owner_certificate",), facts={}, completed_at="2026-03-03T00:00:00+08:00"
    )
    approved = desk.casework.approve(ticket.number, REVIEWER, "refund")
    assert approved.decision
    grants = {grant.kind: grant.amount for grant in approved.decision.grants}
    assert grants == {"refund": Decimal("30.00"), "compensation": Decimal("120.00")}


def test_a_lead_may_lower_an_amount_and_must_say_why(desk: TicketDesk) -> None:
    ticket = desk.open()
    with pytest.raises(RedressError, match="Say why"):
        desk.casework.approve(ticket.number, LEAD, "refund", amount=Decimal("10.00"))
    lower = desk.casework.approve(ticket.number, LEAD, "refund", amount=Decimal("10.00"), reason="one strap")
    assert lower.decision
    assert lower.decision.grants[0].amount == Decimal("10.00")


def test_a_reviewer_may_not_lower_an_amount(desk: TicketDesk) -> None:
    with pytest.raises(NotAllowed):
        desk.casework.approve(desk.open().number, REVIEWER, "refund", amount=Decimal("10.00"), reason="one strap")


@pytest.mark.parametrize("amount", ["30.01", "-1", "1.234", "NaN", "Infinity"])
def test_an_amount_cannot_be_raised_or_nonsense(desk: TicketDesk, amount: str) -> None:
    ticket = desk.open()
    with pytest.raises(RedressError) as raised:
        desk.casework.approve(ticket.number, LEAD, "refund", amount=Decimal(amount), reason="x")
    assert raised.value.field == "amount"
    assert desk.tickets.ticket(ticket.number) == ticket


def test_a_remedy_that_the_policy_does_not_offer_is_refused(desk: TicketDesk) -> None:
    ticket = desk.open("ali-shipping", "damaged", ("photo_item",))
    for remedy in ("replacement", "gold"):
        with pytest.raises(RedressError) as raised:
            desk.casework.approve(ticket.number, LEAD, remedy)
        assert raised.value.field == "remedy"


def test_an_appeal_can_be_granted_beyond_the_policy(desk: TicketDesk) -> None:
    ticket = desk.open("parcel-up", "change_of_mind", (), appeal="it was a gift")
    assert ticket.state == "appealed"
    for amount, reason in ((None, "goodwill"), (Decimal(50), ""), (Decimal("350.01"), "goodwill")):
        with pytest.raises(RedressError):
            desk.casework.approve(ticket.number, REVIEWER, "refund", amount=amount, reason=reason)
    approved = desk.casework.approve(ticket.number, REVIEWER, "refund", amount=Decimal(50), reason="goodwill")
    assert [event.after for event in approved.history] == ["appealed", "in_review", "approved"]


def test_what_nobody_knows_the_amount_of_is_granted_by_the_reviewer(desk: TicketDesk) -> None:
    ticket = desk.open("parcel-up", "non_delivery", (), delivered_at=None, shipping_method="ems")
    assert ticket.assessment["outcome"] == "referred"
    approved = desk.casework.approve(ticket.number, REVIEWER, "refund", amount=Decimal("120.00"), reason="carrier paid")
    assert approved.decision
    assert approved.decision.grants[0].amount == Decimal("120.00")


def test_goods_have_no_amount(desk: TicketDesk) -> None:
    with pytest.raises(RedressError, match="no amount"):
        desk.casework.approve(desk.open().number, LEAD, "replacement", amount=Decimal(1), reason="x")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decline_tells_the_clause_and_the_way_to_appeal_in_the_buyers_language(
    desk: TicketDesk, language: Language
) -> None:
    ticket = desk.open(language=language)
    declined = desk.casework.decline(ticket.number, REVIEWER, "29.2")
    assert declined.decision
    assert declined.decision.clause == "29.2"
    (line,) = desk.lines(ticket)
    says = next(clause.says[language] for clause in PACKS["1688order"].file.clauses.values() if clause.ref == "29.2")
    assert says in line
    assert "29.2" in line
    assert "2026" in line, "until when it can be appealed"
    assert "{" not in line


def test_a_clause_that_the_policy_has_not_got_is_refused(desk: TicketDesk) -> None:
    with pytest.raises(RedressError) as raised:
        desk.casework.decline(desk.open().number, REVIEWER, "99.9")
    assert raised.value.field == "clause_ref"
    assert "29.2" in raised.value.message


def test_asking_for_evidence_names_it_and_waits_for_each(desk: TicketDesk) -> None:
    ticket = desk.open()
    asked = desk.casework.ask_for_evidence(ticket.number, REVIEWER, PHOTOS[:2], "the label cannot be read")
    assert (asked.state, asked.wanted) == ("awaiting_evidence", PHOTOS[:2])
    (line,) = desk.lines(ticket)
    assert "the label cannot be read" in line
    label = PACKS["1688order"].versions[0].evidence_kind(PHOTOS[0]).label["en"]
    assert label in line
    first = desk.own.add_evidence(ticket.number, PHOTOS[0], key="1")
    assert first.ticket.state == "awaiting_evidence"
    assert label not in first.text.partition("\n")[2], "it is there now"
    assert desk.own.add_evidence(ticket.number, PHOTOS[1], key="2").ticket.state == "in_review"


@pytest.mark.parametrize("kinds", [(), ("photo_of_the_moon",), ("photo_item", "nonsense")])
def test_only_evidence_that_there_are_words_for_can_be_asked(desk: TicketDesk, kinds: tuple[str, ...]) -> None:
    with pytest.raises(RedressError) as raised:
        desk.casework.ask_for_evidence(desk.open().number, REVIEWER, kinds)
    assert raised.value.field == "kinds"


def test_a_reviewer_can_do_without_the_missing_evidence(desk: TicketDesk) -> None:
    ticket = desk.open(evidence=())
    approved = desk.casework.approve(ticket.number, REVIEWER, "refund", reason="the carrier told us")
    assert [event.after for event in approved.history] == ["awaiting_evidence", "in_review", "approved"]
    assert approved.wanted == ()


def test_a_decided_ticket_is_not_decided_again(desk: TicketDesk) -> None:
    ticket = desk.open()
    desk.casework.approve(ticket.number, REVIEWER, "refund")
    with pytest.raises(ImpossibleChange):
        desk.casework.decline(ticket.number, REVIEWER, "29.2")
    desk.casework.settle(ticket.number, REVIEWER, "PAY-77")
    with pytest.raises(ImpossibleChange):
        desk.casework.approve(ticket.number, REVIEWER, "refund")


def test_a_lead_reopens_with_a_reason_and_the_decision_is_gone(desk: TicketDesk) -> None:
    ticket = desk.open()
    desk.casework.decline(ticket.number, REVIEWER, "29.2")
    with pytest.raises(NotAllowed):
        desk.casework.reopen(ticket.number, REVIEWER, "I was wrong")
    with pytest.raises(RedressError, match="Say why"):
        desk.casework.reopen(ticket.number, LEAD, " ")
    again = desk.casework.reopen(ticket.number, LEAD, "wrong clause")
    assert (again.state, again.decision) == ("in_review", None)
    assert again.due.appeal is None
    assert "opened again" in desk.lines(ticket)[-1]


@pytest.mark.parametrize("role", ["reviewer", "lead"])
def test_what_is_settled_stays_so(desk: TicketDesk, role: Role) -> None:
    ticket = desk.open()
    desk.casework.approve(ticket.number, REVIEWER, "refund")
    desk.casework.settle(ticket.number, REVIEWER)
    with pytest.raises(ImpossibleChange):
        desk.casework.reopen(ticket.number, Actor("x", role), "again")


def test_assigning_many_tells_which_could_not_be(desk: TicketDesk) -> None:
    one, two = desk.open(), desk.open()
    desk.casework.withdraw(two.number, REVIEWER, "by telephone")
    failed = desk.casework.assign_all([one.number, two.number, "RD-NONE"], REVIEWER, "rosa")
    assert set(failed) == {two.number, "RD-NONE"}
    assigned = desk.tickets.ticket(one.number)
    assert assigned.assignee == "rosa"
    assert desk.casework.assign(one.number, REVIEWER, "rosa") == assigned, "nothing new is no event"


def test_a_stale_look_is_told_what_happened(desk: TicketDesk) -> None:
    ticket = desk.open()
    desk.own.withdraw(ticket.number, key="1")
    with pytest.raises(TicketChanged) as raised:
        desk.casework.approve(ticket.number, REVIEWER, "refund", seen=ticket.version)
    assert "withdrawn" in raised.value.message


def test_the_webhook_carries_nothing_of_the_buyer(desk: TicketDesk) -> None:
    ticket = desk.open(appeal="my name is Mo and I live in Riga")
    desk.casework.approve(ticket.number, REVIEWER, "refund", reason="Mo was right")
    for hook in desk.outgoing("webhook"):
        assert "Mo" not in str(hook.body)
        assert "@" not in str(hook.body)
        assert ticket.number in str(hook.body)
