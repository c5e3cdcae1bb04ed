"""A buyer who writes to a running desk in an app: the phone is the app's stand-in, the words come by the webhook."""

from __future__ import annotations

import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.buyer import EMAIL, photo
from tests.channels.conftest import SHOP, signed
from tests.channels.standins import StandIn

PATIENCE_S = 60.0
NUMBERS = itertools.count(1)


@dataclass
class Chatter:
    """One chat. `got` is how many messages were read so far."""

    app: str
    chat: str
    api: StandIn
    client: httpx.Client
    secret: str
    got: int = 0
    read: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.api.chats.add(self.chat)

    @property
    def text(self) -> str:
        """What the desk said last, all of it."""
        return "\n".join(_text(message) for message in self.read)

    @property
    def buttons(self) -> dict[str, str]:
        """The buttons below what was said last: title -> payload."""
        return dict(pair for message in self.read for pair in _buttons(message))

    def say(self, text: str) -> Chatter:
        """Write something, and read what comes."""
        return self.send(self.written(text))

    def press(self, title: str) -> Chatter:
        """Press the button whose title begins so."""
        payload = next((one for name, one in self.buttons.items() if name.startswith(title)), None)
        assert payload, f"no button {title!r} among {list(self.buttons)}: {self.text}"
        return self.send(self.pressed(payload, title))

    def photograph(self, content: bytes | None = None) -> Chatter:
        """Send a photo."""
        name = f"file{next(NUMBERS)}"
        self.api.files[name] = photo((next(NUMBERS) * 37 % 250, 120, 40)) if content is None else content
        return self.send(self.shot(name))

    def deliver(self, body: dict[str, Any]) -> None:
        """Have the app deliver a payload."""
        content = json.dumps(body).encode()
        headers = signed(self.app, content, secret=self.secret)
        answer = self.client.post(f"/channels/{self.app}/{SHOP}", content=content, headers=headers)
        assert answer.status_code == 200, answer.text

    def send(self, body: dict[str, Any]) -> Chatter:
        """Deliver a payload, and read what comes."""
        self.deliver(body)
        return self.listen()

    def listen(self) -> Chatter:
        """Read what comes, until nothing more has come for a moment."""
        until = time.monotonic() + PATIENCE_S
        while len(self.api.to(self.chat)) == self.got and time.monotonic() < until:
            time.sleep(0.05)
        while True:
            before = len(self.api.to(self.chat))
            time.sleep(0.5)
            if len(self.api.to(self.chat)) == before:
                break
        self.read = self.api.to(self.chat)[self.got :]
        self.got += len(self.read)
        assert self.read, "nothing came"
        return self

    def identify(self, order: str) -> Chatter:
        """Give the order's number and its e-mail address."""
        return self.say(order).say(EMAIL)

    def written(self, text: str) -> dict[str, Any]:
        """The payload of a text."""
        n = next(NUMBERS)
        if self.app == "telegram":
            return self._telegram(n, text=text)
        if self.app == "whatsapp":
            return self._whatsapp(n, "text", {"body": text})
        return self._messenger(n, text=text)

    def pressed(self, payload: str, title: str) -> dict[str, Any]:
        """The payload of a pressed button."""
        n = next(NUMBERS)
        if self.app == "telegram":
            message = self._telegram(n, text="?")["message"]
            return {"update_id": n, "callback_query": {"id": str(n), "message": message, "data": payload}}
        if self.app == "whatsapp":
            reply = {"id": payload, "title": title}
            return self._whatsapp(n, "interactive", {"type": "list_reply", "list_reply": reply})
        return self._messenger(n, text=title, quick_reply={"payload": payload})

    def shot(self, *names: str, caption: str = "") -> dict[str, Any]:
        """The payload of a photo, or in Messenger of several."""
        n = next(NUMBERS)
        if self.app == "telegram":
            sizes = [{"file_id": names[0], "file_size": len(self.api.files[names[0]])}]
            return self._telegram(n, photo=sizes, caption=caption)
        if self.app == "whatsapp":
            return self._whatsapp(n, "image", {"id": names[0], "mime_type": "image/jpeg", "caption": caption})
        images = [{"type": "image", "payload": {"url": f"{self.api.url}/cdn/{name}"}} for name in names]
        return self._messenger(n, attachments=images)

    def _telegram(self, n: int, **message: Any) -> dict[str, Any]:
        chat = {"id": int(self.chat), "type": "private"}
        writer = {"id": int(self.chat), "is_bot": False, "language_code": "en"}
        return {"update_id": n, "message": {"message_id": n, "from": writer, "chat": chat, "date": n, **message}}

    def _whatsapp(self, n: int, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        message = {"from": self.chat, "id": f"wamid.{n}", "timestamp": str(n), "type": kind, kind: content}
        return {"entry": [{"id": "1", "changes": [{"field": "messages", "value": {"messages": [message]}}]}]}

    def _messenger(self, n: int, **message: Any) -> dict[str, Any]:
        event = {"sender": {"id": self.chat}, "timestamp": n, "message": {"mid": f"m_{n}", **message}}
        return {"object": "page", "entry": [{"id": "1", "time": n, "messaging": [event]}]}


def _text(message: dict[str, Any]) -> str:
    for content in (message.get("interactive", {}).get("body"), message.get("text"), message.get("message")):
        if isinstance(content, str):
            return content
        if content:
            return str(content.get("text") or content.get("body"))
    return ""


def _buttons(message: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [one for row in message.get("reply_markup", {}).get("inline_keyboard", []) for one in row]
    quick = message.get("message", {}).get("quick_replies", [])
    action = message.get("interactive", {}).get("action", {})
    replies = [one["reply"] for one in action.get("buttons", [])]
    listed = [row for section in action.get("sections", []) for row in section["rows"]]
    return [
        *((one["text"], one["callback_data"]) for one in rows),
        *((one["title"], one["payload"]) for one in quick),
        *((one["title"], one["id"]) for one in (*replies, *listed)),
    ]
