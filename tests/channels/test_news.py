"""News of tickets whose buyers read each other's conversations: written where each wrote last, whoever is at it too."""

import threading
from concurrent.futures import ThreadPoolExecutor

from redress.claims.tickets import Ticket
from redress.store.chats import Chats, read_by
from redress.store.database import Database
from redress.store.outbox_tables import OutboxRow
from redress.store.tables import MessageRow
from tests.ticketing import REVIEWER, TicketDesk

ROUNDS = 15


def wrote(database: Database, desk: TicketDesk, conversation_id: str) -> None:
    """The buyer says something there."""
    with database.write() as session:
        session.add(
            MessageRow(
                conversation_id=conversation_id, author="buyer", text="hello", answered=True, created_at=desk.clock()
            )
        )


def crossed(database: Database, desk: TicketDesk) -> tuple[Ticket, Ticket]:
    """Two tickets of one buyer, who wrote last about each in the chat that opened the other."""
    tickets = desk.open(), desk.open()
    for n, ticket in enumerate(tickets):
        other = tickets[1 - n].conversation_id
        assert Chats(database).add("telegram", "1688order", str(n), ticket.conversation_id, desk.clock())
        with database.write() as session:
            read_by(session, ticket.number, other)
    wrote(database, desk, tickets[0].conversation_id)
    return tickets


def test_two_tickets_that_tell_each_others_chats_at_once_do_not_wait_for_each_other_for_ever(
    database: Database,
) -> None:
    desk = TicketDesk(database)
    one, other = crossed(database, desk)
    over = threading.Event()

    def go_to_and_fro() -> None:
        while not over.is_set():
            for ticket in (one, other):
                wrote(database, desk, ticket.conversation_id)

    def ask(ticket: Ticket) -> None:
        for n in range(ROUNDS):
            desk.casework.ask_for_evidence(ticket.number, REVIEWER, ["photo_item"], f"A clearer one, {n}.")
            desk.casework.take_up(ticket.number, REVIEWER)

    with ThreadPoolExecutor(3) as people:
        buyer = people.submit(go_to_and_fro)
        try:
            list(people.map(ask, (one, other)))
        finally:
            over.set()
        buyer.result()
    assert len(desk.lines(one)) >= ROUNDS
    assert len(desk.lines(other)) >= ROUNDS


def test_news_are_carried_to_the_chat_where_the_buyer_wrote_last_and_to_no_other(database: Database) -> None:
    desk = TicketDesk(database)
    one, other = crossed(database, desk)
    desk.casework.ask_for_evidence(other.number, REVIEWER, ["photo_item"], "A clearer one.")
    with database.read() as session:
        carried = [row.body["chat"] for row in session.query(OutboxRow).filter_by(channel="chat")]
    assert carried == ["0"], "of the second ticket, in the chat of the first"
    assert desk.lines(one), "the line stands in the conversation where it was read"
    assert desk.lines(other), "and in the one that opened the ticket"
