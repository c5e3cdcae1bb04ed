"""Whether a pack and the page it was written from still agree, sentence by sentence."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from redress.policy.citations import citations
from redress.policy.format import Covered, PackFile
from redress.policy.lint import Finding
from redress.policy.source import Sentence, sentences_of


@dataclass(frozen=True, slots=True)
class Account:
    """One sentence and what became of it: the rules that encode it, or why none does, or neither: it is unmapped."""

    ref: str
    by: tuple[str, ...]
    because: str | None
    text: str | None

    @property
    def mapped(self) -> bool:
        """Whether it is accounted for."""
        return bool(self.by or self.because)


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that an edit of the page removed or changed (`old` to `new`), added (no `old`), or only moved."""

    kind: str
    old: str | None
    new: str | None
    text: str | None
    touches: tuple[str, ...]


def coverage(file: PackFile, source: str | None = None) -> list[Account]:
    """The account of every sentence: of the source's where it is given, else of those that the pack lists."""
    if source is None:
        return [Account(one.ref, one.by, one.because, None) for one in file.coverage]
    listed = {(one.ref, one.print): one for one in file.coverage}
    accounts = []
    for sentence in sentences_of(source):
        one = listed.get((sentence.ref, sentence.print))
        accounts.append(Account(sentence.ref, one.by if one else (), one.because if one else None, sentence.text))
    return accounts


def summary(accounts: list[Account]) -> dict[str, Any]:
    """The report in numbers: sentences, mapped, unmapped references, and how many need no rule for which reason."""
    return {
        "sentences": len(accounts),
        "mapped": sum(one.mapped for one in accounts),
        "unmapped": [one.ref for one in accounts if not one.mapped],
        "by_reason": dict(sorted(Counter(one.because for one in accounts if one.because).items())),
    }


def disagreements(file: PackFile, source: str) -> Iterator[Finding]:
    """Every clause that the source does not bear out, and every sentence that the pack leaves out or invents."""
    sentences = {one.ref: one for one in sentences_of(source)}
    for _, where, clause in citations(file):
        yield from _borne_out((*where, "print"), clause.ref, clause.print, sentences)
    for index, one in enumerate(file.coverage):
        yield from _borne_out(("coverage", index), one.ref, one.print, sentences)
    listed = {one.ref for one in file.coverage}
    for ref, sentence in sentences.items():
        if ref not in listed:
            yield Finding(("coverage",), f"sentence {ref} of the source is not accounted for: {sentence.text}")


def _borne_out(
    where: tuple[str | int, ...], ref: str, print_: str, sentences: dict[str, Sentence]
) -> Iterator[Finding]:
    if ref not in sentences:
        yield Finding(where, f"the source has no sentence {ref}", (f"1.1 to {list(sentences)[-1]}",))
    elif sentences[ref].print != print_:
        yield Finding(where, f"sentence {ref} of the source is another: {sentences[ref].text}", (sentences[ref].print,))


def drift(file: PackFile, edited: str) -> list[Change]:
    """What an edited page changes: its sentences against those that the pack was written from, in order."""
    old, new = file.coverage, sentences_of(edited)
    matcher = SequenceMatcher(None, [one.print for one in old], [one.print for one in new], autojunk=False)
    changes: list[Change] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(old[start:end], new[new_start:new_end], strict=True)
            changes += [_change("moved", before, after) for before, after in pairs if before.ref != after.ref]
            continue
        shared = min(end - start, new_end - new_start)
        for before, after in zip(old[start : start + shared], new[new_start : new_start + shared], strict=True):
            changes.append(_change("changed", before, after))
        changes += [_change("removed", before, None) for before in old[start + shared : end]]
        changes += [_change("added", None, after) for after in new[new_start + shared : new_end]]
    return changes


def _change(kind: str, before: Covered | None, after: Sentence | None) -> Change:
    return Change(
        kind,
        before.ref if before else None,
        after.ref if after else None,
        after.text if after else None,
        before.by if before else (),
    )
