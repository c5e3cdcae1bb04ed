"""The public application and its start, with the internal one beside it."""

import asyncio
import contextlib
import itertools
import socket
import sys
from collections.abc import AsyncIterator, Iterator

import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from redress.bootstrap import Parts
from redress.web import errors
from redress.web.actions import make_actions_app
from redress.web.api import conversations
from redress.web.channels import channel_routes
from redress.web.console.app import make_console
from redress.web.cors import Cors
from redress.web.demo import demo_pages
from redress.web.evidence import evidence
from redress.web.headers import Headers
from redress.web.news import News, news_routes
from redress.web.presence import presence
from redress.web.shop_api import shop_tickets
from redress.web.static import static_files
from redress.web.transcript import transcript_routes

LOOP = uvicorn.Config("").get_loop_factory()  # uvloop's, where there is one: it costs a third of the time


# How long a thread may keep Python's lock while others want it. A turn passes from thread to thread a dozen times, and
# behind a crowd of uploads it would wait for the usual 5 ms at each.
THREAD_SECONDS = 0.0005


def make_app(parts: Parts) -> FastAPI:
    """The application of the public port."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if parts.settings.worker:
            parts.worker.start()
        yield
        await asyncio.to_thread(parts.worker.stop)
        parts.close()

    app = FastAPI(title="Redress", summary="The after-sales desk of an online shop", lifespan=lifespan)
    errors.install(app)
    app.state.news = News(parts.transcripts)
    app.router.routes[:0] = channel_routes(parts)
    for router in (
        conversations(parts),
        news_routes(parts, app.state.news),
        presence(parts),
        evidence(parts),
        transcript_routes(parts),
        shop_tickets(parts),
        static_files(),
        demo_pages(parts),
    ):
        app.include_router(router)
    app.mount("/console", make_console(parts))
    app.add_middleware(Cors, origins=frozenset(itertools.chain.from_iterable(parts.settings.origins.values())))
    app.add_middleware(Headers)

    @app.get("/healthz", tags=["operation"])
    def alive() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz", tags=["operation"])
    def ready() -> JSONResponse:
        checks = {"database": _database_ready(parts), "dialogue": parts.dialogue.ready()}
        ok = all(checks.values())
        return JSONResponse({"status": "ready" if ok else "not ready", **checks}, 200 if ok else 503)

    @app.get("/metrics", tags=["operation"])
    def metrics() -> PlainTextResponse:
        return PlainTextResponse(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return app


def _database_ready(parts: Parts) -> bool:
    try:
        with parts.database.read() as session:
            session.execute(text("SELECT 1 FROM alembic_version"))
        return True
    except SQLAlchemyError:
        return False


class InternalServer(uvicorn.Server):
    """A server that leaves the signals to the public one beside it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class PublicServer(uvicorn.Server):
    """A server that ends its event streams when it is asked to stop: it would wait for them for ever."""

    def __init__(self, config: uvicorn.Config, news: News) -> None:
        super().__init__(config)
        self._news = news

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._news.close()
        await super().shutdown(sockets)


async def serve(parts: Parts) -> None:
    """Serve both ports until a signal comes."""
    sys.setswitchinterval(THREAD_SECONDS)
    settings = parts.settings
    common = {"log_config": None, "access_log": False}
    internal = InternalServer(
        uvicorn.Config(make_actions_app(parts), host="127.0.0.1", port=settings.actions_port, **common)  # type: ignore[arg-type]
    )
    app = make_app(parts)
    public = PublicServer(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies,
            **common,  # type: ignore[arg-type]
        ),
        app.state.news,
    )
    inner = asyncio.create_task(internal.serve())
    try:
        await public.serve()
    finally:
        internal.should_exit = True
        await inner
