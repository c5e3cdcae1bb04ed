"""The shops' own policy pages, where a shop has given its text: `<shop>.txt` in the folder of REDRESS_SOURCES_DIR."""

from collections.abc import Mapping
from pathlib import Path

from redress.policy import Clause
from redress.policy.source import sentences_of


class Sources:
    """Quotes the shops' pages. A sentence that was edited since the pack was written is not quoted."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._read: dict[str, tuple[float, Mapping[str, str]]] = {}

    def quote(self, shop: str, clause: Clause) -> str | None:
        """The source's own words for a clause; None where there is no text, or it no longer says what was cited."""
        return self._sentences(shop).get(f"{clause.ref} {clause.print}")

    def _sentences(self, shop: str) -> Mapping[str, str]:
        if self._folder is None:
            return {}
        path = self._folder / f"{shop}.txt"
        try:
            changed = path.stat().st_mtime
        except OSError:
            return {}
        known = self._read.get(shop)
        if known is None or known[0] != changed:
            sentences = {f"{one.ref} {one.print}": one.text for one in sentences_of(path.read_text("utf-8"))}
            known = self._read[shop] = (changed, sentences)
        return known[1]
