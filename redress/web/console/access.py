"""Who is at the console: the session's cookie, what each role may call, and the token that every form carries."""

import hmac
from collections.abc import Callable
from typing import Annotated

from fastapi import Form, Header, Request, Response

from redress.claims.tickets import Actor
from redress.errors import RedressError
from redress.store.accounts import LONGEST, Role, SignedIn
from redress.web.console.desk import desk_of

COOKIE = "redress_console"


class NotSignedIn(RedressError):
    """The browser has no session (any more)."""

    code = "not_signed_in"


class Forbidden(RedressError):
    """The account's role does not reach this far."""

    code = "forbidden"


class StaleForm(RedressError):
    """A form without the session's token: one of another session, or not ours."""

    code = "stale_form"


def viewer(role: Role = "reviewer") -> Callable[[Request], SignedIn]:
    """A dependency for pages: whoever is signed in with that role or a higher one."""

    def check(request: Request) -> SignedIn:
        desk = desk_of(request)
        token = request.cookies.get(COOKIE, "")
        signed_in = desk.accounts.signed_in(token, desk.clock()) if token else None
        if signed_in is None:
            raise NotSignedIn("Sign in first.")
        if not signed_in.account.may(role):
            raise Forbidden(f"This needs the role {role}; yours is {signed_in.account.role}.")
        request.state.signed_in = signed_in
        return signed_in

    return check


def actor(role: Role = "reviewer") -> Callable[[Request, str, str], SignedIn]:
    """A dependency for what changes something: as `viewer`, and the form (or htmx's header) has the session's token."""
    check_role = viewer(role)

    def check(
        request: Request, csrf: Annotated[str, Form()] = "", x_csrf_token: Annotated[str, Header()] = ""
    ) -> SignedIn:
        signed_in = check_role(request)
        if not hmac.compare_digest((csrf or x_csrf_token).encode(), signed_in.csrf.encode()):
            raise StaleForm("This form is too old. Open the page again, then repeat what you did.")
        return signed_in

    return check


def acting(signed_in: SignedIn) -> Actor:
    """The signed-in person as the claims' use cases know them."""
    return Actor(signed_in.account.name, signed_in.account.role)


def is_https(request: Request) -> bool:
    """Whether the browser came by HTTPS: as the request says, or as the setting does where a proxy ends the HTTPS."""
    return request.url.scheme == "https" or desk_of(request).parts.settings.public_url.startswith("https://")


def remember(response: Response, token: str, request: Request) -> None:
    """Give the browser its session."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/console",
        secure=is_https(request),
        httponly=True,
        samesite="lax",
    )
