"""Conversations in each kind of database: whoever comes at once, every line, turn, step and piece takes effect once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from redress.claims.conversation import Conversation, Reply
from redress.claims.ports import Conflict, Inbound, TicketDraft
from redress.store.database import Database
from redress.store.errors import ClientIdReused
from redress.store.evidence import EvidenceRecords
from redress.store.tables import EvidenceRow, MessageRow, StepRow, TicketRow
from redress.store.transcripts import Transcripts, say
from tests.ticketing import START, TicketDesk

CROWD = 6
REPLY: dict[str, Any] = {
    "text": "Hello!",
    "choices": [],
    "question": None,
    "upload": None,
    "assessment": None,
    "ticket": None,
}


@pytest.fixture
def desk(database: Database) -> TicketDesk:
    return TicketDesk(database)


def at_once[T](what: Callable[[int], T]) -> list[T | Exception]:
    """What each of a crowd that starts together gets, or the error it meets."""
    ready = threading.Barrier(CROWD)

    def one(number: int) -> T | Exception:
        ready.wait()
        try:
            return what(number)
        except Exception as error:
            return error

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(one, range(CROWD)))


def count(desk: TicketDesk, table: Any) -> int:
    with desk.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def receive(desk: TicketDesk, conversation: Conversation, client_id: str = "c1", content: str = "h") -> Any:
    lines = Transcripts(desk.database)
    return lines.receive(conversation.id, client_id, content, text="hi", payload=None, at=START)


def test_a_line_sent_many_times_at_once_is_kept_once(desk: TicketDesk) -> None:
    talk = desk.converse()
    got = at_once(lambda _: receive(desk, talk))
    assert len({line.id if isinstance(line, Inbound) else line for line in got}) == 1
    assert count(desk, MessageRow) == 1


def test_a_client_id_with_other_content_is_refused(desk: TicketDesk) -> None:
    talk = desk.converse()
    receive(desk, talk)
    with pytest.raises(ClientIdReused):
        receive(desk, talk, content="other")


def test_a_turn_finished_many_times_at_once_is_written_once(desk: TicketDesk) -> None:
    talk = desk.converse()
    line = receive(desk, talk)
    got = at_once(lambda _: Transcripts(desk.database).finish_turn(talk.id, line, [REPLY, REPLY], START))
    assert all(replies == got[0] for replies in got)
    assert count(desk, MessageRow) == 3


def test_a_step_taken_many_times_at_once_opens_one_ticket(desk: TicketDesk) -> None:
    talk = desk.converse()
    replies = (Reply("done"),)
    changed = replace(talk, draft=replace(talk.draft, misses=1))
    got = at_once(lambda _: desk.conversations.commit_step(changed, "key", replies, answered=True, at=START).replies)
    losers = [one for one in got if isinstance(one, Exception)]
    assert len(losers) == CROWD - 1
    assert all(isinstance(one, Conflict) for one in losers)
    assert count(desk, StepRow) == 1


def test_a_draft_opens_one_ticket(desk: TicketDesk) -> None:
    ticket = desk.open()
    draft = desk.conversations.conversation(ticket.conversation_id)
    with desk.database.read() as session:
        row = session.get_one(TicketRow, ticket.number)
    again = TicketDraft("RD-X", row.draft_id, "in_review", row.claim, row.assessment, None, row.email, {}, None)
    with pytest.raises(Conflict):
        desk.conversations.commit_step(draft, "other", (), answered=True, ticket=again, at=START)
    assert count(desk, TicketRow) == 1


def test_a_file_sent_many_times_at_once_is_kept_once(desk: TicketDesk) -> None:
    talk, records = desk.converse(), EvidenceRecords(desk.database)
    details = {"view": "v", "thumbnail": "t", "quality": []}
    kept = {"sha256": "ab" * 32, "bytes": 1, "media_type": "image/jpeg", "width": 1, "height": 1, "kind": "photo_item"}
    got = at_once(lambda _: records.add(talk, "c1", {**kept, "details": details}, START))
    assert len({one["id"] for one in got if isinstance(one, dict)}) == 1, got
    assert count(desk, EvidenceRow) == 1


def test_lines_are_seen_in_the_order_of_their_ids(desk: TicketDesk) -> None:
    talk, seen = desk.converse(), list[int]()
    writing = threading.Event()

    def write(number: int) -> None:
        for _ in range(10):
            with desk.database.write() as session:
                say(session, talk.id, REPLY, None, START, author="desk")

    def read() -> None:
        while not writing.is_set():
            seen.extend(
                int(line["id"]) for line in Transcripts(desk.database).transcript(talk.id, max(seen, default=0))
            )

    reader = threading.Thread(target=read)
    reader.start()
    failed = [one for one in at_once(write) if one]
    writing.set()
    reader.join()
    assert failed == []
    rest = [int(line["id"]) for line in Transcripts(desk.database).transcript(talk.id, max(seen, default=0))]
    assert len(seen) + len(rest) == CROWD * 10, "a reader that asks for what comes after misses nothing"
