"""Messaging apps' webhooks: verified, kept, answered at once. The turns run afterwards, in the worker."""

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.exc import DataError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from redress.bootstrap import Parts
from redress.channels import APPS
from redress.channels.base import Account, App
from redress.claims.draft import JSON
from redress.errors import RedressError
from redress.store.errors import NotFound
from redress.store.updates import Arrived, Updates

MOST_BYTES = 4 * 1024 * 1024  # Meta's batches are smaller
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)
UNSTORABLE = (DataError, OverflowError)  # a NUL in a text, a number beyond 64 bits
type Waiting = tuple[Sequence[Arrived], asyncio.Future[None]]
GATHER_S = 0.01  # how long what comes is waited for before it is written together


class TooMuch(RedressError):
    """A request larger than any app sends."""

    code = "too_large"


class Unreadable(RedressError):
    """A verified request that is no JSON object, or none such as the app sends."""

    code = "invalid_request"


class Gathering:
    """Keeps updates, those that come together in one transaction: a database writes few large ones faster."""

    def __init__(self, updates: Updates, clock: Callable[[], datetime], kept: Callable[[], None]) -> None:
        self._updates, self._clock, self._kept = updates, clock, kept
        self._waiting: list[Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, arrived: Sequence[Arrived]) -> None:
        """Returns when they are committed."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((arrived, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await done

    async def _write(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER_S)
            batch, self._waiting = self._waiting, []
            errors = [await self._stored(batch)] * len(batch)
            if isinstance(errors[0], UNSTORABLE):  # by one of them, on which the others do not depend
                errors = [await self._stored([one]) for one in batch]
            for (_, done), error in zip(batch, errors, strict=True):
                if not done.done():  # whose client has gone is done
                    done.set_exception(error) if error else done.set_result(None)
            self._kept()

    async def _stored(self, batch: Sequence[Waiting]) -> Exception | None:
        """What went wrong, if anything: each request's answer tells of it, and the app delivers again."""
        together = [one for arrived, _ in batch for one in arrived]
        try:
            await asyncio.to_thread(self._updates.keep, together, self._clock())
        except Exception as error:
            return error
        return None


def channel_routes(parts: Parts) -> list[Route]:
    """The routes under /channels. Starlette's own: in a storm FastAPI's care for bodies that we read ourselves is most
    of what a request costs."""
    gathering = Gathering(parts.updates, parts.clock, parts.arrived.set)

    async def verify(request: Request) -> Response:
        module, account = await _known(parts, **request.path_params)
        return PlainTextResponse(module.challenge(account, request.query_params))

    async def take(request: Request) -> Response:
        module, account = await _known(parts, **request.path_params)
        content = await _content(request)
        module.verify(account, request.headers, content)
        try:
            found = module.updates(account, _read(content))
        except MALFORMED as error:
            raise Unreadable("The request is not as the app's are.") from error
        if found:
            await gathering.keep([Arrived(account.app, account.shop, update) for update in found])
        return Response(b"{}", media_type="application/json")

    path = "/channels/{app}/{shop}"
    return [Route(path, take, methods=["POST"]), Route(path, verify, methods=["GET"])]


async def _known(parts: Parts, app: str, shop: str) -> tuple[App, Account]:
    if app not in APPS:
        raise NotFound(f"There is no app {app!r}; there is {', '.join(APPS)}.")
    if parts.channels.fresh(app, shop):  # then the database is not asked, which would need a thread
        return APPS[app], parts.account(app, shop)
    return APPS[app], await run_in_threadpool(parts.account, app, shop)


async def _content(request: Request) -> bytes:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MOST_BYTES:
            raise TooMuch("The request is too large.")
    return bytes(content)


def _read(content: bytes) -> JSON:
    try:
        body = json.loads(content)
    except ValueError as error:
        raise Unreadable("The request is no JSON.") from error
    if not isinstance(body, dict):
        raise Unreadable("The request is no JSON object.")
    return body
