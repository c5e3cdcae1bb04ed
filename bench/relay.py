"""A relay between the service and the dialogue process that times what passes: the share of a turn that is Rasa's."""

from __future__ import annotations

import contextlib
import socket
import threading
import time


class Relay:
    """Passes bytes on from `url` to `target` and back. Adds about 0.1 ms each way, counted as Rasa's."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.target = 0  # the dialogue's port, known when it is
        self._first_out = self._last_back = 0.0
        threading.Thread(target=self._accept, daemon=True).start()

    def reset(self) -> None:
        """Forget what passed so far: a turn begins."""
        self._first_out = self._last_back = 0.0

    def elapsed(self) -> float:
        """Seconds from the first byte sent to Rasa since `reset` to the last one that came back; 0 for none."""
        return self._last_back - self._first_out if self._first_out else 0.0

    def close(self) -> None:
        """Stop taking connections."""
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                service, _ = self._listener.accept()
                try:
                    rasa = socket.create_connection(("127.0.0.1", self.target))
                except OSError:  # not started yet
                    service.close()
                    continue
                for side in (service, rasa):
                    side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._pass_on, args=(service, rasa, True), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(rasa, service, False), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, outward: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if outward:
                    self._first_out = self._first_out or time.perf_counter()
                    sink.sendall(data)
                else:
                    self._last_back = time.perf_counter()  # before the service can have it, and end the turn
                    sink.sendall(data)
        for side in (source, sink):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
