"""Reading `multipart/form-data` (RFC 7578) as it streams in, so that an upload past the limit is refused while it is
still being sent, and is never held in memory."""

from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from redress.evidence.errors import BadForm, TooLarge
from redress.evidence.limits import MAX_BYTES
from redress.evidence.receive import Receiver, Upload

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MAX_FIELD_BYTES = 1024
MAX_PARTS = 10
_OVERHEAD = 64 * 1024
"""What boundaries, headers and fields may take beside the file itself."""


@dataclass(frozen=True, slots=True)
class Form:
    """The text fields and the one file. Use `upload` as a context manager."""

    fields: Mapping[str, str]
    upload: Upload


async def read_form(content_type: str, chunks: AsyncIterable[bytes], folder: Path, limit: int = MAX_BYTES) -> Form:
    """The form that `chunks`, a request's body, hold; its part `file` goes to a temporary file in `folder`.

    Raises TooLarge as soon as more than `limit` bytes came, and BadForm, which says what is missing.
    """
    with Receiver(folder, limit) as receiver:
        parts = _Parts(receiver)
        parser = MultipartParser(_boundary(content_type), parts.callbacks())
        received = 0
        async for chunk in chunks:
            received += len(chunk)
            if received > limit + _OVERHEAD:
                raise TooLarge(limit_mb=limit // (1024 * 1024))
            try:
                parser.write(chunk)
            except FormParserError as error:
                raise BadForm(why="it is no well-formed multipart body") from error
        if not parts.complete:
            raise BadForm(why="it ends too early")
        if not parts.has_file:
            raise BadForm(why="it has no part named file")
        return Form(parts.texts(), receiver.finish())


def _boundary(content_type: str) -> bytes:
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise BadForm(why="its content type must be multipart/form-data with a boundary")
    return options[b"boundary"]


class _Parts:
    """What the parser's callbacks tell, put together: the file to the receiver, everything else to `texts`."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._fields: dict[str, bytearray] = {}
        self._header, self._value, self._name, self._count = bytearray(), bytearray(), "", 0
        self.has_file = self.complete = False

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._part_begin,
            "on_header_begin": self._header_begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._part_data,
            "on_end": self._end,
        }

    def texts(self) -> dict[str, str]:
        try:
            return {name: value.decode() for name, value in self._fields.items()}
        except UnicodeDecodeError as error:
            raise BadForm(why="a field is not UTF-8") from error

    def _part_begin(self) -> None:
        self._name, self._count = "", self._count + 1
        if self._count > MAX_PARTS:
            raise BadForm(why=f"it has more than {MAX_PARTS} parts")

    def _header_begin(self) -> None:
        self._header, self._value = bytearray(), bytearray()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._name = parse_options_header(bytes(self._value))[1].get(b"name", b"").decode("utf-8", "replace")

    def _headers_finished(self) -> None:
        if self._name in self._fields or (self._name == "file" and self.has_file):
            raise BadForm(why=f"a part comes twice: send one {self._name[:20]} at a time")
        if self._name == "file":
            self.has_file = True
        else:
            self._fields[self._name] = bytearray()

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._name == "file":
            self._receiver.feed(data[start:end])
            return
        self._fields[self._name] += data[start:end]
        if len(self._fields[self._name]) > MAX_FIELD_BYTES:
            raise BadForm(why=f"a field is longer than {MAX_FIELD_BYTES} bytes")

    def _end(self) -> None:
        self.complete = True
