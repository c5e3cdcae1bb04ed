"""What is kept of evidence; the bytes lie in the evidence storage."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from redress.claims.conversation import Conversation
from redress.claims.draft import JSON
from redress.store.database import Database
from redress.store.errors import ClientIdReused
from redress.store.tables import EvidenceRow


class EvidenceRecords:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, conversation: Conversation, client_id: str, fields: Mapping[str, Any], at: datetime) -> JSON:
        """Keep a piece of evidence under its client id, or find the one that came before (same content); as stored."""
        with self._database.write() as session:
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
            elif row.sha256 != fields["sha256"]:
                raise ClientIdReused("This client_id was used for another file. Use a new one.", field="client_id")
            return stored_json(row)


def stored_json(row: EvidenceRow) -> JSON:
    """A piece of evidence with the keys of its clean copy (`view`) and `thumbnail` in the evidence storage."""
    return {**evidence_json(row), "view": row.details["view"], "thumbnail": row.details["thumbnail"]}


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
