"""Which conversation a chat is, and where the news of a conversation or a ticket go: where the buyer last wrote."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from redress.claims.cases import Outgoing
from redress.claims.draft import JSON
from redress.store import outbox
from redress.store.channel_tables import ChatRow, ReaderRow
from redress.store.database import Database
from redress.store.tables import ConversationRow, MessageRow


@dataclass(frozen=True)
class Chat:
    """A chat of an app as the desk knows it."""

    conversation_id: str
    menu: tuple[str, ...]
    album: JSON
    last_wrote_at: datetime
    language: str


class Chats:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, app: str, shop: str, chat: str) -> Chat | None:
        """The chat, once it has a conversation."""
        with self._database.read() as session:
            row = session.get(ChatRow, (app, shop, chat))
            if row is None:
                return None
            language = session.get_one(ConversationRow, row.conversation_id).language
            return Chat(row.conversation_id, tuple(row.menu), row.album, row.last_wrote_at, language)

    def add(self, app: str, shop: str, chat: str, conversation_id: str, at: datetime) -> bool:
        """Make that conversation the chat's; False where it has one by now."""
        try:
            with self._database.write() as session:
                row = ChatRow(app=app, shop=shop, chat=chat, conversation_id=conversation_id)
                row.menu, row.album, row.last_wrote_at = [], {}, at
                session.add(row)
                return True
        except IntegrityError:
            return False

    def remember(self, app: str, shop: str, chat: str, menu: list[str], outgoing: list[Outgoing], at: datetime) -> None:
        """Send on what the outbox's `chat` brought, once: what is there already stays as it is."""
        with self._database.write() as session:
            for one in outgoing:
                if not outbox.known(session, one.key):
                    outbox.put(session, None, one, at)
            row = session.get(ChatRow, (app, shop, chat))
            if row is not None and menu:
                row.menu = menu


def carry(session: Session, conversation_id: str, line_id: int, reply: JSON, at: datetime) -> None:
    """A line that came outside of a turn goes to the chat that the conversation is, where it is one."""
    row = session.scalar(select(ChatRow).where(ChatRow.conversation_id == conversation_id))
    if row is None:
        return
    stream = f"chat:{row.app}:{row.shop}:{row.chat}"
    body = {"app": row.app, "shop": row.shop, "chat": row.chat, "reply": reply}
    outbox.put(session, None, Outgoing("chat", stream, f"{stream}:{line_id}", body), at)


def read_by(session: Session, ticket_number: str, conversation_id: str) -> None:
    """The conversation's buyer may be told of the ticket from now on."""
    if session.get(ReaderRow, (ticket_number, conversation_id)) is None:
        session.add(ReaderRow(ticket_number=ticket_number, conversation_id=conversation_id))


def last_written(session: Session, ticket_number: str, own: str) -> str:
    """The conversation in which the ticket's buyer wrote last: its own, or one that reads it too."""
    readers = select(ReaderRow.conversation_id).where(ReaderRow.ticket_number == ticket_number)
    wrote = select(MessageRow.conversation_id).where(
        MessageRow.author == "buyer", MessageRow.conversation_id.in_([own, *session.scalars(readers)])
    )
    return session.scalar(wrote.order_by(MessageRow.id.desc()).limit(1)) or own
