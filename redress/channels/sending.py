"""Receivers of the outbox for messaging apps. None of them can be asked what it has got, nor told a repeat."""

import math
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore

import structlog

from redress.channels.base import Account, App, Call, TooLate, menu, message_of
from redress.channels.inbox import rendered
from redress.claims.outbox import Parcel, Refused, TryLater
from redress.errors import RedressError
from redress.store.chats import Chats
from redress.store.updates import Taken

COURTESIES = 4  # at once

log = structlog.get_logger()


@dataclass(frozen=True)
class Sending:
    """A receiver of one app: `{shop, chat, method, body}`, one call of its API."""

    app: App
    account: Callable[[str, str], Account]
    chats: Chats
    clock: Callable[[], datetime]
    safe_to_repeat = False

    def send(self, parcel: Parcel) -> str:
        """Make the call, as it must be after the buyer's silence."""
        shop, chat = parcel.body["shop"], parcel.body["chat"]
        known = self.chats.find(self.app.name, shop, chat)
        if known is None:
            raise Refused("the chat is forgotten")
        account = _account(self.account, self.app.name, shop)
        silence = (self.clock() - known.last_wrote_at).total_seconds()
        meant = Call(parcel.body["method"], parcel.body["body"])
        call = self.app.news(account, meant, known.language, silence)
        try:
            return self.app.send(account, call)
        except TooLate:  # by the app's clock
            late = self.app.news(account, meant, known.language, math.inf)
            if late == call:
                raise
            return self.app.send(account, late)

    def find(self, parcel: Parcel) -> bool | None:
        """It cannot be asked."""
        return None


@dataclass(frozen=True)
class Carrying:
    """The receiver of `chat`: `{app, shop, chat, reply}`, a line of a conversation that a chat shall get. It becomes
    the app's calls in the outbox; again, it changes nothing."""

    apps: Mapping[str, App]
    chats: Chats
    clock: Callable[[], datetime]
    safe_to_repeat = True

    def send(self, parcel: Parcel) -> str:
        """Write the calls."""
        body = parcel.body
        app = self.apps[body["app"]]
        outgoing = rendered(app, body["shop"], body["chat"], f"line:{parcel.id}", [body["reply"]])
        numbered = menu(message_of(body["reply"]), *app.limits)
        self.chats.remember(app.name, body["shop"], body["chat"], numbered, outgoing, self.clock())
        return "carried"

    def find(self, parcel: Parcel) -> bool | None:
        """It is safe to repeat."""
        return None


class Courtesy:
    """Shows buyers that we are at it ("typing…"), in the background; left out when there is too much to do."""

    def __init__(self, apps: Mapping[str, App], account: Callable[[str, str], Account]) -> None:
        self._apps, self._account = apps, account
        self._threads = ThreadPoolExecutor(COURTESIES, thread_name_prefix="courtesy")
        self._free = BoundedSemaphore(COURTESIES)

    def __call__(self, taken: Taken) -> None:
        """Make the calls, later and perhaps; nothing depends on them."""
        if self._free.acquire(blocking=False):
            self._threads.submit(self._show, taken)

    def close(self) -> None:
        """Wait for what is being shown."""
        self._threads.shutdown()

    def _show(self, taken: Taken) -> None:
        try:
            app = self._apps[taken.app]
            account = self._account(taken.app, taken.shop)
            for call in app.acknowledge(taken.update):
                app.send(account, call)
        except RedressError as error:
            log.info("courtesy", app=taken.app, result=error.code)
        finally:
            self._free.release()


def _account(account: Callable[[str, str], Account], app: str, shop: str) -> Account:
    try:
        return account(app, shop)
    except RedressError as error:  # no account, or another key: a person can set both right
        raise TryLater(error.code) from error
