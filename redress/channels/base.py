"""What a messaging app's module does: it verifies, translates and sends. It knows nothing of claims.

An app's update becomes an `Event`, a reply becomes the app's `Call`s, and what the app answers to a call becomes
"sent", TryLater, Refused or Doubtful. `docs/adding-a-channel.md` says how one is added.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from redress.claims.draft import JSON
from redress.claims.outbox import Refused
from redress.errors import RedressError

MEGABYTE = 1024 * 1024
Kind = Literal["text", "choice", "file", "start", "sticker", "location", "other"]


class Forged(RedressError):
    """A request whose secret or signature is not the one that the app and we agreed on."""

    code = "forbidden"


class TooLate(Refused):
    """The buyer wrote too long ago for this call; `App.news` makes one of it that may still be taken."""


class CannotRegister(RedressError):
    """The app refuses the credentials or the webhook; the message says what it answered."""

    code = "cannot_register"


@dataclass(frozen=True)
class Account:
    """A shop's presence in an app. `credentials` are what the module's `needs` names, and the `secret` of the webhook;
    `base` is the address of the app's API."""

    app: str
    shop: str
    credentials: Mapping[str, str] = field(repr=False)
    base: str


@dataclass(frozen=True)
class Update:
    """One thing that happened in a chat, as the app told it. `id` is the same whenever it is delivered again; those of
    one chat are in the order of `rank`, as far as the app tells."""

    id: str
    chat: str
    rank: int
    body: JSON


@dataclass(frozen=True)
class File:
    """A file that the app keeps: `ref` is how it is fetched there, `bytes` its size where the app tells it."""

    ref: str
    bytes: int | None = None


@dataclass(frozen=True)
class Event:
    """What an update means to us. `text` is a text, a file's caption or a sticker's emoji; `album` is equal for files
    sent together; `edited`: it stands for a message that came before."""

    kind: Kind
    text: str = ""
    payload: str = ""
    file: File | None = None
    album: str = ""
    language: str = ""
    edited: bool = False


@dataclass(frozen=True)
class Message:
    """A reply as far as an app shows it: a text, and choices of `(title, payload)`. `mark` is a part of the text that
    the reader may want to copy, such as a ticket's number."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Call:
    """One call of the app's API: the method or path, and its JSON."""

    method: str
    body: JSON


class App(Protocol):
    """A vendor's module. `needs`: the credentials it takes; `polls`: it can be asked for updates where there is no
    public address; `limits`: how many choices a message may have, and how many characters the title of each."""

    name: str
    needs: tuple[str, ...]
    polls: bool
    limits: tuple[int, int]

    def verify(self, account: Account, headers: Mapping[str, str], body: bytes) -> None:
        """Raises Forged unless the app itself sent this. Header names are in lower case."""
        ...

    def challenge(self, account: Account, query: Mapping[str, str]) -> str:
        """What a GET of the webhook answers where the app verifies it so; Forged for another's."""
        ...

    def updates(self, account: Account, body: JSON) -> Sequence[Update]:
        """The updates of one request of the app; what happens in no chat of the account, or tells of our own lines, is
        none."""
        ...

    def translate(self, body: JSON) -> Event:
        """What an update means."""
        ...

    def acknowledge(self, update: Update) -> Sequence[Call]:
        """Calls that show the buyer that we are at it, such as "typing…"; nothing depends on them."""
        ...

    def render(self, chat: str, message: Message) -> Sequence[Call]:
        """The calls that show a message, each within the app's limits."""
        ...

    def news(self, account: Account, call: Call, language: str, silence_s: float) -> Call:
        """The call as it must be when the buyer last wrote `silence_s` seconds ago."""
        ...

    def send(self, account: Account, call: Call) -> str:
        """Make a call; a short word for the record. Raises TryLater, Refused or Doubtful."""
        ...

    def fetch(self, account: Account, file: File) -> Iterator[bytes]:
        """The file in chunks. Raises TryLater, or Refused where the app will not give it."""
        ...

    def register(self, account: Account, url: str) -> str:
        """Check the credentials and have updates sent to `url` (empty: nowhere, they are polled); what the account is
        called, and what is left to do by hand. Raises CannotRegister."""
        ...

    def unregister(self, account: Account) -> None:
        """Have no more updates sent."""
        ...

    def poll(self, account: Account, cursor: int, wait_s: int) -> tuple[Sequence[Update], int]:
        """The updates since `cursor`, waited for so long, and the next cursor."""
        ...


def message_of(reply: JSON) -> Message:
    """A reply of the desk as an app shows it. A ticket stands above the text, unless the text names it; below it, which
    files are taken where one is asked for."""
    number = (reply.get("ticket") or {}).get("number", "")
    text = reply["text"] if number in reply["text"] else f"🎫 {number}\n{reply['text']}"
    if upload := reply.get("upload"):
        kinds = ", ".join(kind.partition("/")[2].upper() for kind in upload["accept"])
        text += f"\n\n📎 {kinds} · ≤ {upload['max_bytes'] // MEGABYTE} MB"
    return Message(text, tuple((one["title"], one["payload"]) for one in reply["choices"]), number)


def clipped(title: str, width: int) -> str:
    """A title of at most that many characters."""
    return title if len(title) <= width else title[: width - 1].rstrip() + "…"


def fitting(message: Message, most: int, width: int) -> tuple[str, list[tuple[str, str]]]:
    """The text and the buttons of a message, `most` at most with titles of `width` characters at most.

    Where that is too little for the choices they are numbered in the text, and as many as fit are buttons as well; the
    number can be typed (`menu`).
    """
    if not menu(message, most, width):
        return message.text, list(message.choices)
    numbered = [(f"{number}. {title}", payload) for number, (title, payload) in enumerate(message.choices, start=1)]
    text = "\n".join([message.text, "", *(title for title, _ in numbered)])
    return text, [(clipped(title, width), payload) for title, payload in numbered[:most]]


def menu(message: Message, most: int, width: int) -> list[str]:
    """The payloads that the numbers stand for where the choices are numbered in the text; else none."""
    titles = [title for title, _ in message.choices]
    fits = len(titles) <= most and all(len(title) <= width for title in titles)
    return [] if fits else [payload for _, payload in message.choices]


def utf16(text: str) -> int:
    """The length of a text as messaging apps count it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` UTF-16 units: paragraphs, else sentences, else words, else anywhere."""
    parts: list[str] = []
    while utf16(text) > limit:
        head = _head(text, limit)
        cut = _cut(head)
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [part for part in [*parts, text] if part]


ENDS = ("\n\n", "\n", "。", "！", "？", ". ", "! ", "? ", "; ", " ")
EARLIEST = 0.4  # of the part: a cut before would leave a scrap


def _cut(head: str) -> int:
    for end in ENDS:
        found = head.rfind(end)
        if found >= len(head) * EARLIEST:
            return found + len(end)
    return len(head)


def _head(text: str, limit: int) -> str:
    size = 0
    for at, character in enumerate(text):
        size += 2 if ord(character) > 0xFFFF else 1
        if size > limit:
            return text[:at]
    return text


def dig(body: Any, *path: str | int) -> Any:
    """What lies at a path of keys and indices in JSON; None where there is nothing."""
    for step in path:
        try:
            body = body[step]
        except (KeyError, IndexError, TypeError):
            return None
    return body
