"""Accounts, for admins."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from redress.store.accounts import ROLES, AccountRefused, Role, SignedIn
from redress.web.console.access import actor, viewer
from redress.web.console.desk import desk_of
from redress.web.console.problems import status_of
from redress.web.console.render import page

router = APIRouter(prefix="/accounts")
type Admin = Annotated[SignedIn, Depends(actor("admin"))]
type Word = Annotated[str, Form(max_length=1000)]


@router.get("")
def accounts(request: Request, who: Annotated[SignedIn, Depends(viewer("admin"))]) -> Response:
    """Everybody who may use the console."""
    return _page(request)


@router.post("")
def add(request: Request, who: Admin, name: Word, role: Word, password: Word = "") -> Response:
    """A new account; without a password, for somebody who signs in by the service."""
    desk = desk_of(request)
    try:
        desk.accounts.add(name, cast("Role", role), password or None, desk.clock())
    except AccountRefused as error:
        return _page(request, error.message, status_of(error))
    desk.audit.add(who.account.name, "added an account", name, desk.clock(), role=role)
    return RedirectResponse("/console/accounts", 303)


@router.post("/{name}")
def change(
    request: Request,
    name: str,
    who: Admin,
    role: Word = "",
    password: Word = "",
    disabled: Annotated[bool, Form()] = False,
) -> Response:
    """Change an account; its browsers are signed out."""
    desk = desk_of(request)
    try:
        if role and role not in ROLES:
            raise AccountRefused(f"There is no role {role!r}; there is {', '.join(ROLES)}.", field="role")
        desk.accounts.change(name, role=role or None, password=password or None, disabled=disabled)
    except AccountRefused as error:
        return _page(request, error.message, status_of(error))
    desk.audit.add(
        who.account.name,
        "changed an account",
        name,
        desk.clock(),
        role=role,
        disabled=disabled,
        password=bool(password),
    )
    return RedirectResponse("/console/accounts", 303)


def _page(request: Request, problem: str = "", status: int = 200) -> Response:
    accounts = desk_of(request).accounts.all()
    return page(request, "accounts.html", status, accounts=accounts, roles=ROLES, problem=problem)
