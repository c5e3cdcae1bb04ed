"""Pictures that are alike are found among all that were sent, in each kind of database."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.claims.tickets import Actor
from redress.evidence.likeness import SAME_WITHIN
from redress.store.case_files import CaseFiles
from redress.store.database import Database
from redress.store.evidence import EvidenceRecords
from redress.store.likeness import parts
from redress.store.privacy import Privacy
from redress.store.tables import AlikeRow, LikenessRow
from tests.ticketing import PHOTOS, TicketDesk

ONE = random.Random(3).getrandbits(128)


@pytest.fixture
def desk(database: Database) -> TicketDesk:
    return TicketDesk(database)


def sent(desk: TicketDesk, fingerprint: int, name: str, email: str = "anna@example.com") -> str:
    """A ticket whose buyer has sent a picture with that fingerprint; its number."""
    ticket = desk.open(email=email)
    conversation = desk.conversations.conversation(ticket.conversation_id)
    details = {"quality": [], "view": name, "thumbnail": name, "phash": f"{fingerprint:032x}"}
    fields = {"kind": PHOTOS[0], "sha256": name * 64, "bytes": 1, "media_type": "image/jpeg", "details": details}
    piece = EvidenceRecords(desk.database).add(conversation, name, fields, desk.clock())
    desk.own.add_evidence(ticket.number, PHOTOS[0], key=name, evidence=[piece["id"]])
    return ticket.number


def changed(fingerprint: int, bits: int, seed: int = 5) -> int:
    """The fingerprint with so many bits turned."""
    for bit in random.Random(seed).sample(range(128), bits):
        fingerprint ^= 1 << bit
    return fingerprint


@pytest.mark.parametrize("bits", [0, 1, SAME_WITHIN])
def test_a_picture_like_one_on_another_ticket_is_told_and_flags(desk: TicketDesk, bits: int) -> None:
    first = sent(desk, ONE, "a")
    second = sent(desk, changed(ONE, bits), "b")
    files = CaseFiles(desk.database)
    assert [piece.like for piece in files.evidence(second)] == [[first]]
    assert [piece.like for piece in files.evidence(first)] == [[second]], "seen from both"
    assert desk.tickets.ticket(second).flagged
    assert not desk.tickets.ticket(first).flagged, "when it came there was none like it"


def test_another_picture_is_not_like_it(desk: TicketDesk) -> None:
    sent(desk, ONE, "a")
    other = sent(desk, changed(ONE, SAME_WITHIN + 1), "b")
    assert [piece.like for piece in CaseFiles(desk.database).evidence(other)] == [[]]
    assert not desk.tickets.ticket(other).flagged


def test_the_very_same_file_is_told_as_that(desk: TicketDesk) -> None:
    first, second = sent(desk, ONE, "a"), sent(desk, ONE, "a")
    (piece,) = CaseFiles(desk.database).evidence(second)
    assert (piece.also_on, piece.like) == ([first], [])


def test_a_buyer_who_is_erased_leaves_no_fingerprint(desk: TicketDesk) -> None:
    sent(desk, ONE, "a")
    sent(desk, changed(ONE, 2), "b")
    Privacy(desk.database).erase("anna@example.com", Actor("ada", "admin"), desk.clock())
    with desk.database.read() as session:
        assert session.query(LikenessRow).count() == session.query(AlikeRow).count() == 0


@given(st.integers(min_value=0, max_value=2**128 - 1), st.sets(st.integers(0, 127), max_size=SAME_WITHIN))
def test_of_two_that_are_alike_some_part_differs_in_one_bit_at_most(fingerprint: int, turned: set[int]) -> None:
    other = fingerprint ^ sum(1 << bit for bit in turned)
    pairs = zip(parts(f"{fingerprint:032x}"), parts(f"{other:032x}"), strict=True)
    assert min((one ^ another).bit_count() for one, another in pairs) <= 1
