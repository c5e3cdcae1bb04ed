"""Our own scripts and style sheets: read once, compressed once, revalidated by their hash."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request, Response

FOLDER = Path(__file__).parent / "static"
TYPES = {".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
NOT_MODIFIED = 304


@dataclass(frozen=True)
class Static:
    """A file as it is served. Any page may load it: a module script of another origin needs CORS."""

    content: bytes
    compressed: bytes
    headers: dict[str, str]

    @classmethod
    def read(cls, path: Path) -> "Static":
        """The file at `path`."""
        content = path.read_bytes()
        headers = {
            "Content-Type": TYPES[path.suffix],
            "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
            "Cache-Control": "public, max-age=300, stale-while-revalidate=86400",
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Vary": "Accept-Encoding",
        }
        return cls(content, gzip.compress(content, mtime=0), headers)

    def response(self, request: Request) -> Response:
        """The file, compressed where the client takes that, or that it has not changed."""
        if self.headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=NOT_MODIFIED, headers=self.headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self.compressed, headers={**self.headers, "Content-Encoding": "gzip"})
        return Response(self.content, headers=self.headers)


def static_files() -> APIRouter:
    """The widget at /widget.js, and every file of the folder under /static."""
    router = APIRouter(include_in_schema=False)
    for path in sorted(FOLDER.glob("*.*")):
        static = Static.read(path)
        address = "/widget.js" if path.name == "widget.js" else f"/static/{path.name}"
        router.add_api_route(address, static.response, methods=["GET", "HEAD"])
    return router
