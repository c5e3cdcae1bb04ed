"""Asking a virus scanner, where the shop has one: clamd's INSTREAM command over TCP (`man clamd`, "COMMANDS")."""

import socket
from collections.abc import Callable
from pathlib import Path

from redress.evidence.errors import Infected, ScannerUnavailable

Scan = Callable[[Path], None]
"""Raises Infected, or ScannerUnavailable: a file that could not be checked is not let in."""

_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096


def open_scanner(address: str) -> Scan:
    """The scanner at `host:port`; with an empty address, none, which lets everything through."""
    if not address:
        return lambda _path: None
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(f"The scanner's address is {address!r}; write it as host:port, for example 127.0.0.1:3310.")
    return Clamd(host, int(port))


class Clamd:
    """A clamd at `host`:`port`. One connection for each file; `seconds` bound each step of it."""

    def __init__(self, host: str, port: int, seconds: float = 15.0) -> None:
        self._address, self._seconds = (host, port), seconds

    def __call__(self, path: Path) -> None:
        try:
            verdict = self._ask(path)
        except OSError as error:
            raise ScannerUnavailable from error
        if verdict.endswith(b" FOUND"):
            raise Infected
        if verdict != b"stream: OK":
            raise ScannerUnavailable

    def _ask(self, path: Path) -> bytes:
        with socket.create_connection(self._address, self._seconds) as clamd, path.open("rb") as file:
            clamd.sendall(b"zINSTREAM\0")
            while chunk := file.read(_CHUNK):
                clamd.sendall(len(chunk).to_bytes(4) + chunk)
            clamd.sendall(bytes(4))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER and (part := clamd.recv(1024)):
                answer += part
        return answer.rstrip(b"\0")
