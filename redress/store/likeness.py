"""Finding pictures like one among all that were ever sent, by parts of their fingerprints.

A fingerprint (`redress.evidence.likeness`) is cut into PARTS. Of two that differ in at most SAME_WITHIN bits, one part
at least differs in no more than one bit, for otherwise they would differ in 2 × PARTS: so the parts of the one, and
what comes of turning a bit in them, are looked up among the parts of all others.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from redress.evidence.likeness import SAME_WITHIN, alike
from redress.store.tables import AlikeRow, EvidenceRow, LikenessRow

BITS = 128
PARTS = 7
MOST_LOOKED_AT = 3000
"""Pictures with large plain areas share parts with very many; of these not all are compared."""
MOST_KEPT = 20
assert 2 * PARTS > SAME_WITHIN


def compare(session: Session, row: EvidenceRow) -> None:
    """Compare a new picture with all others, and keep what it is like; nothing for what has no fingerprint.

    Done once, when it comes: looking at a ticket then costs no search.
    """
    fingerprint = row.details.get("phash")
    if not fingerprint:
        return
    session.flush()
    found = near(session, row.id, row.sha256, fingerprint)
    session.add_all(AlikeRow(evidence_id=one, other_id=other) for id_ in found for one, other in _both(row.id, id_))
    session.add_all(LikenessRow(part=part, evidence_id=row.id, fingerprint=fingerprint) for part in parts(fingerprint))


def near(session: Session, id_: str, sha256: str, fingerprint: str) -> list[str]:
    """The ids of pictures like that one, the very same file aside; the latest MOST_KEPT."""
    turned = [one for part in parts(fingerprint) for one in _turned(part)]
    wanted = select(LikenessRow.evidence_id, LikenessRow.fingerprint).where(
        LikenessRow.part.in_(turned), LikenessRow.evidence_id != id_
    )
    found = {other for other, its in session.execute(wanted.limit(MOST_LOOKED_AT)) if alike(fingerprint, its)}
    if not found:
        return []
    latest = select(EvidenceRow.id).where(EvidenceRow.id.in_(found), EvidenceRow.sha256 != sha256)
    return list(session.scalars(latest.order_by(EvidenceRow.created_at.desc()).limit(MOST_KEPT)))


def like(session: Session, row: EvidenceRow, at_most: int) -> list[str]:
    """The numbers of other tickets with a picture like this one."""
    numbers = (
        select(EvidenceRow.ticket_number)
        .join(AlikeRow, AlikeRow.other_id == EvidenceRow.id)
        .where(
            AlikeRow.evidence_id == row.id,
            EvidenceRow.ticket_number.is_not(None),
            EvidenceRow.ticket_number != row.ticket_number,
        )
    )
    return sorted({number for number in session.scalars(numbers.limit(at_most)) if number})


def parts(fingerprint: str) -> list[int]:
    """The parts of a fingerprint, each with its place in front, as whole numbers."""
    whole = int(fingerprint, 16)
    return [place << _width(0) + 1 | whole >> _start(place) & (1 << _width(place)) - 1 for place in range(PARTS)]


def _both(one: str, other: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one, other), (other, one)


def _start(place: int) -> int:
    return BITS * place // PARTS


def _width(place: int) -> int:
    return _start(place + 1) - _start(place)


def _turned(part: int) -> Iterator[int]:
    """A part, and all that differ from it in one bit."""
    yield part
    place = part >> _width(0) + 1
    yield from (part ^ 1 << bit for bit in range(_width(place)))
