"""Signing in by password, and out."""

import secrets
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from redress.store.accounts import Account, LoginRefused, SignedIn
from redress.web.console.access import COOKIE, StaleForm, actor, is_https, remember
from redress.web.console.desk import desk_of
from redress.web.console.render import page

router = APIRouter()
HOME = "/console/queue"
FORM_COOKIE = "redress_login"  # the login form has no session yet: its token is compared with this cookie


@router.get("/login")
def login_form(request: Request, next: str = HOME) -> Response:
    """The form to sign in."""
    return _form(request, next, "")


@router.post("/login")
def login(
    request: Request,
    name: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1000)],
    csrf: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = HOME,
) -> Response:
    """Sign in with name and password."""
    desk = desk_of(request)
    if not csrf or not secrets.compare_digest(csrf.encode(), request.cookies.get(FORM_COOKIE, "").encode()):
        raise StaleForm("This form is too old. Open the page again, then sign in.")
    address = request.client.host if request.client else ""
    try:
        account = desk.accounts.check_password(name.strip(), password, address, desk.clock())
    except LoginRefused as error:
        return _form(request, next, error.message, 401)
    return welcome(request, account, next, "password")


@router.post("/logout")
def logout(request: Request, who: Annotated[SignedIn, Depends(actor())]) -> Response:
    """Sign out."""
    desk = desk_of(request)
    desk.accounts.sign_out(request.cookies.get(COOKIE, ""))
    desk.audit.add(who.account.name, "signed out", who.account.name, desk.clock())
    response = RedirectResponse("/console/login", 303)
    response.delete_cookie(COOKIE, path="/console")
    return response


def welcome(request: Request, account: Account, next: str, how: str) -> Response:
    """Begin the session of somebody who has proved who they are, and go where they wanted to."""
    desk = desk_of(request)
    token, _ = desk.accounts.sign_in(account, desk.clock())
    desk.audit.add(account.name, "signed in", account.name, desk.clock(), how=how)
    response = RedirectResponse(_own_path(next), 303)
    remember(response, token, request)
    return response


def _form(request: Request, next: str, problem: str, status: int = 200) -> Response:
    token = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
    sign_in = request.app.state.sign_in
    response = page(
        request,
        "login.html",
        status,
        problem=problem,
        next=_own_path(next),
        form_token=token,
        service=sign_in.label if sign_in else None,
        first=not desk_of(request).accounts.all(),
    )
    response.set_cookie(
        FORM_COOKIE, token, path="/console/login", secure=is_https(request), httponly=True, samesite="strict"
    )
    return response


def _own_path(path: str) -> str:
    parts = urlsplit(path)
    inside = parts.path == "/console" or parts.path.startswith("/console/")
    return path if inside and not parts.netloc and not parts.scheme and "\\" not in path else HOME
