"""WhatsApp, by Meta's Cloud API (developers.facebook.com/docs/whatsapp/cloud-api)."""

import re
from collections.abc import Iterator, Mapping, Sequence

from redress.channels import http, meta
from redress.channels.base import (
    Account,
    Call,
    CannotRegister,
    Event,
    File,
    Kind,
    Message,
    Update,
    clipped,
    dig,
    fitting,
    split,
)
from redress.claims.draft import JSON
from redress.claims.outbox import Refused, TryLater

MOST_TEXT, MOST_BODY = 4096, 1024
BUTTONS, BUTTON_WIDTH = 3, 20
ROWS, ROW_WIDTH, DESCRIPTION = 10, 24, 72
WINDOW_S = 24 * 3600  # after the buyer's last line; later only a template is delivered
MOST_PARAMETER = 900
FILES = ("image", "document", "video", "audio")
KINDS: Mapping[str, Kind] = {"sticker": "sticker", "location": "location", "request_welcome": "start"}
SILENT = ("reaction", "system")  # what asks for no answer
TEMPLATE_LANGUAGES = {"zh-CN": "zh_CN"}


class WhatsApp:
    """`token`: of a system user; `phone_number_id`: whose messages these are; `template`: the name of an approved
    template with one parameter in its body, for news after the window."""

    name = "whatsapp"
    needs: tuple[str, ...] = ("token", "app_secret", "phone_number_id", "template")
    polls = False
    limits = (ROWS, ROW_WIDTH)

    verify = staticmethod(meta.verify)
    challenge = staticmethod(meta.challenge)

    def updates(self, account: Account, body: JSON) -> Sequence[Update]:
        own = account.credentials["phone_number_id"]  # an app may have other numbers, told of at the same address
        values = [change["value"] for entry in body.get("entry", ()) for change in entry.get("changes", ())]
        ours = [value for value in values if (dig(value, "metadata", "phone_number_id") or own) == own]
        messages = [message for value in ours for message in value.get("messages", ())]
        spoken = [one for one in messages if one.get("type") not in SILENT]
        return [Update(one["id"], one["from"], int(one.get("timestamp", 0)), one) for one in spoken]

    def translate(self, body: JSON) -> Event:
        kind = body.get("type", "")
        if kind == "interactive":
            pressed = body["interactive"]
            payload = dig(pressed, pressed["type"], "id")
            return Event("choice", payload=payload) if payload else Event("other")
        if kind == "button":  # a template's
            return Event("text", body["button"]["text"])
        if kind in FILES:
            return Event("file", body[kind].get("caption", ""), file=File(body[kind]["id"]))
        if kind == "text":
            return Event("text", body["text"]["body"])
        return Event(KINDS.get(kind, "other"))

    def acknowledge(self, update: Update) -> Sequence[Call]:
        typing = {"status": "read", "message_id": update.id, "typing_indicator": {"type": "text"}}
        return (Call("messages", {"messaging_product": "whatsapp", **typing}),)

    def render(self, chat: str, message: Message) -> Sequence[Call]:
        text, buttons = fitting(message, *self.limits)
        parts = split(text, MOST_TEXT)
        if not buttons:
            return [_call(chat, "text", {"body": part}) for part in parts]
        *before, last = (*parts[:-1], *split(parts[-1], MOST_BODY))
        calls = [_call(chat, "text", {"body": part}) for part in before]
        return [*calls, _call(chat, "interactive", {**_action(message, buttons), "body": {"text": last}})]

    def news(self, account: Account, call: Call, language: str, silence_s: float) -> Call:
        if silence_s < WINDOW_S:
            return call
        text = dig(call.body, "text", "body") or dig(call.body, "interactive", "body", "text") or ""
        flat = clipped(re.sub(r"\s+", " ", text), MOST_PARAMETER)  # a parameter has no line breaks
        template = {
            "name": account.credentials["template"],
            "language": {"code": TEMPLATE_LANGUAGES.get(language, language)},
            "components": [{"type": "body", "parameters": [{"type": "text", "text": flat}]}],
        }
        return _call(call.body["to"], "template", template)

    def send(self, account: Account, call: Call) -> str:
        return meta.send(account, f"{account.credentials['phone_number_id']}/{call.method}", call)

    def fetch(self, account: Account, file: File) -> Iterator[bytes]:
        answer = http.get(f"{account.base}/{file.ref}", meta.bearer(account))
        if answer.status in (401, 429) or answer.status >= 500:
            raise TryLater(str(answer), answer.after)
        if answer.status != 200:
            raise Refused(str(answer))
        return http.download(http.trusted(answer.body["url"], account.base, meta.DOMAINS), meta.bearer(account))

    def register(self, account: Account, url: str) -> str:
        number = account.credentials["phone_number_id"]
        name = meta.ask(account, f"{number}?fields=display_phone_number,verified_name")["display_phone_number"]
        return meta.by_hand(account, str(name), url, "subscribe to the field messages")

    def unregister(self, account: Account) -> None:
        """The webhook is the dashboard's; what still comes is refused."""

    def poll(self, account: Account, cursor: int, wait_s: int) -> tuple[Sequence[Update], int]:
        raise CannotRegister("WhatsApp cannot be polled; it needs a public address.")


def _call(chat: str, kind: str, content: JSON) -> Call:
    head = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": chat}
    return Call("messages", {**head, "type": kind, kind: content})


def _action(message: Message, buttons: Sequence[tuple[str, str]]) -> JSON:
    """Three short choices are buttons; more or longer ones are the rows of a list, their whole titles below."""
    if len(buttons) <= BUTTONS and all(len(title) <= BUTTON_WIDTH for title, _ in buttons):
        replies = [{"type": "reply", "reply": {"id": payload, "title": title}} for title, payload in buttons]
        return {"type": "button", "action": {"buttons": replies}}
    whole = {payload: title for title, payload in message.choices}
    rows = [{"id": payload, "title": title, **_description(whole[payload], title)} for title, payload in buttons]
    return {"type": "list", "action": {"button": "☰", "sections": [{"rows": rows}]}}


def _description(whole: str, title: str) -> JSON:
    return {} if whole == title else {"description": clipped(whole, DESCRIPTION)}
