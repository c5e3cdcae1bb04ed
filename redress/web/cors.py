"""Which pages may embed the widget: each shop's configured origins, beside the desk's own."""

from collections.abc import Collection
from urllib.parse import urlsplit

from fastapi import Request
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from redress.errors import RedressError

SHARED = ("/api/", "/evidence/")
PREFLIGHT_SECONDS = 7200


class OriginNotAllowed(RedressError):
    """A page whose origin the shop has not listed wants to open a conversation."""

    code = "origin_not_allowed"


class Cors:
    """Lets the pages of all shops' origins read what SHARED paths answer. No cookie plays a part: a conversation opens
    to its bearer token alone, and `check_origin` lets a page have one of its own shop only."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app = app
        self._shared = CORSMiddleware(
            app,
            allow_origins=tuple(origins),
            allow_methods=("GET", "POST"),
            allow_headers=("Authorization", "Content-Type", "Last-Event-ID"),
            max_age=PREFLIGHT_SECONDS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        shared = scope["type"] == "http" and scope["path"].startswith(SHARED)
        await (self._shared if shared else self._app)(scope, receive, send)


def check_origin(request: Request, origins: Collection[str]) -> None:
    """OriginNotAllowed when a page of another origin asks that is not among the shop's `origins`."""
    origin = request.headers.get("origin")
    own = request.headers.get("host")  # behind a proxy that ends TLS the schemes differ
    if origin is not None and origin not in origins and urlsplit(origin).netloc != own:
        raise OriginNotAllowed("This page's origin is not among those that REDRESS_ORIGINS admits for the shop.")
