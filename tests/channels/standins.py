"""Strict stand-ins of the apps' APIs on loopback: they hold every call against the documented limits, and answer what
does not keep to them with the vendor's own error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.serving import Answered, Asked
from tests.serving import serving as http_serving

TOKEN, PHONE = "1234567:token-of-a-bot", "106540352242922"
Answer = tuple[int, dict[str, Any]] | tuple[int, dict[str, Any], Mapping[str, str]]


class Wrong(Exception):
    """What the vendor answers a call that does not keep to its rules."""

    def __init__(self, *answer: Any) -> None:
        super().__init__(answer)
        self.answer: Answer = answer


@dataclass
class StandIn:
    """One vendor's API. `sent`: the messages that arrived, in order; `calls`: every call; `failing`: answers that the
    next messages get instead."""

    url: str = ""
    chats: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    sent: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    failing: list[Answer] = field(default_factory=list)
    on_message: Callable[[], object] = lambda: None
    webhook: dict[str, Any] = field(default_factory=dict)
    waiting: list[dict[str, Any]] = field(default_factory=list)  # updates to be polled

    def answer(self, path: str, body: dict[str, Any], authorization: str) -> Answer | bytes:
        """What a call is answered, a file for bytes."""
        raise NotImplementedError

    def message(self, chat: str, body: dict[str, Any], unknown: Wrong, blocked: Wrong) -> None:
        """Take a message that keeps to the rules."""
        if chat not in self.chats:
            raise unknown
        if chat in self.blocked:
            raise blocked
        if self.failing:
            raise Wrong(*self.failing.pop(0))
        self.sent.append(body)
        self.on_message()

    def to(self, chat: str) -> list[dict[str, Any]]:
        """The messages that a chat got."""
        return [body for body in self.sent if chat in (str(body.get("chat_id")), body.get("to"), _psid(body))]


class TelegramStandIn(StandIn):
    def answer(self, path: str, body: dict[str, Any], authorization: str) -> Answer | bytes:
        if path.startswith(f"/file/bot{TOKEN}/"):
            return self.files[path.rpartition("/")[2]]
        bot, _, method = path.removeprefix("/bot").partition("/")
        if bot != TOKEN:
            return _telegram(401, "Unauthorized").answer
        handler = getattr(self, f"_{method}", None)
        if handler is None:
            return _telegram(404, "Not Found").answer
        self.calls.append((method, body))
        return 200, {"ok": True, "result": handler(body)}

    def _sendMessage(self, body: dict[str, Any]) -> dict[str, Any]:
        size = len(body["text"].encode("utf-16-le")) // 2
        if not body["text"].strip():
            raise _telegram(400, "Bad Request: message text is empty")
        if size > 4096:
            raise _telegram(400, "Bad Request: message is too long")
        buttons = [one for row in body.get("reply_markup", {}).get("inline_keyboard", []) for one in row]
        if len(buttons) > 100:
            raise _telegram(400, "Bad Request: reply markup is too long")
        if any(not one["text"] or not 1 <= len(one["callback_data"].encode()) <= 64 for one in buttons):
            raise _telegram(400, "Bad Request: BUTTON_DATA_INVALID")
        if any(one["offset"] + one["length"] > size for one in body.get("entities", [])):
            raise _telegram(400, "Bad Request: entity out of range")
        unknown = _telegram(400, "Bad Request: chat not found")
        self.message(str(body["chat_id"]), body, unknown, _telegram(403, "Forbidden: bot was blocked by the user"))
        return {"message_id": len(self.sent)}

    def _getFile(self, body: dict[str, Any]) -> dict[str, Any]:
        if len(self.files[body["file_id"]]) > 20 * 1024 * 1024:
            raise _telegram(400, "Bad Request: file is too big")
        return {"file_id": body["file_id"], "file_path": f"photos/{body['file_id']}"}

    def _getMe(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"id": 77, "is_bot": True, "username": "desk_bot"}

    def _setWebhook(self, body: dict[str, Any]) -> bool:
        if not body["url"].startswith("https://"):
            raise _telegram(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = body
        return True

    def _deleteWebhook(self, _: dict[str, Any]) -> bool:
        self.webhook = {}
        return True

    def _getWebhookInfo(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"url": self.webhook.get("url", ""), "pending_update_count": 0}

    def _getUpdates(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        self.waiting = [update for update in self.waiting if update["update_id"] >= body["offset"]]
        return self.waiting

    def _sendChatAction(self, _: dict[str, Any]) -> bool:
        return True

    def _answerCallbackQuery(self, _: dict[str, Any]) -> bool:
        return True


class MetaStandIn(StandIn):
    def answer(self, path: str, body: dict[str, Any], authorization: str) -> Answer | bytes:
        if path.startswith("/cdn/"):
            return self.files[path.rpartition("/")[2]]
        if authorization != f"Bearer {TOKEN}":
            return _graph(401, 190, "Error validating access token").answer
        self.calls.append((path, body))
        return self.graph(path.strip("/"), body)

    def graph(self, path: str, body: dict[str, Any]) -> Answer:
        """What the Graph answers a call with a good token."""
        raise NotImplementedError


class WhatsAppStandIn(MetaStandIn):
    def graph(self, path: str, body: dict[str, Any]) -> Answer:
        if path == f"{PHONE}?fields=display_phone_number,verified_name":
            return 200, {"display_phone_number": "+1 555 078 3881", "id": PHONE}
        if path in self.files:
            return 200, {"url": f"{self.url}/cdn/{path}", "mime_type": "image/jpeg", "id": path}
        if path != f"{PHONE}/messages":
            raise _graph(400, 100, "Unsupported request")
        if body.get("status") == "read":
            return 200, {"success": True}
        _need(body["messaging_product"] == "whatsapp" and body["type"] in body)
        getattr(self, f"_{body['type']}")(body[body["type"]])
        self.message(
            body["to"], body, _graph(400, 131030, "Recipient not allowed"), _graph(400, 131026, "Undeliverable")
        )
        return 200, {"messages": [{"id": f"wamid.{len(self.sent)}"}]}

    def _text(self, text: dict[str, Any]) -> None:
        _need(1 <= len(text["body"]) <= 4096)

    def _interactive(self, content: dict[str, Any]) -> None:
        _need(1 <= len(content["body"]["text"]) <= 1024)
        if content["type"] == "button":
            replies = [one["reply"] for one in content["action"]["buttons"]]
            _need(1 <= len(replies) <= 3 and all(1 <= len(one["title"]) <= 20 for one in replies))
        else:
            _need(1 <= len(content["action"]["button"]) <= 20)
            replies = [row for section in content["action"]["sections"] for row in section["rows"]]
            _need(1 <= len(replies) <= 10 and all(1 <= len(row["title"]) <= 24 for row in replies))
            _need(all(len(row.get("description", "")) <= 72 for row in replies))
        _need(all(1 <= len(one["id"]) <= 200 for one in replies))
        _need(len({one["id"] for one in replies}) == len(replies))

    def _template(self, content: dict[str, Any]) -> None:
        _need(content["name"] == "ticket_news" and content["language"]["code"] in ("en", "zh_CN", "es", "ru"))
        text = content["components"][0]["parameters"][0]["text"]
        _need(1 <= len(text) <= 1024 and "\n" not in text and "    " not in text)


class MessengerStandIn(MetaStandIn):
    def graph(self, path: str, body: dict[str, Any]) -> Answer:
        if path == "me?fields=name":
            return 200, {"name": "The shop", "id": "682498302938465"}
        if path in ("me/subscribed_apps", "me/messenger_profile"):
            return 200, {"success": True}
        if path != "me/messages":
            raise _graph(400, 100, "Unsupported request")
        chat = body["recipient"]["id"]
        if "sender_action" in body:
            return 200, {"recipient_id": chat}
        message = body["message"]
        replies = message.get("quick_replies", [])
        _need(1 <= len(message["text"]) <= 2000 and len(replies) <= 13)
        _need(all(1 <= len(one["title"]) <= 20 and 1 <= len(one["payload"]) <= 1000 for one in replies))
        _need(body["messaging_type"] in ("RESPONSE", "UPDATE") or body.get("tag") == "POST_PURCHASE_UPDATE")
        self.message(chat, body, _graph(400, 100, "No matching user found"), _graph(400, 551, "Not available"))
        return 200, {"recipient_id": chat, "message_id": f"m_{len(self.sent)}"}


def _telegram(status: int, description: str, **parameters: Any) -> Wrong:
    body = {"ok": False, "error_code": status, "description": description}
    return Wrong(status, body | ({"parameters": parameters} if parameters else {}))


def too_many(seconds: int) -> Answer:
    """Telegram's answer to too many messages."""
    return _telegram(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds).answer


def _graph(status: int, code: int, message: str) -> Wrong:
    return Wrong(status, {"error": {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code}})


def graph_error(status: int, code: int, message: str, subcode: int = 0, retry_after: str = "") -> Answer:
    """Meta's answer to a call that it does not take."""
    body = _graph(status, code, message).answer[1]
    body["error"].update({"error_subcode": subcode} if subcode else {})
    return status, body, {"Retry-After": retry_after} if retry_after else {}


def _need(kept: bool) -> None:
    if not kept:
        raise _graph(400, 100, "Invalid parameter")


def _psid(body: dict[str, Any]) -> str:
    return str(body.get("recipient", {}).get("id", ""))


STANDINS = {"telegram": TelegramStandIn, "whatsapp": WhatsAppStandIn, "messenger": MessengerStandIn}


@contextmanager
def serving(app: str) -> Iterator[StandIn]:
    """An app's API on a free port."""
    api = STANDINS[app]()

    def answer(asked: Asked) -> Answered:
        try:
            told = api.answer(asked.path, json.loads(asked.body or b"{}"), asked.headers.get("Authorization", ""))
        except Wrong as error:
            told = error.answer
        if isinstance(told, bytes):
            return Answered(200, told)
        return Answered(told[0], json.dumps(told[1]).encode(), *told[2:])

    with http_serving(answer) as api.url:
        yield api
