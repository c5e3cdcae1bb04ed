"""Accounts: `redress channel`, and how their credentials are kept."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pydantic import SecretStr
from sqlalchemy import text

from redress.channels.base import Update
from redress.cli.channel import channel
from redress.settings import Settings, SettingsError, settings
from redress.store.channels import Channels, WrongKey
from redress.store.database import Database
from redress.store.engine import make_engine
from redress.store.errors import NotFound
from redress.store.migrate import migrate
from redress.store.updates import Arrived, Updates
from tests.channels.conftest import SHOP, Messaging
from tests.channels.standins import TOKEN

KEY = "a-key-of-the-tests-for-messaging-apps"
PUBLIC = "https://desk.example"


@pytest.fixture
def database(tmp_path: Path, messaging: Messaging, monkeypatch: pytest.MonkeyPatch) -> Database:
    url = f"sqlite:///{tmp_path / 'redress.db'}"
    monkeypatch.setenv("REDRESS_DATABASE_URL", url)
    monkeypatch.setenv("REDRESS_CHANNEL_KEY", KEY)
    monkeypatch.setenv("REDRESS_PUBLIC_URL", PUBLIC)
    monkeypatch.setenv("REDRESS_CHANNEL_APIS", json.dumps({app: api.url for app, api in messaging.apis.items()}))
    settings.cache_clear()
    made = Database(make_engine(url))
    migrate(made.engine)
    return made


@pytest.fixture(autouse=True)
def _afterwards():  # type: ignore[no-untyped-def]
    yield
    settings.cache_clear()


def run(*words: str) -> Result:
    return CliRunner().invoke(channel, list(words))


def test_telegram_is_added_checked_listed_and_removed(database: Database, messaging: Messaging) -> None:
    done = run("add", "telegram", "--shop", SHOP, "--token", TOKEN)
    assert done.exit_code == 0, done.output
    webhook = messaging.apis["telegram"].webhook
    assert webhook["url"] == f"{PUBLIC}/channels/telegram/{SHOP}"
    assert set(webhook["allowed_updates"]) == {"message", "edited_message", "callback_query"}
    kept = Channels(database, lambda: KEY).credentials("telegram", SHOP)
    assert kept == {"token": TOKEN, "secret": webhook["secret_token"]}
    assert run("list").output.split() == ["telegram", SHOP, "webhook"]
    assert run("remove", "telegram", "--shop", SHOP).exit_code == 0
    assert messaging.apis["telegram"].webhook == {}
    assert run("list").output == ""


def test_a_polled_account_has_no_webhook(database: Database, messaging: Messaging) -> None:
    messaging.apis["telegram"].webhook = {"url": "https://old.example"}
    assert run("add", "telegram", "--shop", SHOP, "--token", TOKEN, "--poll").exit_code == 0
    assert messaging.apis["telegram"].webhook == {}
    assert run("list").output.split() == ["telegram", SHOP, "polled"]


def test_meta_apps_say_what_is_left_to_do(database: Database) -> None:
    given = ("--token", TOKEN, "--app-secret", "s")
    whatsapp = run("add", "whatsapp", "--shop", SHOP, *given, "--phone-number-id", "106540352242922", "--template", "t")
    messenger = run("add", "messenger", "--shop", SHOP, *given)
    for done, app in ((whatsapp, "whatsapp"), (messenger, "messenger")):
        assert done.exit_code == 0, done.output
        assert f"{PUBLIC}/channels/{app}/{SHOP}" in done.output
        assert Channels(database, lambda: KEY).credentials(app, SHOP)["secret"] in done.output


def test_a_refused_token_leaves_no_account(database: Database) -> None:
    done = run("add", "telegram", "--shop", SHOP, "--token", "1:wrong")
    assert done.exit_code == 1
    assert "401" in done.output
    assert run("list").output == ""


def test_an_account_that_works_stays_where_a_new_token_is_refused(database: Database) -> None:
    assert run("add", "telegram", "--shop", SHOP, "--token", TOKEN, "--poll").exit_code == 0
    assert run("add", "telegram", "--shop", SHOP, "--token", "1:wrong").exit_code == 1
    assert Channels(database, lambda: KEY).credentials("telegram", SHOP)["token"] == TOKEN
    assert run("list").output.split() == ["telegram", SHOP, "polled"]


def test_a_database_without_its_tables_is_named(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDRESS_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    settings.cache_clear()
    done = run("list")
    assert done.exit_code == 1
    assert "redress migrate" in done.output
    assert "Traceback" not in done.output


def test_an_app_that_cannot_be_reached_is_named(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDRESS_CHANNEL_APIS", json.dumps({"telegram": "http://127.0.0.1:9"}))
    settings.cache_clear()
    done = run("add", "telegram", "--shop", SHOP, "--token", TOKEN)
    assert done.exit_code == 1
    assert "telegram cannot be reached at http://127.0.0.1:9" in done.output
    assert run("list").output == ""


def test_an_account_goes_though_its_token_was_revoked_or_the_key_is_another(
    database: Database, messaging: Messaging, monkeypatch: pytest.MonkeyPatch
) -> None:
    channels = Channels(database, lambda: KEY)
    channels.put("telegram", SHOP, {"token": "1:revoked", "secret": "s"}, messaging.parts.clock(), polled=False)
    done = run("remove", "telegram", "--shop", SHOP)
    assert (done.exit_code, "401" in done.output) == (0, True)
    channels.put("telegram", SHOP, {"token": TOKEN, "secret": "s"}, messaging.parts.clock(), polled=False)
    monkeypatch.setenv("REDRESS_CHANNEL_KEY", KEY + "!")
    settings.cache_clear()
    done = run("remove", "telegram", "--shop", SHOP)
    assert (done.exit_code, "REDRESS_CHANNEL_KEY is not the key" in done.output) == (0, True)
    assert run("list").output == ""


@pytest.mark.parametrize(
    "words", [("add", "whatsapp", "--shop", SHOP, "--poll"), ("add", "telegram", "--shop", "nowhere", "--token", "x")]
)
def test_what_cannot_be_is_refused_before_anything_is_asked(database: Database, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_what_was_not_answered_is_listed_and_tried_again(database: Database, messaging: Messaging) -> None:
    updates, at = Updates(database), messaging.parts.clock()
    updates.keep([Arrived("telegram", SHOP, Update("7", "5001", 7, {"update_id": 7}))], at)
    taken = updates.take(at)
    assert taken
    updates.later(taken, at, None)
    number = run("dead").output.split()[0]
    assert "telegram" in run("dead").output
    assert run("again", number).exit_code == 0
    assert run("dead").output == ""
    assert updates.take(messaging.parts.clock())
    assert run("again", number).exit_code == 1


def test_credentials_cannot_be_read_from_the_database(database: Database, messaging: Messaging) -> None:
    Channels(database, lambda: KEY).put("telegram", SHOP, {"token": TOKEN}, messaging.parts.clock(), polled=False)
    with database.read() as session:
        stored = session.execute(text("SELECT credentials FROM channels")).scalar_one()
    assert TOKEN not in stored
    with pytest.raises(WrongKey):
        Channels(database, lambda: KEY + "!").credentials("telegram", SHOP)
    with pytest.raises(NotFound):
        Channels(database, lambda: KEY).credentials("whatsapp", SHOP)


def test_production_needs_a_key_of_its_own() -> None:
    made = Settings(environment="production", secret=SecretStr("s" * 40), _env_file=None)
    with pytest.raises(SettingsError, match="REDRESS_CHANNEL_KEY"):
        made.channel_secret()
