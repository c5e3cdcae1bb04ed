"""Every error as `{"error": {"code", "message", "field"?}}` with the right status."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from redress.errors import RedressError

STATUS = {
    "unauthorized": 401,
    "origin_not_allowed": 403,
    "forbidden": 403,
    "link_refused": 403,
    "not_found": 404,
    "not_stored": 404,
    "client_id_reused": 409,
    "conflict": 409,
    "ticket_changed": 409,
    "impossible_change": 409,
    "too_late": 409,
    "too_large": 413,
    "too_many_pixels": 413,
    "unsupported_type": 415,
    "too_many_attempts": 429,
    "dialogue_unavailable": 503,
    "scanner_unavailable": 503,
    "storage_unavailable": 503,
}
REFUSED = 422  # every other error of ours is about what was sent
HTTP_CODES = {404: "not_found", 405: "method_not_allowed"}


def error_response(status: int, code: str, message: str, field: str | None = None) -> JSONResponse:
    """The contract's error body."""
    body = {"code": code, "message": message} | ({"field": field} if field else {})
    return JSONResponse({"error": body}, status)


def install(app: FastAPI) -> None:
    """Answer our own errors, FastAPI's and Starlette's in the contract's form."""

    @app.exception_handler(RedressError)
    async def redress_error(_request: Request, error: RedressError) -> JSONResponse:
        return error_response(STATUS.get(error.code, REFUSED), error.code, error.message, error.field)

    @app.exception_handler(RequestValidationError)
    async def invalid_request(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path"))
        return error_response(REFUSED, "invalid_request", f"{field or 'body'}: {first['msg']}", field or None)

    @app.exception_handler(HTTPException)
    async def http_error(_request: Request, error: HTTPException) -> JSONResponse:
        return error_response(error.status_code, HTTP_CODES.get(error.status_code, "http_error"), str(error.detail))
