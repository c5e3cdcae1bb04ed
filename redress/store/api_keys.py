"""The shops' API keys: shown once, kept as their hash."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from redress.errors import RedressError
from redress.store.database import Database
from redress.store.errors import NotFound
from redress.store.outbox_tables import ApiKeyRow

SCOPES = ("tickets:read", "tickets:decide", "tickets:lead")


class InvalidKey(RedressError):
    """A key that cannot be made; the message says why."""

    code = "invalid_key"


@dataclass(frozen=True)
class ApiKey:
    """What a key opens: one shop's tickets, in these ways."""

    name: str
    shop: str
    scopes: frozenset[str]


class ApiKeys:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, key: ApiKey, token_hash: str, at: datetime) -> None:
        """Keep a key. InvalidKey for a name that is taken or a scope that there is not."""
        wrong = sorted(key.scopes - set(SCOPES))
        if wrong or not key.scopes:
            raise InvalidKey(f"A key has one or more of the scopes {', '.join(SCOPES)}.", field="scope")
        row = ApiKeyRow(
            name=key.name,
            token_hash=token_hash,
            shop=key.shop,
            scopes=sorted(key.scopes),
            created_at=at,
            revoked_at=None,
        )
        try:
            with self._database.write() as session:
                session.add(row)
        except IntegrityError as error:
            raise InvalidKey(f"There has been a key {key.name!r}; choose another name.", field="name") from error

    def revoke(self, name: str, at: datetime) -> None:
        """Let a key open nothing any more. NotFound when there is none of that name."""
        with self._database.write() as session:
            row = session.get(ApiKeyRow, name)
            if row is None:
                raise NotFound(f"There is no key {name!r}.", field="name")
            row.revoked_at = row.revoked_at or at

    def named(self) -> list[tuple[ApiKey, bool]]:
        """Every key, and whether it is still good."""
        with self._database.read() as session:
            rows = session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.name))
            return [(_key(row), row.revoked_at is None) for row in rows]

    def by_hash(self, token_hash: str) -> ApiKey | None:
        """The key with that hash, unless it has been revoked."""
        with self._database.read() as session:
            row = session.scalar(
                select(ApiKeyRow).where(ApiKeyRow.token_hash == token_hash, ApiKeyRow.revoked_at.is_(None))
            )
            return _key(row) if row else None


def _key(row: ApiKeyRow) -> ApiKey:
    return ApiKey(row.name, row.shop, frozenset(row.scopes))
