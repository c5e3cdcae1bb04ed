"""What a ticket finds in its shop's pack: the version that holds for it, the clauses, the evidence it has words for."""

from collections.abc import Mapping

from redress.claims.tickets import Ticket
from redress.policy import Clause, Pack, PackVersion, parse_claim


def clauses_of(pack: Pack) -> Mapping[str, Clause]:
    """The clauses of a pack by ref: what a reviewer may decline by."""
    return {clause.ref: clause for clause in pack.file.clauses.values()}


def evidence_kinds(ticket: Ticket, packs: Mapping[str, Pack]) -> tuple[str, ...]:
    """The kinds of evidence that the ticket's pack has words for: what a buyer can be asked for."""
    version = version_of(ticket, packs)
    return tuple(kind for kind in packs[ticket.shop].evidence_kinds if has_words(version, kind))


def version_of(ticket: Ticket, packs: Mapping[str, Pack]) -> PackVersion:
    """The version of the shop's rules under which the ticket's claim stands."""
    return packs[ticket.shop].version_for(parse_claim(ticket.claim, packs))


def has_words(version: PackVersion, kind: str) -> bool:
    """Whether the version says what such evidence is called and must show."""
    try:
        version.evidence_kind(kind)
    except KeyError:
        return False
    return True
