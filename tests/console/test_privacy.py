"""An admin hands over or erases a buyer's data; who did it is known, whose it was is not."""

from __future__ import annotations

import io
import json
import zipfile

from redress.bootstrap import Parts
from tests.console.people import Person
from tests.ticketing import TicketDesk


def test_a_buyers_data_is_found_handed_over_and_erased(ada: Person, parts: Parts, tickets: TicketDesk) -> None:
    ticket, other = tickets.open(email="mia@example.com"), tickets.open(email="noa@example.com")
    found = ada.post("/privacy/find", email=" Mia@Example.com ".strip())
    assert ticket.number in found.text
    assert other.number not in found.text
    handed = ada.post("/privacy/export", email="mia@example.com")
    assert handed.headers["content-type"] == "application/zip"
    data = json.loads(zipfile.ZipFile(io.BytesIO(handed.content)).read("data.json"))
    assert [one["number"] for one in data["tickets"]] == [ticket.number]
    unsure = ada.post("/privacy/erase", email="mia@example.com")
    assert unsure.status_code == 422
    assert parts.tickets.ticket(ticket.number).email == "mia@example.com"
    erased = ada.post("/privacy/erase", email="mia@example.com", sure="true")
    assert "Erased: 1 tickets, 1 conversations" in erased.text
    assert parts.tickets.ticket(ticket.number).email == "erased"
    assert parts.tickets.ticket(ticket.number).history[-1].actor == "ada"
    assert parts.tickets.ticket(other.number) == other
    log = ada.get("/audit", subject=ticket.number).text
    for action in ("looked for a buyer", "handed over a buyer", "erased a buyer"):
        assert action in log
    assert "mia@example.com" not in ada.get("/audit").text
    assert ada.get(f"/tickets/{ticket.number}").status_code == 200, "what the books need can be looked at"


def test_an_address_that_is_none_is_refused(ada: Person) -> None:
    for email in ("", "mia", "a@b@c", "a b@c"):
        assert ada.post("/privacy/erase", email=email, sure="true").status_code == 422
