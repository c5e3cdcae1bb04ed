"""Telegram, by its Bot API (core.telegram.org/bots/api)."""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from redress.channels import http
from redress.channels.base import (
    Account,
    Call,
    CannotRegister,
    Event,
    File,
    Forged,
    Kind,
    Message,
    Update,
    dig,
    fitting,
    split,
    utf16,
)
from redress.claims.draft import JSON
from redress.claims.outbox import Doubtful, Refused, TryLater

MOST_TEXT, MOST_BUTTONS, WIDEST = 4096, 100, 60
ROW_WIDTH = 28  # characters of titles that stand beside each other
MESSAGES = ("message", "edited_message", "callback_query")
FILES = ("document", "video", "animation", "voice", "audio", "video_note")
KINDS: Mapping[str, Kind] = {"sticker": "sticker", "location": "location", "venue": "location"}
# what is said by nobody, and a shared live location, which is edited every few seconds
SILENT = ("pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed")


class Telegram:
    """The `token` is the bot's, from @BotFather; the webhook's secret comes back as a header."""

    name = "telegram"
    needs: tuple[str, ...] = ("token",)
    polls = True
    limits = (MOST_BUTTONS, WIDEST)

    def verify(self, account: Account, headers: Mapping[str, str], body: bytes) -> None:
        secret = headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(secret.encode(), account.credentials["secret"].encode()):
            raise Forged("The secret token is not this webhook's.")

    def challenge(self, account: Account, query: Mapping[str, str]) -> str:
        raise Forged("Telegram verifies no webhook by GET.")

    def updates(self, account: Account, body: JSON) -> Sequence[Update]:
        inner: JSON = next((body[kind] for kind in MESSAGES if kind in body), {})
        chat = dig(inner, "chat") or dig(inner, "message", "chat")
        if chat is None or chat.get("type") != "private":  # a group's talk is nobody's claim
            return ()
        if any(name in inner for name in SILENT) or dig(body, "edited_message", "location"):
            return ()
        return (Update(str(body["update_id"]), str(chat["id"]), body["update_id"], body),)

    def translate(self, body: JSON) -> Event:
        message = next(body[kind] for kind in MESSAGES if kind in body)
        language = dig(message, "from", "language_code") or ""
        if "callback_query" in body:
            return Event("choice", payload=message.get("data", ""), language=language)
        file = next((message[kind] for kind in FILES if kind in message), None)
        if "photo" in message:  # the same photo in several sizes
            file = max(message["photo"], key=lambda size: size.get("width", 0) * size.get("height", 0))
        if file is not None:
            caption, album = message.get("caption", ""), message.get("media_group_id", "")
            edited = "edited_message" in body
            return Event("file", caption, file=_file(file), album=album, language=language, edited=edited)
        text = message.get("text", "")
        if text.startswith("/"):
            command, _, rest = text[1:].partition(" ")
            name = command.partition("@")[0]  # …@our_bot
            return Event("start", rest, language=language) if name == "start" else _said(f"{name} {rest}", language)
        kind = next((KINDS[key] for key in KINDS if key in message), None)
        if kind is None:
            return _said(text, language)
        return Event(kind, dig(message, "sticker", "emoji") or "", language=language)

    def acknowledge(self, update: Update) -> Sequence[Call]:
        typing = Call("sendChatAction", {"chat_id": update.chat, "action": "typing"})
        pressed = dig(update.body, "callback_query", "id")
        return (Call("answerCallbackQuery", {"callback_query_id": pressed}), typing) if pressed else (typing,)

    def render(self, chat: str, message: Message) -> Sequence[Call]:
        text, buttons = fitting(message, *self.limits)
        calls = []
        for part in split(text, MOST_TEXT):
            body: JSON = {"chat_id": chat, "text": part}
            if message.mark and message.mark in part:
                offset = utf16(part[: part.index(message.mark)])
                body["entities"] = [{"type": "code", "offset": offset, "length": utf16(message.mark)}]
            calls.append(Call("sendMessage", body))
        if buttons and calls:
            calls[-1].body["reply_markup"] = {"inline_keyboard": _rows(buttons)}
        return calls

    def news(self, account: Account, call: Call, language: str, silence_s: float) -> Call:
        return call

    def send(self, account: Account, call: Call) -> str:
        answer = http.call(_url(account, call.method), call.body)
        if answer.status == 200 and dig(answer.body, "ok"):
            return "ok"
        if answer.status == 504:  # its gateway has lost patience, not the message
            raise Doubtful("504")
        if answer.status in (401, 404, 429) or answer.status >= 500:  # a token that was revoked can be set anew
            raise _later(answer)
        raise Refused("blocked" if answer.status == 403 else f"{answer} {_described(answer)}")

    def fetch(self, account: Account, file: File) -> Iterator[bytes]:
        answer = http.call(_url(account, "getFile"), {"file_id": file.ref})
        if answer.status in (401, 404, 429) or answer.status >= 500:
            raise _later(answer)
        path = dig(answer.body, "result", "file_path")
        if not path:  # above 20 MB a bot gets no file
            raise Refused("too_large" if "too big" in _described(answer) else str(answer))
        return http.download(f"{account.base}/file/bot{account.credentials['token']}/{path}")

    def register(self, account: Account, url: str) -> str:
        name = _result(account, "getMe", {})["username"]
        if not url:
            _result(account, "deleteWebhook", {})
            return f"@{name}: updates are polled."
        secret = account.credentials["secret"]
        _result(account, "setWebhook", {"url": url, "secret_token": secret, "allowed_updates": list(MESSAGES)})
        told = _result(account, "getWebhookInfo", {}).get("url")
        if told != url:
            raise CannotRegister(f"Telegram sends updates to {told or 'nowhere'}, not to {url}.")
        return f"@{name}: updates come to {url}."

    def unregister(self, account: Account) -> None:
        _result(account, "deleteWebhook", {})

    def poll(self, account: Account, cursor: int, wait_s: int) -> tuple[Sequence[Update], int]:
        asked = {"offset": cursor, "timeout": wait_s, "allowed_updates": list(MESSAGES)}
        answer = http.call(_url(account, "getUpdates"), asked, timeout_s=wait_s + 10)
        if answer.status != 200:
            raise _later(answer)
        bodies = answer.body["result"]
        found = [update for body in bodies for update in self.updates(account, body)]
        return found, max((body["update_id"] + 1 for body in bodies), default=cursor)


def _url(account: Account, method: str) -> str:
    return f"{account.base}/bot{account.credentials['token']}/{method}"


def _result(account: Account, method: str, body: JSON) -> Any:
    answer = http.call(_url(account, method), body)
    if answer.status != 200:
        raise CannotRegister(f"Telegram answered {method} with {answer} {_described(answer)}.")
    return answer.body["result"]


def _later(answer: http.Answer) -> TryLater:
    return TryLater(str(answer), http.seconds(dig(answer.body, "parameters", "retry_after")) or answer.after)


def _described(answer: http.Answer) -> str:
    return str(dig(answer.body, "description") or "")[:200]


def _said(text: str, language: str) -> Event:
    return Event("text" if text.strip() else "other", text.strip(), language=language)


def _file(part: JSON) -> File:
    return File(part["file_id"], part.get("file_size"))


def _rows(buttons: Sequence[tuple[str, str]]) -> list[list[JSON]]:
    """Buttons beside each other as far as their titles can be read there."""
    rows: list[list[JSON]] = []
    width = ROW_WIDTH + 1
    for title, payload in buttons:
        if width + len(title) > ROW_WIDTH:
            rows.append([])
            width = 0
        rows[-1].append({"text": title, "callback_data": payload})
        width += len(title)
    return rows
