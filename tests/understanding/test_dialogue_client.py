"""What goes to the dialogue process with each message."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from redress.claims.conversation import Conversation
from redress.claims.draft import Draft
from redress.connectors.dialogue import RasaDialogue

NOW = datetime(2026, 3, 25, 0, 30, tzinfo=timezone(timedelta(hours=2)))


class Webhook(BaseHTTPRequestHandler):
    """Keeps what is posted to it and answers one reply."""

    posted: ClassVar[list[dict[str, Any]]] = []
    put: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        content = json.dumps([{"recipient_id": "c", "text": "Which order?"}]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.put.append(self.path.partition("?")[0])
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Webhook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Webhook.posted, Webhook.put = [], []
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_moment_and_the_buyers_zone_go_with_a_message(url: str) -> None:
    """The desk's clock decides, not the dialogue process's own; the zone says what day that is for the buyer."""
    conversation = Conversation("c", "1688order", "en", "Asia/Shanghai", Draft("d"), None)
    RasaDialogue(url, lambda: NOW).say(conversation, "m-1", "it came yesterday")
    (body,) = Webhook.posted
    assert datetime.fromisoformat(body["metadata"]["now"]) == NOW
    assert datetime.fromisoformat(body["metadata"]["now"]).tzinfo is not None
    assert body["metadata"]["time_zone"] == "Asia/Shanghai"


def test_a_new_conversation_is_made_known_before_its_first_message(url: str) -> None:
    RasaDialogue(url, lambda: NOW).prepare(Conversation("c", "1688order", "en", None, Draft("d"), None))
    assert Webhook.put == ["/conversations/c/tracker/events"]


def test_a_conversation_opens_while_the_dialogue_process_is_away() -> None:
    conversation = Conversation("c", "1688order", "en", None, Draft("d"), None)
    RasaDialogue("http://127.0.0.1:1", lambda: NOW).prepare(conversation)
