"""What the bench prints is what passed: the table, and the relay that sets Rasa's share apart."""

import http.server
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from bench.relay import Relay
from bench.turns import Measured, quantile, rows

SERVED_IN_S = 0.05


class Slow(http.server.BaseHTTPRequestHandler):
    """A dialogue process that takes its time."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(SERVED_IN_S)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A relay before a slow server."""
    relay = Relay()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        relay.target = server.server_address[1]
        yield relay
        server.shutdown()
    relay.close()


def test_the_relay_passes_everything_on_and_times_it(relay: Relay) -> None:
    sent = bytes(range(256)) * 2000
    with httpx.Client(base_url=relay.url, trust_env=False) as client:
        for _ in range(2):  # the second over the connection that was kept
            relay.reset()
            assert relay.elapsed() == 0.0
            started = time.perf_counter()
            assert client.post("/", content=sent).content == sent
            assert SERVED_IN_S <= relay.elapsed() <= time.perf_counter() - started


def test_a_quantile_lies_between_its_neighbours() -> None:
    assert quantile([3.0], 0.95) == 3.0
    assert quantile([1.0, 2.0, 3.0], 0.5) == 2.0
    assert 2.0 < quantile([1.0, 2.0, 3.0], 0.95) < 3.0


def test_the_table_has_a_row_for_each_kind_of_turn_and_no_share_of_rasa_in_uploads() -> None:
    desk = Measured.__new__(Measured)
    desk.name = "replaced"
    desk.times = {"told in words": [(0.5, 0.4)], "evidence": [(0.03, 0.0)], "email": [(0.01, 0.009), (0.02, 0.011)]}
    table = {kind: cells for kind, *cells in rows([desk])}
    assert table["evidence"] == ["1", "30.0", "30.0", "-", "-"]
    assert table["email"][:2] == ["2", "15.0"]
    assert table["every form turn"] == ["3", "20.0", "29.0", "10.0", "10.9"]
