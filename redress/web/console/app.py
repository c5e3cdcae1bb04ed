"""The console's application, put together."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from redress.bootstrap import Parts
from redress.web.console import (
    account_pages,
    audit_pages,
    claim_pages,
    decisions,
    insight_pages,
    learning_pages,
    privacy_pages,
    problems,
    queue_pages,
    sign_in_service,
    signing,
    talk_pages,
)
from redress.web.console.desk import put_together
from redress.web.console.render import HEADERS, HERE

FOR_EVER = "public, max-age=31536000, immutable"  # a file's address changes with it
PAGES = (
    signing,
    sign_in_service,
    queue_pages,
    claim_pages,
    decisions,
    talk_pages,
    learning_pages,
    insight_pages,
    account_pages,
    privacy_pages,
    audit_pages,
)


def make_console(parts: Parts) -> FastAPI:
    """The console's application, to be mounted at /console."""
    app = FastAPI(openapi_url=None)
    app.state.desk = put_together(parts)
    app.state.sign_in = sign_in_service.configured(parts.settings)
    for module in PAGES:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    problems.install(app)

    @app.middleware("http")
    async def harden(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.url.path.startswith("/console/static/"):
            response.headers["Cache-Control"] = FOR_EVER
        return response

    @app.get("/")
    def home() -> RedirectResponse:
        return RedirectResponse(signing.HOME)

    return app
