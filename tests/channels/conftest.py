"""A desk with an account in each app, whose APIs are stand-ins on loopback; without the dialogue process."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, select

from redress.bootstrap import Parts, assemble
from redress.settings import Settings
from redress.store.channel_tables import ChatRow, UpdateRow, WaitingChatRow
from redress.store.migrate import migrate
from redress.store.outbox_tables import OutboxRow, TryRow
from redress.web.app import make_app
from tests.channels.standins import PHONE, STANDINS, TOKEN, StandIn, serving

HERE = Path(__file__).parent
SHOP = "1688order"
APP_SECRET, WEBHOOK_SECRET = "the-app-secret", "the-webhook-secret"
CREDENTIALS = {
    "telegram": {"token": TOKEN, "secret": WEBHOOK_SECRET},
    "whatsapp": {
        "token": TOKEN,
        "secret": WEBHOOK_SECRET,
        "app_secret": APP_SECRET,
        "phone_number_id": PHONE,
        "template": "ticket_news",
    },
    "messenger": {"token": TOKEN, "secret": WEBHOOK_SECRET, "app_secret": APP_SECRET},
}


def captured(app: str, name: str) -> dict[str, Any]:
    """A payload as the app sends it."""
    body: dict[str, Any] = json.loads((HERE / app / f"{name}.json").read_text("utf-8"))
    return body


def signed(app: str, body: bytes, *, secret: str = "") -> dict[str, str]:
    """The headers by which the app proves that a body is its own."""
    if app == "telegram":
        return {"X-Telegram-Bot-Api-Secret-Token": secret or WEBHOOK_SECRET}
    return {
        "X-Hub-Signature-256": "sha256=" + hmac.new((secret or APP_SECRET).encode(), body, hashlib.sha256).hexdigest()
    }


@dataclass
class Messaging:
    """The desk, its public side, and the apps' stand-ins."""

    parts: Parts
    client: TestClient
    apis: dict[str, StandIn]

    def deliver(self, app: str, body: dict[str, Any]) -> int:
        """POST an update as the app would; the status."""
        content = json.dumps(body).encode()
        return self.client.post(f"/channels/{app}/{SHOP}", content=content, headers=signed(app, content)).status_code

    def answer_all(self) -> None:
        """Take every turn that is due, and send all that comes of it."""
        inbox = self.parts.inbox
        while inbox.answer_one():
            pass
        while self.parts.sender.send_one():
            pass

    def kept(self) -> list[UpdateRow]:
        """The updates, in order."""
        with self.parts.database.read() as session:
            return list(session.scalars(select(UpdateRow).order_by(UpdateRow.id)))

    def outbox(self) -> list[OutboxRow]:
        """The rows of the outbox, in order."""
        with self.parts.database.read() as session:
            return list(session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


@pytest.fixture(scope="session")
def apis() -> Iterator[dict[str, StandIn]]:
    """The apps' APIs."""
    with ExitStack() as stack:
        yield {app: stack.enter_context(serving(app)) for app in STANDINS}


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, apis: dict[str, StandIn]
) -> Iterator[Messaging]:
    """A desk on each kind of database. Its worker is not started: tests take its turns and send its outbox."""
    folder = tmp_path_factory.mktemp("messaging")
    on_sqlite = request.param == "sqlite"
    settings = Settings(
        database_url=(
            f"sqlite:///{folder / 'redress.db'}" if on_sqlite else request.getfixturevalue("postgres_server").fresh()
        ),
        evidence_dir=folder / "evidence",
        channel_apis={app: api.url for app, api in apis.items()},
        dialogue_url="http://127.0.0.1:9",
        worker=False,
        _env_file=None,
    )
    parts = assemble(settings)
    migrate(parts.database.engine)
    for app in apis:
        parts.channels.put(app, SHOP, CREDENTIALS[app], parts.clock(), polled=False)
    with TestClient(make_app(parts)) as client:
        yield Messaging(parts, client, apis)


@pytest.fixture
def messaging(served: Messaging) -> Messaging:
    """The desk with nothing in it, and stand-ins that know three chats."""
    with served.parts.database.write() as session:
        for table in (TryRow, OutboxRow, UpdateRow, WaitingChatRow, ChatRow):
            session.execute(delete(table))
    for app, api in served.apis.items():
        api.__dict__.update({**STANDINS[app]().__dict__, "url": api.url})
        api.chats.update({"5001", "34600000001", "7001"})
    return served
