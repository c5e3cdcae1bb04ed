"""The virus scanner's client, against a stand-in that speaks clamd's protocol."""

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from redress.evidence import DecoderProcesses, EvidenceError, Intake, open_scanner, open_storage, receive
from tests.evidence import samples

VIRUS = b"stand-in for a virus"


class Clamd(socketserver.StreamRequestHandler):
    """INSTREAM as clamd answers it; the content says how else to behave."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4)):
            content += self.rfile.read(length)
        if content.startswith(b"hang up"):
            return
        if content.startswith(b"too long"):
            answer = b"INSTREAM size limit exceeded. ERROR\0"
        elif VIRUS in content:
            answer = b"stream: Stand-In.Test FOUND\0"
        else:
            answer = b"stream: OK\0"
        for byte in answer:  # answers may come in pieces
            self.wfile.write(bytes((byte,)))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", None),
        (bytes(300_000), None),
        (bytes(300_000) + VIRUS, "infected"),
        (b"hang up", "scanner_unavailable"),
        (b"too long", "scanner_unavailable"),
    ],
)
def test_the_verdict(address: str, tmp_path: Path, content: bytes, code: str | None) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content)
    if code is None:
        open_scanner(address)(path)
        return
    with pytest.raises(EvidenceError) as refused:
        open_scanner(address)(path)
    assert refused.value.code == code


def test_a_scanner_that_is_down_lets_nothing_in(tmp_path: Path) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as closed:
        port = closed.server_address[1]
    path = tmp_path / "upload"
    path.touch()
    with pytest.raises(EvidenceError) as refused:
        open_scanner(f"127.0.0.1:{port}")(path)
    assert (refused.value.code, refused.value.status) == ("scanner_unavailable", 503)


def test_the_intake_asks_it_before_it_decodes(address: str, tmp_path: Path, decoder: DecoderProcesses) -> None:
    intake = Intake(open_storage(str(tmp_path / "kept")), decoder, scan=open_scanner(address))
    good = samples.encoded(samples.scene())
    with receive([good], tmp_path) as upload:
        assert intake.accept(upload).width == 1200
    with receive([good[:1000] + VIRUS], tmp_path) as upload, pytest.raises(EvidenceError) as refused:
        intake.accept(upload)
    assert refused.value.code == "infected"
    intake.close()


def test_without_an_address_nothing_is_scanned(tmp_path: Path) -> None:
    open_scanner("")(tmp_path / "does not even exist")


@pytest.mark.parametrize("address", ["localhost", ":3310", "localhost:clam"])
def test_an_address_that_is_none_is_refused_at_the_start(address: str) -> None:
    with pytest.raises(ValueError, match="host:port"):
        open_scanner(address)
