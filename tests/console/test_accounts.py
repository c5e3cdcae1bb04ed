"""Signing in and out, passwords, sessions, accounts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from redress.bootstrap import Parts, assemble
from redress.settings import Settings
from redress.store.accounts import IDLE, LONGEST, MOST_FAILURES, AccountRefused, Accounts, LoginRefused
from redress.store.console_tables import AccountRow, SessionRow
from redress.store.database import Database
from redress.store.engine import make_engine
from redress.store.migrate import migrate
from redress.web.app import make_app
from tests.console.conftest import served
from tests.console.people import PASSWORD, Person, sign_in, token


@pytest.fixture
def accounts(parts: Parts) -> Accounts:
    return Accounts(parts.database)


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(rosa: Person, browser: httpx.Client) -> None:
    wrong = sign_in(browser, rosa.name, "not the password")
    unknown = sign_in(browser, "nobody at all", "not the password")
    assert wrong.status_code == unknown.status_code == 401
    sentence = "do not belong together"
    assert sentence in wrong.text
    assert sentence in unknown.text
    assert browser.get("/console/queue").status_code == 303


def test_the_cookie_is_for_the_console_and_not_for_scripts(rosa: Person, browser: httpx.Client) -> None:
    answer = sign_in(browser, rosa.name, PASSWORD)
    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("redress_console="))
    for attribute in ("HttpOnly", "SameSite=lax", "Path=/console"):
        assert attribute in cookie


def test_signing_out_ends_the_session(url: str, parts: Parts) -> None:
    with Person(url, parts, "otto") as otto:
        kept = dict(otto.client.cookies)
        assert otto.post("/logout").status_code == 303
        otto.client.cookies.update(kept)
        assert otto.get("/queue").status_code == 303


def test_too_many_failures_lock_an_account_for_a_while(parts: Parts, accounts: Accounts) -> None:
    now = parts.clock()
    accounts.add("kim", "reviewer", PASSWORD, now)
    for _ in range(MOST_FAILURES["login"]):
        with pytest.raises(LoginRefused, match="do not belong"):
            accounts.check_password("kim", "a wrong password", "192.0.2.7", now)
    with pytest.raises(LoginRefused, match="Too many"):
        accounts.check_password("kim", PASSWORD, "192.0.2.8", now)
    later = now + timedelta(minutes=16)
    assert accounts.check_password("kim", PASSWORD, "192.0.2.8", later).name == "kim"


def test_too_many_failures_from_one_address_lock_it_out(parts: Parts, accounts: Accounts) -> None:
    now = parts.clock()
    accounts.add("uma", "reviewer", PASSWORD, now)
    for index in range(MOST_FAILURES["login-from"]):
        with pytest.raises(LoginRefused):
            accounts.check_password(f"guess {index}", "a wrong password", "192.0.2.9", now)
    with pytest.raises(LoginRefused, match="Too many"):
        accounts.check_password("uma", PASSWORD, "192.0.2.9", now)
    assert accounts.check_password("uma", PASSWORD, "192.0.2.10", now).name == "uma"


def test_a_session_ends_when_it_is_idle_or_old(parts: Parts, accounts: Accounts) -> None:
    now = parts.clock()
    account = accounts.add("ivo", "reviewer", PASSWORD, now)
    token, _ = accounts.sign_in(account, now)
    assert accounts.signed_in(token, now + IDLE) is not None
    assert accounts.signed_in(token, now + IDLE + IDLE + timedelta(seconds=1)) is None
    token, _ = accounts.sign_in(account, now)
    at = now
    while at < now + LONGEST - IDLE:
        at += IDLE
        assert accounts.signed_in(token, at) is not None
    assert accounts.signed_in(token, now + LONGEST + timedelta(seconds=1)) is None


def test_nothing_kept_lets_anybody_in(parts: Parts, accounts: Accounts) -> None:
    account = accounts.add("eve", "reviewer", PASSWORD, parts.clock())
    token, _ = accounts.sign_in(account, parts.clock())
    with parts.database.read() as session:
        row = session.get_one(AccountRow, "eve")
        kept = [row.password_hash or "", *(one.token_hash for one in session.query(SessionRow))]
    assert kept[0].startswith("$argon2id$")
    assert not any(PASSWORD in one or token in one for one in kept)


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [("", "reviewer", PASSWORD), ("new", "owner", PASSWORD), ("new", "reviewer", "short"), ("rosa", "lead", PASSWORD)],
)
def test_an_account_that_cannot_be_is_refused(
    rosa: Person, parts: Parts, accounts: Accounts, name: str, role: str, password: str
) -> None:
    with pytest.raises(AccountRefused):
        accounts.add(name, role, password, parts.clock())  # type: ignore[arg-type]


def test_an_admin_adds_changes_and_disables_accounts(ada: Person, url: str, parts: Parts) -> None:
    assert ada.post("/accounts", name="nils", role="reviewer", password=PASSWORD).status_code == 303
    with Person(url, parts, "nils") as nils:
        assert ada.post("/accounts/nils", role="lead", disabled="false").status_code == 303
        assert nils.get("/queue").status_code == 303  # signed out
        assert ada.post("/accounts/nils", role="lead", disabled="true").status_code == 303
        assert sign_in(nils.client, "nils", PASSWORD).status_code == 401


def test_the_last_admin_stays_one(tmp_path: Path, parts: Parts) -> None:
    database = Database(make_engine(f"sqlite:///{tmp_path / 'accounts.db'}"))
    migrate(database.engine)
    accounts = Accounts(database)
    accounts.add("ada", "admin", PASSWORD, parts.clock())
    with pytest.raises(AccountRefused, match="only admin"):
        accounts.change("ada", role="reviewer")
    with pytest.raises(AccountRefused, match="only admin"):
        accounts.change("ada", disabled=True)
    accounts.add("abe", "admin", PASSWORD, parts.clock())
    assert accounts.change("ada", role="reviewer").role == "reviewer"
    database.engine.dispose()


def test_after_signing_in_one_is_where_one_wanted_to_be_but_not_elsewhere(rosa: Person, browser: httpx.Client) -> None:
    for wanted, got in {
        "/console/insights": "/console/insights",
        "https://evil.example/": "/console/queue",
        "//evil.example/console/": "/console/queue",
        "/consoles": "/console/queue",
        "/console/\\evil": "/console/queue",
    }.items():
        page = browser.get("/console/login", params={"next": wanted})
        form = {"csrf": token(page), "name": rosa.name, "password": PASSWORD, "next": wanted}
        answer = browser.post("/console/login", data=form)
        assert answer.headers["location"] == got


def test_every_page_has_a_strict_content_policy(rosa: Person) -> None:
    for path in ("/queue", "/talks", "/insights", "/static/console.js"):
        policy = rosa.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_behind_a_proxy_that_ends_https_the_cookies_are_for_https_alone(tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'redress.db'}",
        evidence_dir=tmp_path / "evidence",
        public_url="https://desk.example",
        worker=False,
        _env_file=None,
    )
    parts = assemble(settings)
    migrate(parts.database.engine)
    with served(make_app(parts)) as url, httpx.Client(base_url=url, trust_env=False) as client:
        assert "redress user add NAME" in client.get("/console/login").text, "how the first account is made"
        Accounts(parts.database).add("rosa", "reviewer", PASSWORD, parts.clock())
        form = client.get("/console/login")
        assert "redress user add NAME" not in form.text
        cookie = form.headers["set-cookie"]
        assert "Secure" in cookie
        kept = {"Cookie": cookie.partition(";")[0]}
        signed_in = client.post(
            "/console/login", data={"csrf": token(form), "name": "rosa", "password": PASSWORD}, headers=kept
        )
        assert all("Secure" in one for one in signed_in.headers.get_list("set-cookie"))
