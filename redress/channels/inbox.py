"""Turns of messaging apps: each update that came in takes its turn, one after the other in its chat, and is answered.

The answers stand in the outbox when the update is done, both in one transaction: a process killed before it takes the
turn again, which replays what it did.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path

import structlog

from redress.channels.base import MEGABYTE, Account, App, Event, menu, message_of
from redress.claims.cases import Outgoing
from redress.claims.conversation import Conversation
from redress.claims.draft import JSON
from redress.claims.outbox import Refused, TryLater
from redress.claims.ports import Conflict, Texts
from redress.claims.turn import MAX_TEXT, DialogueUnavailable, InvalidMessage, Turns, content_hash
from redress.claims.uploads import Uploaded, UploadRefused, Uploads
from redress.errors import RedressError
from redress.evidence import EvidenceError, Intake, receive
from redress.evidence.errors import ScannerUnavailable, StorageUnavailable
from redress.evidence.limits import MAX_BYTES
from redress.store.chats import Chat, Chats
from redress.store.conversations import Conversations
from redress.store.errors import UnknownChoice
from redress.store.transcripts import Transcripts
from redress.store.updates import Taken, Updates

PASSING = (DialogueUnavailable, TryLater, Conflict, ScannerUnavailable, StorageUnavailable)
FIRST_WAIT, LONGEST_WAIT, GIVE_UP = timedelta(seconds=2), timedelta(seconds=30), timedelta(hours=24)
MOST_FAULTS = 5
LATE = timedelta(seconds=2)  # who has waited for so long waits a little longer for those who are talking
HELLO = "hello"  # what "Start" says in a conversation that has begun
# how the transcript shows what has no words
SHOWN = {"sticker": "🙂", "location": "📍", "other": "❔", "choice": "🔘", "file": "📎"}

log = structlog.get_logger()


@dataclass(frozen=True)
class Answer:
    """What an update comes to: the replies, whether they leave the open question as it is, and the album that the
    update belongs to with the kind of its files."""

    replies: Sequence[JSON] = ()
    album: Mapping[str, str] | None = None
    still_open: bool = False


@dataclass(frozen=True)
class Inbox:
    """Takes turns for updates. `open`: opens a conversation for a new chat, in the language of a locale."""

    apps: Mapping[str, App]
    account: Callable[[str, str], Account]
    updates: Updates
    chats: Chats
    conversations: Conversations
    transcripts: Transcripts
    turns: Turns
    uploads: Uploads
    intake: Intake
    texts: Texts
    open: Callable[[str, str, str], str]
    incoming: Path
    clock: Callable[[], datetime]
    acknowledge: Callable[[Taken], None]
    sent: Callable[[], None]

    def answer_one(self) -> bool:
        """Take the next update that is due through its turn; False when there is none."""
        taken = self.updates.take(self.clock())
        if taken is None:
            return False
        try:
            self._answer(taken)
        except PASSING as error:
            self._later(taken, error.code, getattr(error, "after", None))
        except Exception as error:
            # a fault of ours, or an update such as no app documents: it must not hold up its chat for ever
            log.exception("update_fault", app=taken.app, row=taken.row)
            self._later(taken, type(error).__name__, None, give_up=taken.tries >= MOST_FAULTS)
        return True

    def _answer(self, taken: Taken) -> None:
        event = self.apps[taken.app].translate(taken.update.body)
        chat = self._chat(taken, event)
        self.acknowledge(taken)
        answer = self._say(taken, event, chat)
        welcome, question = self._greeting(taken, chat)
        asked: Sequence[JSON] = answer.replies
        shown = [(f"greeting:{chat.conversation_id}", welcome), (taken.update.id, answer.replies)]
        if answer.still_open or not answer.replies:
            asked = question
            shown.append((f"question:{chat.conversation_id}", question))
        app = self.apps[taken.app]
        place = (taken.shop, taken.update.chat)
        outgoing = [one for key, replies in shown for one in rendered(app, *place, key, replies)]
        numbered = menu(message_of(asked[-1]), *app.limits) if asked else None
        album = dict(answer.album or {})
        self.updates.done(taken, outgoing, self.clock(), menu=numbered, album=album)
        self.sent()

    def _chat(self, taken: Taken, event: Event) -> Chat:
        place = (taken.app, taken.shop, taken.update.chat)
        found = self.chats.find(*place)
        if found is None:
            opened = self.open(taken.shop, event.language, f"{taken.app}:{taken.update.chat}")
            self.chats.add(*place, opened, taken.created_at)
            found = self.chats.find(*place)
        assert found is not None
        return found

    def _greeting(self, taken: Taken, chat: Chat) -> tuple[list[JSON], list[JSON]]:
        """The greeting and its question, for the update that opened the conversation."""
        if chat.last_wrote_at != taken.created_at:
            return [], []
        lines = self.transcripts.transcript(chat.conversation_id)
        greeting = list(takewhile(lambda line: line["author"] == "bot", lines))
        return greeting[:1], greeting[1:]

    def _say(self, taken: Taken, event: Event, chat: Chat) -> Answer:
        if event.kind in ("sticker", "location", "other"):
            shown = event.text or SHOWN[event.kind]
            return Answer(self._note(taken, chat, shown, f"utter_got_{event.kind}"), still_open=True)
        if event.kind == "file":
            return self._file(taken, event, chat)
        if event.kind == "start" and not event.text:
            first = chat.last_wrote_at == taken.created_at
            return Answer(() if first else self._line(taken, chat, text=HELLO))
        number = int(event.text) if event.text.isdecimal() and len(event.text) < 3 else 0
        typed = chat.menu[number - 1] if 0 < number <= len(chat.menu) else ""
        payload = event.payload or typed
        return Answer(self._line(taken, chat, payload=payload) if payload else self._line(taken, chat, text=event.text))

    def _line(
        self, taken: Taken, chat: Chat, part: str = "", *, text: str | None = None, payload: str | None = None
    ) -> Sequence[JSON]:
        key, late = client_id(taken, part), self.clock() - taken.created_at > LATE
        try:
            return self.turns.take(chat.conversation_id, key, text=text, payload=payload, late=late)
        except UnknownChoice:
            return self._note(taken, chat, SHOWN["choice"], "utter_choice_gone")
        except InvalidMessage:
            return self._note(taken, chat, (text or "")[:MAX_TEXT], "utter_line_too_long")

    def _note(self, taken: Taken, chat: Chat, shown: str, name: str, **values: object) -> Sequence[JSON]:
        """A kind word for what cannot be taken through a turn; both stand in the transcript. A person needs none."""
        conversation, key = self.conversations.conversation(chat.conversation_id), client_id(taken, "note")
        inbound = self.transcripts.receive(
            conversation.id, key, content_hash(shown, None), text=shown, payload=None, at=self.clock()
        )
        if inbound.replies is not None:
            return inbound.replies
        text = self.texts.say(name, conversation.language, **values)
        word: JSON = {"text": text, "choices": [], **dict.fromkeys(("question", "upload", "assessment", "ticket"))}
        said = [word] if conversation.mode == "bot" else []
        return self.transcripts.finish_turn(conversation.id, inbound, said, self.clock())

    def _file(self, taken: Taken, event: Event, chat: Chat) -> Answer:
        """A file is evidence. What is written beside it is told first, unless just that file is waited for."""
        said: Sequence[JSON] = ()
        caption = event.text
        if caption and self._told_first(taken, chat):
            said, caption = self._line(taken, chat, "caption", text=caption), ""
        conversation = self.conversations.conversation(chat.conversation_id)
        same = bool(event.album) and chat.album.get("id") == event.album
        try:
            kept = self._keep(taken, event, conversation, chat.album["kind"] if same else None, caption)
        except (EvidenceError, UploadRefused, Refused) as error:
            if isinstance(error, ScannerUnavailable | StorageUnavailable):
                raise
            shown = f"{SHOWN['file']} {caption}".rstrip()
            return Answer(
                [*said, *self._note(taken, chat, shown, _refusal(error), limit=MAX_BYTES // MEGABYTE)], chat.album
            )
        if kept is None:
            return Answer(self._line(taken, chat, "caption", text=caption) if caption else said, chat.album)
        replies, question = kept.replies, conversation.question.id if conversation.question else None
        if same and replies and (replies[-1]["question"] or {}).get("id") == question:
            replies = ()  # one word of thanks for an album is enough
        album = {"id": event.album, "kind": kept.evidence["kind"]} if event.album else None
        return Answer([*said, *replies], album)

    def _told_first(self, taken: Taken, chat: Chat) -> bool:
        """Whether a caption is a line of its own: where no file is asked for. A turn taken again decides as before."""
        lines = self.transcripts.client_ids(chat.conversation_id, (client_id(taken, "caption"), client_id(taken)))
        if lines:
            return client_id(taken, "caption") in lines
        asked = self.conversations.conversation(chat.conversation_id).question
        return asked is None or asked.kind != "upload"

    def _keep(
        self, taken: Taken, event: Event, conversation: Conversation, wanted: str | None, caption: str
    ) -> Uploaded | None:
        """Take the file in; None where a message was edited, and not its file."""
        assert event.file is not None
        if (event.file.bytes or 0) > MAX_BYTES:
            raise Refused("too_large")
        chunks = self.apps[taken.app].fetch(self.account(taken.app, taken.shop), event.file)
        key = client_id(taken)
        with receive(chunks, self.incoming) as upload:
            again = self.uploads.replayed(conversation, key, upload.sha256)
            if again is not None:
                return again
            if event.edited and self.uploads.evidence.has(conversation.id, upload.sha256):
                return None
            kind = self.uploads.kind(conversation, wanted)
            accepted = asdict(self.intake.accept(upload))
        return self.uploads.keep(conversation, key, kind, accepted, caption)

    def _later(self, taken: Taken, why: str, asked: timedelta | None, *, give_up: bool = False) -> None:
        now = self.clock()
        wait = asked or min(FIRST_WAIT * int(2 ** min(taken.tries - 1, 10)), LONGEST_WAIT)
        patient = not give_up and now - taken.created_at < GIVE_UP
        log.info("update_later", app=taken.app, row=taken.row, tries=taken.tries, why=why, given_up=not patient)
        self.updates.later(taken, now, now + wait if patient else None)


# How a file that is not taken is told; any other reason: it is not taken, and what is.
REFUSALS = {
    "too_large": "utter_file_too_large",
    "invalid_request": "utter_file_unwanted",
    "unsupported_type": "utter_file_unsupported",
}


def _refusal(error: RedressError) -> str:
    code = error.message if isinstance(error, Refused) else error.code
    return REFUSALS.get(code, "utter_file_not_taken")


def client_id(taken: Taken, part: str = "") -> str:
    """The key under which an update takes effect once."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{taken.app}:{taken.shop}:{taken.update.id}:{part}"))


def rendered(app: App, shop: str, chat: str, key: str, replies: Sequence[JSON]) -> list[Outgoing]:
    """What stands in the outbox for replies: one row for each call of the app, in order."""
    stream = f"{app.name}:{shop}:{chat}"
    calls = [call for reply in replies for call in app.render(chat, message_of(reply))]
    return [
        Outgoing(app.name, stream, f"{app.name}:{shop}:{key}:{n}", {"shop": shop, "chat": chat, **asdict(call)})
        for n, call in enumerate(calls)
    ]
