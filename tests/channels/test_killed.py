"""The service killed with SIGKILL at each point of an update's way: it is answered all the same, and once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select, update

from redress.store.channel_tables import UpdateRow, WaitingChatRow
from redress.store.channels import Channels
from redress.store.database import Database
from redress.store.outbox_tables import OutboxRow
from redress.store.tables import MessageRow
from tests.channels.conftest import CREDENTIALS, SHOP, captured, signed
from tests.channels.standins import StandIn, serving
from tests.desk import free_ports
from tests.serving import Answered, Asked
from tests.serving import serving as http_serving
from tools.leash import leashed
from tools.pythons import ROOT

pytestmark = pytest.mark.slow
KEY = "a-key-of-the-tests-for-messaging-apps"
ANSWER = "Which order is it?"
PATIENCE_S = 30


@dataclass
class Killable:
    """A service on a database, that can be killed and started again; Telegram and the dialogue are stand-ins."""

    url: str
    database: Database
    folder: Path
    telegram: StandIn
    heard: list[str] = field(default_factory=list)
    hold: threading.Event | None = None
    dialogue: str = ""

    def hear(self, asked: Asked) -> Answered:
        """What the dialogue answers: the same to every line, as late as the test says."""
        if not asked.path.endswith("/webhooks/rest/webhook"):
            return Answered(200, b"{}")
        self.heard.append(json.loads(asked.body)["message"])
        if self.hold:
            self.hold.wait(PATIENCE_S)
        return Answered(200, json.dumps([{"recipient_id": "x", "text": ANSWER}]).encode())

    @contextmanager
    def running(self, **settings: str) -> Iterator[Callable[[dict[str, object]], None]]:
        """The service, killed at the end; what is given delivers an update to it."""
        port, actions = free_ports(2)
        others = {name: value for name, value in os.environ.items() if not name.startswith("REDRESS_")}
        own = {
            "REDRESS_DATABASE_URL": self.url,
            "REDRESS_EVIDENCE_DIR": str(self.folder / "evidence"),
            "REDRESS_PORT": str(port),
            "REDRESS_ACTIONS_PORT": str(actions),
            "REDRESS_DIALOGUE_URL": self.dialogue,
            "REDRESS_CHANNEL_KEY": KEY,
            "REDRESS_CHANNEL_APIS": json.dumps({"telegram": self.telegram.url}),
        }
        command = leashed(str(Path(sys.executable).parent / "redress"), "serve")
        with (self.folder / "service.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, env={**others, **own, **settings}, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            eventually(lambda: alive(address))
            yield lambda body: deliver(address, body)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()

    def leases_run_out(self) -> None:
        """What was being done when the service died may be taken again."""
        at = datetime.now(UTC)
        with self.database.write() as session:
            session.execute(update(WaitingChatRow).values(due_at=at))
            session.execute(update(OutboxRow).where(OutboxRow.state.in_(("sending", "waiting"))).values(due_at=at))

    def texts(self) -> list[str]:
        """What the buyer got."""
        return [body["text"] for body in self.telegram.sent]

    def states(self) -> list[str]:
        """The states of the updates."""
        with self.database.read() as session:
            return list(session.scalars(select(UpdateRow.state).order_by(UpdateRow.id)))

    def unsent(self) -> int:
        """How many calls still wait for being made."""
        with self.database.read() as session:
            return session.scalar(select(func.count()).where(OutboxRow.state.in_(("waiting", "sending")))) or 0

    def failed_to_send(self) -> bool:
        """Whether a call was tried, never left, and waits."""
        tried = (OutboxRow.state == "waiting", OutboxRow.tries > 0)
        with self.database.read() as session:
            return session.scalar(select(OutboxRow.id).where(*tried)) is not None

    def doubtful(self, chat: str) -> int:
        """How many calls of a chat are listed, because their sender died over them."""
        mine = (OutboxRow.stream == f"telegram:{SHOP}:{chat}", OutboxRow.state == "doubtful")
        with self.database.read() as session:
            return session.scalar(select(func.count()).where(*mine)) or 0

    def lines(self) -> int:
        """How many lines of the buyer the transcripts have."""
        with self.database.read() as session:
            return session.scalar(select(func.count()).where(MessageRow.author == "buyer")) or 0


def alive(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def deliver(address: str, body: dict[str, object]) -> None:
    content = json.dumps(body).encode()
    headers = signed("telegram", content)
    assert httpx.post(
        f"{address}/channels/telegram/{SHOP}", content=content, headers=headers, trust_env=False
    ).is_success


def eventually(what: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def killable(database: Database, database_url: str, tmp_path: Path) -> Iterator[Killable]:
    Channels(database, lambda: KEY).put("telegram", SHOP, CREDENTIALS["telegram"], datetime.now(UTC), polled=False)
    with serving("telegram") as telegram:
        telegram.chats.add("5001")
        desk = Killable(database_url, database, tmp_path, telegram)
        with http_serving(desk.hear) as desk.dialogue:
            yield desk
            if desk.hold:
                desk.hold.set()


def test_killed_after_it_was_kept_and_before_its_turn(killable: Killable) -> None:
    with killable.running(REDRESS_WORKER="false") as deliver:
        deliver(captured("telegram", "text"))
    assert killable.states() == ["waiting"]
    with killable.running():
        eventually(lambda: killable.texts()[1:] == [ANSWER])
    assert killable.heard == [captured("telegram", "text")["message"]["text"]]


def test_killed_in_the_middle_of_its_turn(killable: Killable) -> None:
    killable.hold = threading.Event()
    with killable.running() as deliver:
        deliver(captured("telegram", "text"))
        eventually(lambda: killable.heard)
    assert killable.states() == ["begun"]
    assert killable.texts() == []
    killable.hold.set()
    killable.leases_run_out()
    with killable.running() as deliver:
        deliver(captured("telegram", "text"))  # the app knows nothing of it, and may deliver again
        eventually(lambda: killable.texts()[1:] == [ANSWER])
        time.sleep(1)
    assert len(killable.texts()) == 2
    assert killable.lines() == 1


def test_killed_after_its_turn_and_before_its_answer_was_sent(killable: Killable) -> None:
    nowhere = json.dumps({"telegram": "http://127.0.0.1:9"})
    with killable.running(REDRESS_CHANNEL_APIS=nowhere) as deliver:
        deliver(captured("telegram", "text"))
        eventually(lambda: killable.states() == ["done"])
        eventually(killable.failed_to_send)
    assert killable.texts() == []
    killable.leases_run_out()
    with killable.running() as deliver:
        deliver(captured("telegram", "text"))
        eventually(lambda: killable.texts()[1:] == [ANSWER])
        time.sleep(1)
    assert len(killable.texts()) == 2
    assert len(killable.heard) == 1


def test_killed_while_its_answer_was_being_sent(killable: Killable) -> None:
    arrived, held = threading.Event(), threading.Event()

    def hesitate() -> None:
        arrived.set()
        held.wait(PATIENCE_S)

    killable.telegram.on_message = hesitate
    with killable.running() as deliver:
        deliver(captured("telegram", "text"))
        assert arrived.wait(PATIENCE_S)
        eventually(lambda: killable.states() == ["done"])
    killable.telegram.on_message = lambda: None
    held.set()
    killable.leases_run_out()
    with killable.running():
        eventually(lambda: killable.texts()[1:] == [ANSWER])
        time.sleep(1)
    assert len(killable.texts()) == 2, "nobody knows whether the first came, so it is not sent again"
    with killable.database.read() as session:
        assert list(session.scalars(select(OutboxRow.state).order_by(OutboxRow.id))) == ["doubtful", "sent"]


def test_killed_again_and_again_amid_many_chats(killable: Killable) -> None:
    body = captured("telegram", "text")
    chats = [str(6000 + n) for n in range(20)]
    killable.telegram.chats.update(chats)
    for start in range(0, 20, 5):
        with killable.running() as deliver:
            for n in range(start, start + 5):
                place = {**body["message"]["chat"], "id": int(chats[n])}
                deliver({"update_id": 5000 + n, "message": {**body["message"], "chat": place}})
            time.sleep(0.1 * (start // 5))  # each time at another point
        killable.leases_run_out()
    with killable.running():
        eventually(lambda: set(killable.states()) == {"done"})
        eventually(lambda: not killable.unsent())
    for chat in chats:
        texts = [sent["text"] for sent in killable.telegram.to(chat)]
        assert len(texts) == len(set(texts)), "said twice"
        assert len(texts) + killable.doubtful(chat) >= 2, "lost"
    assert killable.lines() == 20
