"""The public application and its start, with the internal one beside it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from redress.bootstrap import Parts
from redress.web import errors
from redress.web.actions import make_actions_app
from redress.web.api import conversations
from redress.web.evidence import evidence


def make_app(parts: Parts) -> FastAPI:
    """The application of the public port."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        parts.close()

    app = FastAPI(title="Redress", summary="The after-sales desk of an online shop", lifespan=lifespan)
    errors.install(app)
    app.include_router(conversations(parts))
    app.include_router(evidence(parts))

    @app.middleware("http")
    async def harden(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response

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


async def serve(parts: Parts) -> None:
    """Serve both ports until a signal comes."""
    settings = parts.settings
    common = {"log_config": None, "access_log": False}
    internal = InternalServer(
        uvicorn.Config(make_actions_app(parts), host="127.0.0.1", port=settings.actions_port, **common)  # type: ignore[arg-type]
    )
    public = uvicorn.Server(
        uvicorn.Config(
            make_app(parts),
            host=settings.host,
            port=settings.port,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies,
            **common,  # type: ignore[arg-type]
        )
    )
    inner = asyncio.create_task(internal.serve())
    try:
        await public.serve()
    finally:
        internal.should_exit = True
        await inner
