"""Facebook Messenger, by Meta's Send API (developers.facebook.com/docs/messenger-platform)."""

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
    dig,
    fitting,
    split,
)
from redress.claims.draft import JSON

MOST_TEXT, QUICK_REPLIES, WIDEST = 2000, 13, 20
WINDOW_S = 24 * 3600  # after the buyer's last line; later only tagged messages are delivered
FIELDS = "messages,messaging_postbacks,message_edits"
START = "start"  # the payload of the button "Get started"
KINDS: Mapping[str, Kind] = {"location": "location", "sticker": "sticker"}
FILES = ("image", "file", "video", "audio")


class Messenger:
    """`token`: the page's access token; `app_secret`: of the app that signs."""

    name = "messenger"
    needs: tuple[str, ...] = ("token", "app_secret")
    polls = False
    limits = (QUICK_REPLIES, WIDEST)

    verify = staticmethod(meta.verify)
    challenge = staticmethod(meta.challenge)

    def updates(self, account: Account, body: JSON) -> Sequence[Update]:
        """One update for each attachment: photos sent together come in one message."""
        events = [event for entry in body.get("entry", ()) for event in entry.get("messaging", ())]
        return [update for event in events if _from_buyer(event) for update in _updates(event)]

    def translate(self, body: JSON) -> Event:
        message = body.get("message") or body.get("message_edit") or {}
        pressed = dig(body, "postback", "payload") or dig(message, "quick_reply", "payload")
        if pressed:
            return Event("start") if pressed == START else Event("choice", payload=pressed)
        text, attachment = message.get("text") or "", dig(message, "attachments", 0)
        if dig(attachment, "payload", "sticker_id"):
            return Event("sticker")
        url, kind = dig(attachment, "payload", "url"), dig(attachment, "type")
        if kind in FILES and url:
            return Event("file", text, file=File(url), album=body["album"])
        return Event("text", text) if text.strip() else Event(KINDS.get(kind, "other"))  # a link's preview is nothing

    def acknowledge(self, update: Update) -> Sequence[Call]:
        return (Call("me/messages", {"recipient": {"id": update.chat}, "sender_action": "typing_on"}),)

    def render(self, chat: str, message: Message) -> Sequence[Call]:
        text, buttons = fitting(message, *self.limits)
        calls = [_call(chat, {"text": part}) for part in split(text, MOST_TEXT)]
        if buttons and calls:
            replies = [{"content_type": "text", "title": title, "payload": payload} for title, payload in buttons]
            calls[-1].body["message"]["quick_replies"] = replies
        return calls

    def news(self, account: Account, call: Call, language: str, silence_s: float) -> Call:
        if silence_s < WINDOW_S:
            return call
        tagged = {"messaging_type": "MESSAGE_TAG", "tag": "POST_PURCHASE_UPDATE"}
        return Call(call.method, {**call.body, **tagged})

    def send(self, account: Account, call: Call) -> str:
        return meta.send(account, call.method, call)

    def fetch(self, account: Account, file: File) -> Iterator[bytes]:
        return http.download(http.trusted(file.ref, account.base, meta.DOMAINS))

    def register(self, account: Account, url: str) -> str:
        name = meta.ask(account, "me?fields=name")["name"]
        meta.ask(account, "me/subscribed_apps", {"subscribed_fields": FIELDS})
        meta.ask(account, "me/messenger_profile", {"get_started": {"payload": START}})
        return meta.by_hand(account, str(name), url, f"subscribe to the fields {FIELDS}")

    def unregister(self, account: Account) -> None:
        """The webhook is the dashboard's; what still comes is refused."""

    def poll(self, account: Account, cursor: int, wait_s: int) -> tuple[Sequence[Update], int]:
        raise CannotRegister("Messenger cannot be polled; it needs a public address.")


def _from_buyer(event: JSON) -> bool:
    """Not an echo of our own line, a receipt or a reaction."""
    told = any(kind in event for kind in ("message", "message_edit", "postback"))
    return told and not dig(event, "message", "is_echo")


def _updates(event: JSON) -> list[Update]:
    chat, rank = event["sender"]["id"], int(event.get("timestamp", 0))
    message = event.get("message", {})
    edited = dig(event, "message_edit", "mid") and "{mid}:edit:{num_edit}".format_map(event["message_edit"])
    id_ = message.get("mid") or dig(event, "postback", "mid") or edited or f"{chat}:{rank}"
    attachments = message.get("attachments") or []
    if len(attachments) < 2:
        return [Update(id_, chat, rank, {**event, "album": ""})]
    return [
        Update(f"{id_}:{n}", chat, rank, {**event, "message": _alone(message, one, first=n == 0), "album": id_})
        for n, one in enumerate(attachments)
    ]


def _alone(message: JSON, attachment: JSON, *, first: bool) -> JSON:
    return {**message, "attachments": [attachment], "text": message.get("text", "") if first else ""}


def _call(chat: str, content: JSON) -> Call:
    return Call("me/messages", {"recipient": {"id": chat}, "messaging_type": "RESPONSE", "message": content})
