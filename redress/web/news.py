"""News of conversations as server-sent events: the lines that arrive outside of a turn, such as a decision."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from redress.bootstrap import Parts
from redress.claims.draft import JSON
from redress.store.transcripts import Transcripts
from redress.web import auth

POLL_SECONDS = 0.5
KEEP_ALIVE_SECONDS = 15.0
RECONNECT_MS = 1000
# PostgreSQL may commit a line after one with a greater id: for so many polls a line is looked for again.
LATE_POLLS = 10


class News:
    """Wakes the streams of this process. However many there are, one query after the newest line's id finds out
    whether another process, too, has written anything."""

    def __init__(self, transcripts: Transcripts) -> None:
        self._transcripts = transcripts
        self._streams: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._poller: asyncio.Task[None] | None = None
        self._closed = False

    async def follow(self, conversation_id: str, after: int | None) -> AsyncIterator[JSON | None]:
        """The news of one conversation with a greater id than `after` (None: from now on), as they come, and None
        whenever nothing came for a while. Ends when the process does."""
        last = await run_in_threadpool(self._transcripts.newest) if after is None else after
        wake = asyncio.Event()
        self._streams[conversation_id].add(wake)
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(self._poll())
        try:
            while not self._closed:
                wake.clear()
                for line in await run_in_threadpool(self._transcripts.news, conversation_id, last):
                    last = int(line["id"])
                    yield line
                try:
                    await asyncio.wait_for(wake.wait(), KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    yield None
        finally:
            self._streams[conversation_id].discard(wake)
            if not self._streams[conversation_id]:
                del self._streams[conversation_id]

    def close(self) -> None:
        """Ends every stream, so that a server that is asked to stop need not wait for them."""
        self._closed = True
        self._wake(set(self._streams))

    async def _poll(self) -> None:
        newest: deque[int] = deque([await run_in_threadpool(self._transcripts.newest)], maxlen=LATE_POLLS)
        while self._streams and not self._closed:
            await asyncio.sleep(POLL_SECONDS)
            newest.append(await run_in_threadpool(self._transcripts.newest))
            if newest[-1] > newest[0]:
                self._wake(await run_in_threadpool(self._transcripts.with_news, newest[0]))

    def _wake(self, conversations: set[str]) -> None:
        for conversation_id in conversations & self._streams.keys():
            for stream in self._streams[conversation_id]:
                stream.set()


def news_routes(parts: Parts, news: News) -> APIRouter:
    """The route of the event stream."""
    router = APIRouter(prefix="/api/conversations", tags=["conversations"])

    @router.get("/{conversation_id}/events", response_class=StreamingResponse)
    async def events(
        conversation_id: str,
        authorization: Annotated[str | None, Header()] = None,
        last_event_id: Annotated[int | None, Header(ge=0, le=2**63 - 1)] = None,
    ) -> Response:
        kept = await run_in_threadpool(parts.conversations.token_hash, conversation_id)
        auth.check_bearer(authorization, kept)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # nginx would hold events back
        stream = _encoded(news.follow(conversation_id, last_event_id))
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    return router


async def _encoded(lines: AsyncIterator[JSON | None]) -> AsyncIterator[str]:
    yield f"retry: {RECONNECT_MS}\n\n"
    async for line in lines:
        if line is None:
            yield ": still here\n\n"
        else:
            yield f"id: {line['id']}\ndata: {json.dumps(line, ensure_ascii=False)}\n\n"
