"""What is kept of evidence; the bytes lie in the evidence storage."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from redress.claims.conversation import Conversation
from redress.claims.draft import JSON
from redress.store.database import Database
from redress.store.errors import ClientIdReused
from redress.store.likeness import compare
from redress.store.tables import EvidenceRow
from redress.store.turns import take_turns


class EvidenceRecords:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, conversation: Conversation, client_id: str, fields: Mapping[str, Any], at: datetime) -> JSON:
        """Keep a piece of evidence under its client id, or find the one that came before (same content); as stored."""
        with self._database.write() as session:
            take_turns(session, conversation.id)
            row = session.scalar(
                select(EvidenceRow).where(
                    EvidenceRow.conversation_id == conversation.id, EvidenceRow.client_id == client_id
                )
            )
            if row is None:
                row = EvidenceRow(
                    id=secrets.token_hex(8),
                    conversation_id=conversation.id,
                    draft_id=conversation.draft.id,
                    client_id=client_id,
                    created_at=at,
                    **fields,
                )
                session.add(row)
                compare(session, row)
            elif row.sha256 != fields["sha256"]:
                raise ClientIdReused("This client_id was used for another file. Use a new one.", field="client_id")
            return stored_json(row)

    def find(self, conversation_id: str, client_id: str, sha256: str) -> JSON | None:
        """The piece that came under that client id, as stored; None, and ClientIdReused where it was another file."""
        with self._database.read() as session:
            row = session.scalar(
                select(EvidenceRow).where(
                    EvidenceRow.conversation_id == conversation_id, EvidenceRow.client_id == client_id
                )
            )
            if row is not None and row.sha256 != sha256:
                raise ClientIdReused("This client_id was used for another file. Use a new one.", field="client_id")
            return stored_json(row) if row else None

    def has(self, conversation_id: str, sha256: str) -> bool:
        """Whether the conversation has sent the file with that hash."""
        mine = (EvidenceRow.conversation_id == conversation_id, EvidenceRow.sha256 == sha256)
        with self._database.read() as session:
            return session.scalar(select(EvidenceRow.id).where(*mine).limit(1)) is not None

    def count(self, conversation_id: str) -> int:
        """How many pieces the conversation has sent."""
        with self._database.read() as session:
            counted = select(func.count()).where(EvidenceRow.conversation_id == conversation_id)
            return session.scalar(counted) or 0

    def in_use(self, sha256: str) -> bool:
        """Whether any evidence is the file with that hash."""
        with self._database.read() as session:
            return session.scalar(select(EvidenceRow.id).where(EvidenceRow.sha256 == sha256).limit(1)) is not None


def stored_json(row: EvidenceRow) -> JSON:
    """A piece of evidence with its `quality` marks and the keys of its clean copy (`view`) and `thumbnail`."""
    details = row.details
    return {
        **evidence_json(row),
        "view": details["view"],
        "thumbnail": details["thumbnail"],
        "quality": details["quality"],
    }


def evidence_json(row: EvidenceRow) -> JSON:
    """A piece of evidence as the HTTP contract shows it."""
    return {
        "id": row.id,
        "kind": row.kind,
        "sha256": row.sha256,
        "bytes": row.bytes,
        "media_type": row.media_type,
        "width": row.width,
        "height": row.height,
    }
