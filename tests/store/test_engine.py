"""The engine: what its errors do not tell."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from redress.store.database import Database


def test_an_error_does_not_tell_what_was_to_be_stored(database: Database) -> None:
    with pytest.raises(SQLAlchemyError) as raised, database.write() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": "buyer@example.com"})
    assert "buyer@example.com" not in str(raised.value)
