"""Uploads, of the API and of apps: what a file is evidence of, and the step that it takes the interview."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from redress.claims.conversation import Conversation
from redress.claims.desk import Desk
from redress.claims.draft import JSON
from redress.claims.ports import Transcript
from redress.errors import RedressError
from redress.policy import Pack
from redress.policy.vocabulary import Language

MOST_FILES = 40  # of one conversation
COLUMNS = ("sha256", "bytes", "media_type", "width", "height")


class UploadRefused(RedressError):
    """A file that nobody waits for, or of a kind that there is not."""

    code = "invalid_request"


class TooManyUploads(UploadRefused):
    """One file more than a conversation takes."""

    code = "too_many_uploads"


class EvidenceStore(Protocol):
    """What is kept of evidence. Every method is one transaction."""

    def add(self, conversation: Conversation, client_id: str, fields: Mapping[str, Any], at: datetime) -> JSON: ...

    def find(self, conversation_id: str, client_id: str, sha256: str) -> JSON | None: ...

    def has(self, conversation_id: str, sha256: str) -> bool: ...

    def count(self, conversation_id: str) -> int: ...


@dataclass(frozen=True)
class Uploaded:
    """A piece of evidence as it is stored, and what the buyer is replied."""

    evidence: JSON
    replies: tuple[JSON, ...]


@dataclass(frozen=True)
class Uploads:
    """The use cases of uploads. Each takes effect once under its client id."""

    desk: Desk
    transcript: Transcript
    evidence: EvidenceStore
    packs: Mapping[str, Pack]
    clock: Callable[[], datetime]

    def kind(self, conversation: Conversation, wanted: str | None = None) -> str:
        """The kind that an upload is of: the wanted one, else what is waited for (the first of alternatives)."""
        waited = self.desk.waits_for(conversation)
        if wanted is None or wanted == waited:
            if waited is None:
                raise UploadRefused("No file is waited for now. Say first what went wrong.", field="file")
            return waited.partition("|")[0]
        kinds = self.packs[conversation.shop].evidence_kinds
        if wanted not in kinds:
            raise UploadRefused(f"There is no evidence kind {wanted!r}; there is {', '.join(kinds)}.", field="kind")
        return wanted

    def replayed(self, conversation: Conversation, client_id: str, sha256: str) -> Uploaded | None:
        """What the same upload came to before; None for a new one. ClientIdReused for another file."""
        evidence = self.evidence.find(conversation.id, client_id, sha256)
        return None if evidence is None else self._finish(conversation, client_id, evidence, "")

    def keep(
        self, conversation: Conversation, client_id: str, kind: str, accepted: Mapping[str, Any], caption: str = ""
    ) -> Uploaded:
        """Keep a file that was taken in (its fields as the intake tells them) and go on with the interview."""
        if self.evidence.count(conversation.id) >= MOST_FILES:
            raise TooManyUploads(f"At most {MOST_FILES} files can be sent in one conversation.", field="file")
        details = {name: value for name, value in accepted.items() if name not in COLUMNS}
        details["quality"] = list(details["quality"])
        fields = {name: accepted[name] for name in COLUMNS} | {"kind": kind, "details": details}
        evidence = self.evidence.add(conversation, client_id, fields, self.clock())
        return self._finish(conversation, client_id, evidence, caption)

    def _finish(self, conversation: Conversation, client_id: str, evidence: JSON, caption: str) -> Uploaded:
        label = kind_label(self.packs[conversation.shop], evidence["kind"], conversation.language, self.clock())
        inbound = self.transcript.receive(
            conversation.id,
            client_id,
            evidence["sha256"],
            text=f"[{label}] {caption}".rstrip(),
            payload=None,
            at=self.clock(),
        )
        replies = inbound.replies
        marks = tuple(evidence.pop("quality"))
        if replies is None:
            key = f"{client_id}:received"
            record = self.desk.received(conversation.id, key, evidence["kind"], evidence["id"], marks)
            replies = self.transcript.finish_turn(conversation.id, inbound, record.replies, self.clock())
        return Uploaded(evidence, replies)


def kind_label(pack: Pack, kind: str, language: Language, at: datetime) -> str:
    """What a kind of evidence is called; its own word where the pack never asks for it."""
    try:
        return pack.at(at).evidence_kind(kind).label[language]
    except KeyError:
        return kind.replace("_", " ")
