"""The queue: what is due first, pages, filters, search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from redress.store.database import Database
from redress.store.engine import make_engine
from redress.store.migrate import migrate
from redress.store.queue import PAGE, Filters, Page, Queue
from redress.store.search import forget, terms
from tests.console.people import Person
from tests.store.databases import binaries, postgres
from tests.ticketing import LEAD, REVIEWER, TicketDesk

SEEN = ("photo_damage", "photo_package", "photo_item")
SHOPS = {"platform-15", "1688order", "parcel-up"}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a database, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('queue') / 'queue.db'}"
    elif binaries() is None:
        pytest.skip("no PostgreSQL here (Debian: apt-get install postgresql)")
    else:
        with postgres() as running:
            yield running.fresh()


@pytest.fixture(scope="module")
def desk(server: str) -> Iterator[TicketDesk]:
    """A desk with a queue of several pages."""
    database = Database(make_engine(server))
    migrate(database.engine)
    made = TicketDesk(database)
    for index in range(PAGE + 15):
        made.clock.go(minutes=7)
        shop = ("platform-15", "1688order", "parcel-up")[index % 3]
        issue, evidence = ("damaged", SEEN) if index % 2 else ("missing_item", ())
        made.open(shop, issue, evidence, email=f"b{index}@example.com")
    yield made
    database.engine.dispose()


@pytest.fixture(scope="module")
def queue(desk: TicketDesk) -> Queue:
    return Queue(desk.database)


def everything(queue: Queue, desk: TicketDesk, filters: Filters) -> list[dict[str, Any]]:
    """All pages of a list."""
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        page: Page = queue.page(filters, desk.clock(), after)
        assert len(page.tickets) <= PAGE
        found += page.tickets
        after = page.after
        if after is None:
            return found


@pytest.mark.parametrize(
    "filters", [Filters(), Filters(open=False), Filters(shop="platform-15"), Filters(states=("in_review",))]
)
def test_the_pages_are_the_whole_list_in_order(queue: Queue, desk: TicketDesk, filters: Filters) -> None:
    found = everything(queue, desk, filters)
    assert len({one["number"] for one in found}) == len(found)
    due = [(one["due_at"] is None, one["due_at"] or one["created_at"], one["created_at"]) for one in found]
    opened = [one["created_at"] for one in found]
    assert due == sorted(due) if filters.open else opened == sorted(opened, reverse=True)
    assert {one["shop"] for one in found} <= ({filters.shop} if filters.shop else SHOPS)
    assert 0 < len(found) == queue.count(filters, desk.clock())


def test_a_decided_ticket_leaves_the_queue_and_a_given_one_is_somebodys(queue: Queue, desk: TicketDesk) -> None:
    ticket = desk.open(email="gone@example.com")
    desk.casework.assign(ticket.number, LEAD, "rosa")
    assert [one["number"] for one in everything(queue, desk, Filters(assignee="rosa"))] == [ticket.number]
    assert ticket.number not in {one["number"] for one in everything(queue, desk, Filters(unassigned=True))}
    desk.casework.decline(ticket.number, REVIEWER, "29.2")
    assert not everything(queue, desk, Filters(assignee="rosa"))
    assert ticket.number in {
        one["number"] for one in everything(queue, desk, Filters(open=False, states=("declined",)))
    }


def test_what_is_overdue_is_what_has_passed_its_time(queue: Queue, desk: TicketDesk) -> None:
    before = {one["number"] for one in everything(queue, desk, Filters(overdue=True))}
    late = desk.clock() + timedelta(days=60)
    page = queue.page(Filters(overdue=True), late)
    assert len(page.tickets) > len(before)
    assert all(one["due_at"] < late for one in page.tickets)


def test_a_ticket_is_found_by_number_order_mail_and_words(queue: Queue, desk: TicketDesk) -> None:
    ticket = desk.open(
        email="Zoë.Find@example.com",
        number="OR777777",
        appeal="The Éclair lamp's glass was cracked, 灯罩碎了",
        remedy=None,
    )
    names = (ticket.number, ticket.number.lower(), "or777777", "zoë.find@example.com")
    words = ("eclair LAMP", "glass cracked", "罩碎", "灯罩碎了")
    for wanted in (*names, *words):
        assert [one["number"] for one in queue.search(wanted).tickets] == [ticket.number], wanted
    for nothing in ("glass unbroken", "", "  ", "'\"*", "nobody@example.com", "NEAR OR AND"):
        assert not queue.search(nothing).tickets, nothing
    desk.casework.note(ticket.number, REVIEWER, "the warehouse remembers a quagga")
    assert [one["number"] for one in queue.search("quagga").tickets] == [ticket.number]
    with desk.database.write() as session:
        forget(session, ticket.number)
    assert not queue.search("quagga").tickets


def test_search_has_pages_the_newest_first(queue: Queue, desk: TicketDesk) -> None:
    first = queue.search("canvas bag")
    assert len(first.tickets) == PAGE
    second = queue.search("canvas bag", first.after)
    created = [one["created_at"] for one in (*first.tickets, *second.tickets)]
    assert created == sorted(created, reverse=True)
    assert len({one["number"] for one in (*first.tickets, *second.tickets)}) == len(created) > PAGE


def test_the_index_takes_in_what_it_lacks(desk: TicketDesk, queue: Queue, server: str) -> None:
    ticket = desk.open(email="lost@example.com", number="OR888888")
    with desk.database.write() as session:
        forget(session, ticket.number)
    migrate(desk.database.engine)
    assert ticket.number in {one["number"] for one in queue.search("or888888 canvas").tickets}


def test_earlier_claims_are_of_the_buyer_or_the_order(queue: Queue, desk: TicketDesk) -> None:
    one = desk.open(email="twice@example.com", number="OR1")
    same_buyer = desk.open(email="twice@example.com", number="OR2")
    same_order = desk.open(email="other@example.com", number="OR1")
    found = queue.earlier(one.number, "twice@example.com", "1688order", "OR1")
    assert {other["number"] for other in found} == {same_buyer.number, same_order.number}


def test_terms_are_words_without_case_and_accents_and_pairs_of_unspaced_scripts() -> None:
    assert terms("Café-Crème, 2x!") == ["cafe", "creme", "2x"]
    assert terms("破损的货") == ["破损", "损的", "的货"]
    assert terms("") == []


def test_searching_puts_nothing_into_an_address(rosa: Person, tickets: TicketDesk) -> None:
    ticket = tickets.open(email="private@example.com")
    answer = rosa.post("/search", q="private@example.com")
    assert answer.headers["location"] == f"/console/tickets/{ticket.number}"
    tickets.open(email="private@example.com")
    assert rosa.post("/search", q="private@example.com").status_code == 200


def test_assigning_leads_back_to_the_list_it_was_done_in(rosa: Person, tickets: TicketDesk) -> None:
    number = tickets.open().number
    kept = {"view": "unassigned", "shop": "1688order", "issue": "", "state": ""}
    answer = rosa.post("/assign", numbers=[number], assignee="rosa", **kept)
    assert answer.headers["location"] == "/console/queue?view=unassigned&shop=1688order"
    assert rosa.post("/assign", numbers=[number], assignee="rosa", view="https://evil.example").status_code == 422


def test_a_closed_state_is_shown_whatever_the_view(rosa: Person, tickets: TicketDesk) -> None:
    ticket = tickets.open()
    tickets.casework.withdraw(ticket.number, REVIEWER, "found it")
    assert ticket.number in rosa.get("/queue", view="todo", state="withdrawn").text


def test_what_was_found_can_be_given_to_somebody(rosa: Person, tickets: TicketDesk) -> None:
    tickets.open(email="two@example.com"), tickets.open(email="two@example.com")
    page = rosa.post("/search", q="two@example.com").text
    assert 'action="/console/assign"' in page
    assert page.count('name="numbers"') == 2
