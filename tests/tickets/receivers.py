"""Servers that receive what the outbox sends, in the tests' own process."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.desk import free_ports
from tests.serving import Answered, Asked, serving

Answer = tuple[int, dict[str, str]]


@dataclass
class Shop:
    """A shop's webhook: keeps what it gets, and answers as the test says."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answer: Callable[[int], Answer] = lambda _: (200, {})
    hold: threading.Event | None = None  # when set by the test: an answer waits for it

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """What was sent, in order."""
        return [json.loads(body) for _, body in self.got]


@contextmanager
def shop_server() -> Iterator[Shop]:
    """A webhook on a free loopback port."""
    shop = Shop()

    def answer(asked: Asked) -> Answered:
        shop.got.append((dict(asked.headers), asked.body))
        status, headers = shop.answer(len(shop.got))
        if shop.hold:
            shop.hold.wait(30)
        return Answered(status, b"", headers)

    with serving(answer) as url:
        shop.url = f"{url}/hook"
        yield shop


@dataclass
class Postbox:
    """A mail server: keeps what it took, and answers as the test says."""

    url: str = ""
    taken: list[Envelope] = field(default_factory=list)
    to_rcpt: str = "250 OK"
    to_data: str = "250 OK"
    drop: bool = False  # hang up instead of answering the content
    on_data: Callable[[], object] = lambda: None  # called once the content is here, before it is answered

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_rcpt.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.to_rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.to_data.startswith("2"):
            self.taken.append(envelope)
        self.on_data()
        if self.drop:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return self.to_data


@contextmanager
def mail_server() -> Iterator[Postbox]:
    """A mail server on a free loopback port."""
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=free_ports(1)[0])
    controller.start()
    postbox.url = f"smtp://127.0.0.1:{controller.port}"
    yield postbox
    controller.stop()
