"""Signed links in place of storage keys, for the buyer whose files and conversation they open."""

from urllib.parse import urlencode

from redress.bootstrap import Parts
from redress.claims.draft import JSON
from redress.web.evidence import OPEN_FOR, link

STORED = ("view", "thumbnail")


def with_links(parts: Parts, evidence: JSON) -> JSON:
    """A piece of evidence with `links` to its clean copy and its thumbnail in place of their storage keys."""
    shown = {key: value for key, value in evidence.items() if key not in STORED}
    return {**shown, "links": {name: link(parts.signer, evidence[name], parts.clock()) for name in STORED}}


def shown_line(parts: Parts, line: JSON) -> JSON:
    """A line of a transcript as its buyer gets it."""
    return {**line, "evidence": with_links(parts, line["evidence"])} if line.get("evidence") else line


def transcript_key(conversation_id: str) -> str:
    """What is signed in the link to a transcript."""
    return f"transcript/{conversation_id}"


def transcript_link(parts: Parts, conversation_id: str) -> str:
    """The path and query that open the conversation as a text file for a while."""
    query = parts.signer.sign(transcript_key(conversation_id), parts.clock() + OPEN_FOR)
    return f"/api/conversations/{conversation_id}/transcript?{urlencode(query)}"
