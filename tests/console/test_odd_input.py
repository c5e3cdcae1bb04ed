"""Nothing that somebody can put into an address or a form makes the console fail: it says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from redress.bootstrap import Parts, assemble
from redress.settings import Settings
from redress.store.migrate import migrate
from redress.web.app import make_app
from tests.console.conftest import served
from tests.console.people import Person
from tests.ticketing import TicketDesk

HUGE = "9" * 25
INSTANT = "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize("view", ["todo", "overdue", "all"])
@pytest.mark.parametrize(
    "after",
    ["x", "d", "n", "d x", "z z z", "n x y", f"d {INSTANT} 2026 RD", f"n {INSTANT}", "d 0001-01-01T00:00:00+23:00 a b"],
)
def test_a_place_in_the_queue_that_there_is_not(rosa: Person, view: str, after: str) -> None:
    answer = rosa.get("/queue", view=view, after=after)
    assert answer.status_code in (200, 422)
    assert answer.status_code == 200 or "no such place" in answer.text


@pytest.mark.parametrize("after", ["x", "1 2", "-1", "²", HUGE])
def test_a_place_in_a_search_that_there_is_not(rosa: Person, after: str) -> None:
    assert rosa.post("/search", q="bag", after=after).status_code == 422


@pytest.mark.parametrize("path", ["/audit", "/learning", "/undelivered"])
@pytest.mark.parametrize("before", [HUGE, "-1", "x"])
def test_a_place_in_a_list_that_there_is_not(ada: Person, path: str, before: str) -> None:
    assert ada.get(path, before=before).status_code == 422


@pytest.mark.parametrize(
    "path",
    [f"/learning/{HUGE}", f"/undelivered/{HUGE}/again", f"/undelivered/{HUGE}/dismiss", f"/unanswered/{HUGE}/again"],
)
def test_a_row_that_there_cannot_be(ada: Person, path: str) -> None:
    assert ada.post(path).status_code == 422


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "1e400", "-5", "0.001", "1_000", "0x10"])
def test_an_amount_that_is_none(lena: Person, parts: Parts, tickets: TicketDesk, amount: str) -> None:
    ticket = tickets.open()
    form = {"seen": ticket.version, "remedy": "refund", "amount": amount, "reason": "why"}
    assert lena.post(f"/tickets/{ticket.number}/approve", **form).status_code == 422
    assert parts.tickets.ticket(ticket.number).state == "in_review"


def test_what_the_database_cannot_hold_is_refused(database_url: str, tmp_path: Path) -> None:
    """PostgreSQL knows no NUL in a text; SQLite does."""
    settings = Settings(database_url=database_url, evidence_dir=tmp_path / "evidence", worker=False, _env_file=None)
    parts = assemble(settings)
    migrate(parts.database.engine)
    desk = TicketDesk(parts.database)
    number = desk.open().number
    with served(make_app(parts)) as url, Person(url, parts) as rosa:
        assert rosa.post("/search", q="a\x00b").status_code < 500
        assert rosa.get("/tickets/a%00b").status_code in (404, 422)
        assert rosa.post(f"/tickets/{number}/note", text="a\x00b").status_code < 500
        assert rosa.get(f"/tickets/{number}").status_code == 200
