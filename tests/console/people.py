"""Somebody at the console: a browser without a screen, which fills in the pages' forms."""

from __future__ import annotations

import re
from contextlib import suppress
from types import TracebackType
from typing import Any

import httpx

from redress.bootstrap import Parts
from redress.store.accounts import AccountRefused, Accounts, Role

PASSWORD = "correct horse battery"
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Person:
    """Somebody with an account, signed in; a context manager."""

    def __init__(self, url: str, parts: Parts, name: str = "rosa", role: Role = "reviewer") -> None:
        with suppress(AccountRefused):
            Accounts(parts.database).add(name, role, PASSWORD, parts.clock())
        self.name = name
        self.client = httpx.Client(base_url=url, trust_env=False, timeout=30)
        answer = sign_in(self.client, name, PASSWORD)
        assert answer.status_code == 303, answer.text
        self.csrf = token(self.client.get("/console/queue"))

    def __enter__(self) -> Person:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.client.close()

    def get(self, path: str, **query: Any) -> httpx.Response:
        """A page."""
        return self.client.get(f"/console{path}", params=query)

    def post(self, path: str, **form: Any) -> httpx.Response:
        """A form of a page, with its token."""
        return self.client.post(f"/console{path}", data={"csrf": self.csrf, **form})


def sign_in(client: httpx.Client, name: str, password: str) -> httpx.Response:
    """Fill in the form to sign in."""
    form = {"csrf": token(client.get("/console/login")), "name": name, "password": password}
    return client.post("/console/login", data=form)


def token(page: httpx.Response) -> str:
    """The token of a page's forms."""
    found = CSRF.search(page.text)
    assert found, page.text
    return found[1]
