"""What goes wrong, as a page: the sign-in form for who has no session, else one sentence that says what to do."""

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from redress.errors import RedressError
from redress.web.console.access import NotSignedIn
from redress.web.console.render import page
from redress.web.errors import REFUSED, STATUS

OWN_STATUS = {
    "login_refused": 401,
    "stale_form": 403,
    "ticket_changed": 409,
    "impossible_change": 409,
    "conflict": 409,
}


class Refused(RedressError):
    """Something in a form that cannot be; the message says what can."""

    code = "invalid_request"


LOGIN, HOME = "/console/login", "/console/queue"


def install(app: FastAPI) -> None:
    """Answer every error with a page."""
    app.add_exception_handler(RedressError, _problem)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _http_problem)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _invalid)  # type: ignore[arg-type]
    app.add_exception_handler(DataError, _unfit)


def _problem(request: Request, error: RedressError) -> Response:
    if isinstance(error, NotSignedIn):
        if request.headers.get("hx-request"):
            return Response(status_code=401, headers={"HX-Redirect": LOGIN})
        back = request.url.path if request.method == "GET" else HOME
        return RedirectResponse(request.url.replace(path=LOGIN, query="").include_query_params(next=back), 303)
    return page(request, "problem.html", status_of(error), message=error.message)


def status_of(error: RedressError) -> int:
    """The HTTP status that fits one of our errors."""
    return OWN_STATUS.get(error.code) or STATUS.get(error.code, REFUSED)


def _http_problem(request: Request, error: HTTPException) -> Response:
    return page(request, "problem.html", error.status_code, message=str(error.detail))


def _unfit(request: Request, _error: Exception) -> Response:
    """PostgreSQL has characters and numbers that it cannot hold (NUL; more digits than it knows)."""
    return page(request, "problem.html", REFUSED, message="Something that was sent cannot be looked up or kept.")


def _invalid(request: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path"))
    return page(request, "problem.html", REFUSED, message=f"{field}: {first['msg']}.")
