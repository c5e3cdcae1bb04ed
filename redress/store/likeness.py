"""Finding pictures like one among all that were ever sent, by parts of their fingerprints.

A fingerprint (`redress.evidence.likeness`) is cut into PARTS. Of two that differ in at most SAME_WITHIN bits, one part
at least differs in no more than one bit, for otherwise they would differ in 2 × PARTS: so the parts of the one, and
what comes of turning a bit in them, are looked up among the parts of all others.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from redress.evidence.likeness import SAME_WITHIN, alike
from redress.store.tables import EvidenceRow, LikenessRow

BITS = 128
PARTS = 7
MOST_LOOKED_AT = 3000
"""Pictures with large plain areas share parts with very many; of these not all are compared."""
assert 2 * PARTS > SAME_WITHIN


def keep_parts(session: Session, row: EvidenceRow) -> None:
    """Let a picture be found by what is like it; nothing for what has no fingerprint."""
    fingerprint = row.details.get("phash")
    if fingerprint:
        session.flush()
        session.add_all(
            LikenessRow(part=part, evidence_id=row.id, fingerprint=fingerprint) for part in parts(fingerprint)
        )


def like(session: Session, row: EvidenceRow, at_most: int) -> list[str]:
    """The numbers of other tickets with a picture like this one, that is not the very same file."""
    fingerprint = row.details.get("phash")
    if not fingerprint:
        return []
    near = [one for part in parts(fingerprint) for one in _turned(part)]
    wanted = (
        select(LikenessRow.evidence_id, LikenessRow.fingerprint)
        .where(LikenessRow.part.in_(near), LikenessRow.evidence_id != row.id)
        .limit(MOST_LOOKED_AT)
    )
    found = {id_ for id_, other in session.execute(wanted) if alike(fingerprint, other)}
    numbers = select(EvidenceRow.ticket_number).where(
        EvidenceRow.id.in_(found),
        EvidenceRow.sha256 != row.sha256,
        EvidenceRow.ticket_number.is_not(None),
        EvidenceRow.ticket_number != row.ticket_number,
    )
    return sorted({number for number in session.scalars(numbers) if number})[:at_most] if found else []


def parts(fingerprint: str) -> list[int]:
    """The parts of a fingerprint, each with its place in front, as whole numbers."""
    whole = int(fingerprint, 16)
    return [place << _width(0) + 1 | whole >> _start(place) & (1 << _width(place)) - 1 for place in range(PARTS)]


def _start(place: int) -> int:
    return BITS * place // PARTS


def _width(place: int) -> int:
    return _start(place + 1) - _start(place)


def _turned(part: int) -> Iterator[int]:
    """A part, and all that differ from it in one bit."""
    yield part
    place = part >> _width(0) + 1
    yield from (part ^ 1 << bit for bit in range(_width(place)))
