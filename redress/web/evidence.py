"""Stored evidence by signed links: whoever was given one may open that file for a while, and nothing else."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from redress.bootstrap import Parts
from redress.evidence import Signer, download_headers

PATH = "/evidence"
OPEN_FOR = timedelta(minutes=30)
CHUNK = 64 * 1024


def evidence(parts: Parts) -> APIRouter:
    """The route of stored files."""
    router = APIRouter(tags=["evidence"])

    @router.get(PATH + "/{key}", response_class=StreamingResponse)
    def stored_file(key: str, expires: str = "", signature: str = "") -> StreamingResponse:
        parts.signer.verify(key, expires, signature)
        file = parts.storage.open(key)

        def chunks() -> Iterator[bytes]:
            with file:
                while chunk := file.read(CHUNK):
                    yield chunk

        return StreamingResponse(chunks(), headers=download_headers(key))

    return router


def link(signer: Signer, key: str, now: datetime) -> str:
    """The path and query that open a stored file from now on for OPEN_FOR."""
    return f"{PATH}/{key}?{urlencode(signer.sign(key, now + OPEN_FOR))}"


def linker(signer: Signer, clock: Callable[[], datetime]) -> Callable[[str], str]:
    """`link` with its signer and clock filled in, for templates."""
    return lambda key: link(signer, key, clock())
