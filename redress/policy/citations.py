"""Which rule of a pack cites which sentence of its source."""

from collections.abc import Iterator

from redress.policy.format import PackFile
from redress.policy.parts import Clause
from redress.policy.walk import Where, walk
from redress.policy.wording import Wording

_GROUPS = {"facts": "fact", "evidence": "evidence", "fees": "fee", "answers": "answer"}


def citations(file: PackFile) -> Iterator[tuple[str, Where, Clause]]:
    """Each citation in the last version: who cites ("missing-item", "fee:return", "answer:membership"), where, what."""
    last = len(file.versions) - 1
    for index, row in enumerate(file.versions[last].claims):
        for where, part in walk(row, ("versions", last, "claims", index)):
            if isinstance(part, Clause):
                yield row.id, where, part
    yield from _wording(file, (), hidden=file.versions[last])
    yield from _wording(file.versions[last], ("versions", last))
    if file.contact.clause:
        yield "contact", ("contact", "clause"), file.contact.clause


def _wording(wording: Wording, where: Where, hidden: Wording | None = None) -> Iterator[tuple[str, Where, Clause]]:
    """The citations of questions, evidence, fees and answers, less those that the last version says anew."""
    for group, word in _GROUPS.items():
        for name, entry in getattr(wording, group).items():
            if hidden is not None and name in getattr(hidden, group):
                continue
            for place, part in walk(entry, (*where, group, name)):
                if isinstance(part, Clause):
                    yield f"{word}:{name}", place, part
