"""Shops' accounts in messaging apps. Their credentials are encrypted under a key that the database does not have."""

import base64
import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete, select

from redress.errors import RedressError
from redress.store.channel_tables import ChannelRow
from redress.store.database import Database
from redress.store.errors import NotFound

FRESH_S = 5.0  # how long an account is believed without asking the database


class WrongKey(RedressError):
    """The credentials were encrypted under another key."""

    code = "wrong_channel_key"


@dataclass(frozen=True)
class Sealed:
    """An account as it is kept, its credentials encrypted."""

    credentials: str
    cursor: int | None
    created_at: datetime


class Channels:
    """Every method is one transaction."""

    def __init__(self, database: Database, secret: Callable[[], str]) -> None:
        """`secret`: at least 32 characters from randomness, asked for when there is something to encrypt."""
        self._database = database
        self._secret = secret
        self._seen: dict[tuple[str, str], tuple[float, Mapping[str, str]]] = {}

    def put(self, app: str, shop: str, credentials: Mapping[str, str], at: datetime, *, polled: bool) -> None:
        """Keep a shop's account, in place of the one it had in that app."""
        sealed = self._fernet().encrypt(json.dumps(dict(credentials)).encode()).decode()
        row = ChannelRow(app=app, shop=shop, credentials=sealed, cursor=0 if polled else None, created_at=at)
        with self._database.write() as session:
            session.merge(row)

    def sealed(self, app: str, shop: str) -> Sealed | None:
        """The account as it is kept, to be put back; None where there is none."""
        with self._database.read() as session:
            row = session.get(ChannelRow, (app, shop))
            return Sealed(row.credentials, row.cursor, row.created_at) if row else None

    def put_back(self, app: str, shop: str, sealed: Sealed | None) -> None:
        """Keep an account as it was before, or none."""
        with self._database.write() as session:
            if sealed is None:
                session.execute(delete(ChannelRow).where(ChannelRow.app == app, ChannelRow.shop == shop))
            else:
                session.merge(ChannelRow(app=app, shop=shop, **asdict(sealed)))
        self._seen.pop((app, shop), None)

    def fresh(self, app: str, shop: str) -> bool:
        """Whether the account's credentials were read a moment ago, so that they are known without a look."""
        return time.monotonic() - self._seen.get((app, shop), (-FRESH_S, {}))[0] < FRESH_S

    def credentials(self, app: str, shop: str) -> Mapping[str, str]:
        """The account's credentials. NotFound where there is no account, WrongKey where they cannot be read."""
        if self.fresh(app, shop):
            return self._seen[app, shop][1]
        with self._database.read() as session:
            row = session.get(ChannelRow, (app, shop))
        if row is None:
            raise NotFound(f"{shop} has no account in {app}.")
        try:
            found = dict(json.loads(self._fernet().decrypt(row.credentials.encode())))
        except InvalidToken as error:
            raise WrongKey(f"REDRESS_CHANNEL_KEY is not the key under which {app} of {shop} was added.") from error
        self._seen[app, shop] = (time.monotonic(), found)
        return found

    def listed(self) -> Sequence[tuple[str, str, int | None]]:
        """The app and shop of every account, and where polling goes on (None: by webhook)."""
        wanted = select(ChannelRow.app, ChannelRow.shop, ChannelRow.cursor).order_by(ChannelRow.app, ChannelRow.shop)
        with self._database.read() as session:
            return [(app, shop, cursor) for app, shop, cursor in session.execute(wanted)]

    def polled(self, app: str, shop: str, cursor: int) -> None:
        """Polling goes on there."""
        with self._database.write() as session:
            row = session.get(ChannelRow, (app, shop))
            if row is not None and row.cursor is not None:
                row.cursor = cursor

    def remove(self, app: str, shop: str) -> None:
        """Forget the account. NotFound where there is none."""
        with self._database.write() as session:
            row = session.get(ChannelRow, (app, shop))
            if row is None:
                raise NotFound(f"{shop} has no account in {app}.")
            session.delete(row)
        self._seen.pop((app, shop), None)

    def _fernet(self) -> Fernet:
        """AES-128-CBC with HMAC-SHA256, under the SHA-256 of the secret."""
        return Fernet(base64.urlsafe_b64encode(hashlib.sha256(self._secret().encode()).digest()))
