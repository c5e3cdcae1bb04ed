"""Writers of one conversation, one after the other."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from redress.store.tables import ConversationRow


def take_turns(session: Session, conversation_id: str) -> None:
    """Let whoever else is writing to the conversation finish first, so that nothing is written twice, and a line with
    a greater id is never seen before one with a smaller. SQLite has one writer anyway."""
    session.execute(
        select(ConversationRow.id).where(ConversationRow.id == conversation_id).with_for_update(key_share=True)
    )
