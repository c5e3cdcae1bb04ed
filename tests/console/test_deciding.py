"""A reviewer decides: what the page shows, what the forms do, what the buyer then reads."""

from __future__ import annotations

from redress.bootstrap import Parts
from redress.claims.tickets import Ticket
from tests.console.people import Person
from tests.ticketing import PHOTOS, REVIEWER, TicketDesk


def state(parts: Parts, ticket: Ticket) -> str:
    return parts.tickets.ticket(ticket.number).state


def test_the_page_shows_what_a_decision_needs(rosa: Person, tickets: TicketDesk) -> None:
    earlier = tickets.open("1688order", "damaged", ("photo_damage", "photo_package"))
    ticket = tickets.open()
    page = rosa.get(f"/tickets/{ticket.number}").text
    for wanted in (
        "Canvas bag",
        "1 of 3",
        "CN¥90.00",
        "CN¥30.00",
        "In time",
        "72 hours",
        "Signed in presence",
        earlier.number,
    ):
        assert wanted in page, wanted


def test_approving_grants_the_remedy_and_tells_the_buyer(rosa: Person, parts: Parts, tickets: TicketDesk) -> None:
    ticket = tickets.open()
    answer = rosa.post(f"/tickets/{ticket.number}/approve", seen=ticket.version, remedy="refund")
    assert answer.status_code == 303
    decided = parts.tickets.ticket(ticket.number)
    assert decided.state == "approved"
    assert decided.decision is not None
    assert (decided.decision.by, str(decided.decision.grants[0].amount)) == ("rosa", "30.00")
    assert any("30.00" in line for line in tickets.lines(decided))


def test_declining_cites_a_clause_of_the_policy(rosa: Person, parts: Parts, tickets: TicketDesk) -> None:
    ticket = tickets.open()
    refused = rosa.post(f"/tickets/{ticket.number}/decline", seen=ticket.version, clause="999.1")
    assert refused.status_code == 422
    assert "999.1" in refused.text
    rosa.post(f"/tickets/{ticket.number}/decline", seen=ticket.version, clause="29.2", reason="the box was opened")
    decided = parts.tickets.ticket(ticket.number)
    assert decided.decision is not None
    assert (decided.state, decided.decision.clause) == ("declined", "29.2")


def test_asking_for_evidence_names_the_kinds(rosa: Person, parts: Parts, tickets: TicketDesk) -> None:
    ticket = tickets.open()
    kinds = ["photo_package_weight", "photo_delivery_slip"]
    assert rosa.post(f"/tickets/{ticket.number}/ask", seen=ticket.version).status_code == 422
    rosa.post(f"/tickets/{ticket.number}/ask", seen=ticket.version, kinds=kinds, reason="it is blurred")
    asked = parts.tickets.ticket(ticket.number)
    assert (asked.state, list(asked.wanted)) == ("awaiting_evidence", kinds)
    assert any("it is blurred" in line for line in tickets.lines(asked))


def test_the_second_of_two_reviewers_sees_what_happened(
    rosa: Person, lena: Person, parts: Parts, tickets: TicketDesk
) -> None:
    ticket = tickets.open()
    rosa.post(f"/tickets/{ticket.number}/approve", seen=ticket.version, remedy="refund")
    late = lena.post(f"/tickets/{ticket.number}/decline", seen=ticket.version, clause="29.2")
    assert late.status_code == 409
    assert "rosa" in late.text
    assert state(parts, ticket) == "approved"


def test_only_a_lead_lowers_an_amount_and_says_why(
    rosa: Person, lena: Person, parts: Parts, tickets: TicketDesk
) -> None:
    ticket = tickets.open()
    form = {"seen": ticket.version, "remedy": "refund", "amount": "20.00", "reason": "one strap is there"}
    assert rosa.post(f"/tickets/{ticket.number}/approve", **form).status_code == 403
    assert lena.post(f"/tickets/{ticket.number}/approve", **{**form, "reason": ""}).status_code == 422
    assert lena.post(f"/tickets/{ticket.number}/approve", **{**form, "amount": "31.00"}).status_code == 422
    assert lena.post(f"/tickets/{ticket.number}/approve", **{**form, "amount": "much"}).status_code == 422
    assert lena.post(f"/tickets/{ticket.number}/approve", **form).status_code == 303
    decided = parts.tickets.ticket(ticket.number).decision
    assert decided is not None
    assert str(decided.grants[0].amount) == "20.00"


def test_only_a_lead_opens_a_decided_ticket_again(
    rosa: Person, lena: Person, parts: Parts, tickets: TicketDesk
) -> None:
    ticket = tickets.open()
    rosa.post(f"/tickets/{ticket.number}/decline", seen=ticket.version, clause="29.2")
    seen = parts.tickets.ticket(ticket.number).version
    assert rosa.post(f"/tickets/{ticket.number}/reopen", seen=seen, reason="look again").status_code == 403
    assert lena.post(f"/tickets/{ticket.number}/reopen", seen=seen, reason="").status_code == 422
    assert lena.post(f"/tickets/{ticket.number}/reopen", seen=seen, reason="look again").status_code == 303
    assert state(parts, ticket) == "in_review"


def test_an_approved_ticket_is_settled(rosa: Person, parts: Parts, tickets: TicketDesk) -> None:
    ticket = tickets.open()
    rosa.post(f"/tickets/{ticket.number}/approve", seen=ticket.version, remedy="refund")
    seen = parts.tickets.ticket(ticket.number).version
    assert "Settled" in rosa.get(f"/tickets/{ticket.number}").text
    assert rosa.post(f"/tickets/{ticket.number}/settle", seen=seen, reference="payment 4711").status_code == 303
    assert state(parts, ticket) == "settled"


def test_notes_are_for_reviewers_alone(rosa: Person, parts: Parts, tickets: TicketDesk) -> None:
    ticket = tickets.open()
    before = tickets.lines(ticket)
    rosa.post(f"/tickets/{ticket.number}/note", text="asked the warehouse")
    assert "asked the warehouse" in rosa.get(f"/tickets/{ticket.number}").text
    assert tickets.lines(ticket) == before


def test_several_tickets_are_given_to_somebody_at_once(
    rosa: Person, lena: Person, parts: Parts, tickets: TicketDesk
) -> None:
    numbers = [tickets.open().number for _ in range(3)]
    assert rosa.post("/assign", numbers=numbers, assignee="lena").status_code == 303
    assert {parts.tickets.ticket(number).assignee for number in numbers} == {"lena"}
    assert all(number in lena.get("/queue", view="mine").text for number in numbers)
    assert rosa.post("/assign", numbers=numbers, assignee="nobody I know").status_code == 404


def test_a_claim_left_to_a_person_is_granted_with_a_reason(rosa: Person, parts: Parts, tickets: TicketDesk) -> None:
    ticket = tickets.open("platform-15", "non_delivery", (), remedy=None, facts={})
    assert ticket.assessment["outcome"] == "referred"
    form = {"seen": ticket.version, "remedy": "refund", "amount": "90.00"}
    assert rosa.post(f"/tickets/{ticket.number}/approve", **form).status_code == 422
    assert rosa.post(f"/tickets/{ticket.number}/approve", **form, reason="the carrier lost it").status_code == 303
    assert state(parts, ticket) == "approved"


def test_every_look_at_a_ticket_is_in_the_audit_log(rosa: Person, ada: Person, tickets: TicketDesk) -> None:
    ticket = tickets.open()
    rosa.get(f"/tickets/{ticket.number}")
    log = ada.get("/audit", subject=ticket.number).text
    assert "looked at a ticket" in log
    assert "rosa" in log


def test_what_was_typed_is_still_there_when_it_is_refused(lena: Person, rosa: Person, tickets: TicketDesk) -> None:
    ticket = tickets.open()
    form = {"seen": ticket.version, "remedy": "refund", "amount": "31.00", "reason": "both straps are gone"}
    refused = lena.post(f"/tickets/{ticket.number}/approve", **form).text
    assert "both straps are gone" in refused
    assert 'value="31.00"' in refused
    rosa.post(f"/tickets/{ticket.number}/note", text="weighed again")
    stale = lena.post(f"/tickets/{ticket.number}/decline", seen=ticket.version, clause="29.2", reason="it was whole")
    assert stale.status_code == 409
    assert "it was whole" in stale.text
    assert 'id="act-decline" open' in stale.text
    kinds = ["photo_package_weight", "nonsense"]
    asked = rosa.post(f"/tickets/{ticket.number}/ask", seen=ticket.version + 1, kinds=kinds, reason="once more")
    assert "once more" in asked.text


def test_a_decline_is_told_with_its_clause_and_what_the_buyer_did_with_its_kind(
    rosa: Person, tickets: TicketDesk
) -> None:
    ticket = tickets.open(evidence=PHOTOS[:2])
    tickets.own.add_evidence(ticket.number, PHOTOS[2], key="1")
    tickets.casework.decline(ticket.number, REVIEWER, "29.2")
    tickets.own.rate(ticket.number, 2, key="2")
    page = rosa.get(f"/tickets/{ticket.number}").text
    for wanted in ("Evidence: a photo of the parcel on a scale", "by clause 29.2, rosa", "Rated 2 of 5"):
        assert wanted in page, wanted


def test_the_next_ticket_is_one_key_away(rosa: Person, tickets: TicketDesk) -> None:
    first, _ = tickets.open(), tickets.open()
    page = rosa.get(f"/tickets/{first.number}").text
    assert 'id="next" href="/console/tickets/RD-' in page
    assert f'id="next" href="/console/tickets/{first.number}"' not in page


def test_how_much_of_the_deadline_is_left_is_told(rosa: Person, tickets: TicketDesk) -> None:
    ticket = tickets.open()  # delivered 20 hours ago: 52 of 72 are left
    assert "(2 d 3 h left)" in rosa.get(f"/tickets/{ticket.number}").text
