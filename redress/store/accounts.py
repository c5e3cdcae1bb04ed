"""Accounts of the console and their signed-in browsers."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast, get_args

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import CursorResult, delete, func, insert, select, update
from sqlalchemy.orm import Session

from redress.errors import RedressError
from redress.store.console_tables import AccountRow, SessionRow
from redress.store.database import Database
from redress.store.errors import NotFound
from redress.store.tables import FailureRow

Role = Literal["reviewer", "lead", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may do what those before it may
SHORTEST_PASSWORD = 12
LOGIN_WINDOW = timedelta(minutes=15)
MOST_FAILURES = {"login": 5, "login-from": 30}  # in the window: for one account, from one address
IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # a session's row is not written at each request


class AccountRefused(RedressError):
    """An account that cannot be made or changed so; the message says what can."""

    code = "invalid_account"


class LoginRefused(RedressError):
    """A wrong name or password, or too many of them; which of the two is wrong is not told."""

    code = "login_refused"


@dataclass(frozen=True)
class Account:
    """Somebody who may use the console."""

    name: str
    role: Role
    disabled: bool
    created_at: datetime
    has_password: bool

    def may(self, role: Role) -> bool:
        """Whether the account's role is that one or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True)
class SignedIn:
    """A signed-in browser: whose it is, and the token that its forms must carry."""

    account: Account
    csrf: str


class Accounts:
    """Every method is one transaction. Passwords are kept as argon2id hashes, session tokens as SHA-256."""

    def __init__(self, database: Database, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._hasher = hasher or PasswordHasher()
        self._decoy = self._hasher.hash(secrets.token_hex(16))  # an unknown name costs as much time as a known one

    def add(self, name: str, role: Role, password: str | None, at: datetime, *, subject: str | None = None) -> Account:
        """A new account; AccountRefused for a name that is taken, an unknown role or a password that is too short."""
        name = name.strip()
        if not name or len(name) > 100:
            raise AccountRefused("Give a name of 1 to 100 characters.", field="name")
        if role not in ROLES:
            raise AccountRefused(f"There is no role {role!r}; there is {', '.join(ROLES)}.", field="role")
        hashed = self._hash(password) if password is not None else None
        with self._database.write() as session:
            if session.get(AccountRow, name):
                raise AccountRefused(f"There is an account {name} already.", field="name")
            row = AccountRow(name=name, role=role, password_hash=hashed, subject=subject, disabled=False, created_at=at)
            session.add(row)
            return _account(row)

    def change(
        self, name: str, *, role: Role | None = None, password: str | None = None, disabled: bool | None = None
    ) -> Account:
        """Change what is given. Whatever changes, the account's browsers are signed out."""
        hashed = self._hash(password) if password is not None else None
        with self._database.write() as session:
            row = session.get(AccountRow, name)
            if row is None:
                raise NotFound(f"There is no account {name}.", field="name")
            if row.role == "admin" and (disabled or (role and role != "admin")) and _other_admins(session, name) == 0:
                raise AccountRefused(f"{name} is the only admin. Make another one first.", field="role")
            row.role = role or row.role
            row.password_hash = hashed or row.password_hash
            row.disabled = row.disabled if disabled is None else disabled
            session.execute(delete(SessionRow).where(SessionRow.account == name))
            return _account(row)

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self._database.read() as session:
            return [_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.name))]

    def check_password(self, name: str, password: str, address: str, at: datetime) -> Account:
        """The account; LoginRefused for a wrong pair, a disabled account, or too many failures of late."""
        keys = {"login": f"login:{name[:100]}", "login-from": f"login-from:{address}"}
        with self._database.read() as session:
            row = session.get(AccountRow, name)
            for kind, key in keys.items():
                if _failures(session, key, at - LOGIN_WINDOW) >= MOST_FAILURES[kind]:
                    raise LoginRefused("Too many attempts. Wait 15 minutes, then try again.")
        usable = row is not None and row.password_hash is not None and not row.disabled
        try:
            self._hasher.verify(row.password_hash if row and usable and row.password_hash else self._decoy, password)
        except VerifyMismatchError:
            usable = False
        if row is None or not usable:
            with self._database.write() as session:
                session.execute(insert(FailureRow), [{"key": key, "at": at} for key in keys.values()])
            raise LoginRefused("That name and password do not belong together.")
        return _account(row)

    def by_subject(self, subject: str) -> Account | None:
        """The account of somebody known to the sign-in service."""
        with self._database.read() as session:
            row = session.scalar(select(AccountRow).where(AccountRow.subject == subject))
            return _account(row) if row and not row.disabled else None

    def bind(self, name: str, subject: str) -> Account | None:
        """The account of that name without a password, from now on known by the subject; None where there is none."""
        with self._database.write() as session:
            row = session.get(AccountRow, name)
            if row is None or row.disabled or row.password_hash is not None or row.subject is not None:
                return None
            row.subject = subject
            return _account(row)

    def sign_in(self, account: Account, at: datetime) -> tuple[str, SignedIn]:
        """A fresh token for the browser's cookie, and what it opens."""
        token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        with self._database.write() as session:
            session.execute(delete(SessionRow).where(SessionRow.created_at < at - LONGEST))
            session.add(SessionRow(token_hash=_hash(token), account=account.name, csrf=csrf, created_at=at, seen_at=at))
        return token, SignedIn(account, csrf)

    def signed_in(self, token: str, at: datetime) -> SignedIn | None:
        """Whose browser this is; None when the token opens nothing (any more)."""
        with self._database.read() as session:
            found = session.execute(
                select(SessionRow, AccountRow)
                .join(AccountRow, AccountRow.name == SessionRow.account)
                .where(SessionRow.token_hash == _hash(token))
            ).one_or_none()
        if found is None:
            return None
        row, account = found
        if account.disabled or row.seen_at < at - IDLE or row.created_at < at - LONGEST:
            return None
        if row.seen_at < at - SEEN_EVERY:
            with self._database.write() as session:
                session.execute(update(SessionRow).where(SessionRow.token_hash == _hash(token)).values(seen_at=at))
        return SignedIn(_account(account), row.csrf)

    def sign_out(self, token: str) -> bool:
        """Forget the browser; whether there was one."""
        with self._database.write() as session:
            gone = session.execute(delete(SessionRow).where(SessionRow.token_hash == _hash(token)))
            return cast("CursorResult[Any]", gone).rowcount == 1

    def _hash(self, password: str) -> str:
        if len(password) < SHORTEST_PASSWORD:
            raise AccountRefused(f"A password needs at least {SHORTEST_PASSWORD} characters.", field="password")
        if len(password) > 1000:
            raise AccountRefused("A password has at most 1000 characters.", field="password")
        return self._hasher.hash(password)


def _account(row: AccountRow) -> Account:
    return Account(row.name, cast("Role", row.role), row.disabled, row.created_at, row.password_hash is not None)


def _other_admins(session: Session, name: str) -> int:
    wanted = select(func.count()).where(
        AccountRow.role == "admin", AccountRow.disabled.is_(False), AccountRow.name != name
    )
    return session.scalar(wanted) or 0


def _failures(session: Session, key: str, since: datetime) -> int:
    return session.scalar(select(func.count()).where(FailureRow.key == key, FailureRow.at > since)) or 0


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
