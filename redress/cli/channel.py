"""Shops' accounts in messaging apps, and what of them was not answered: channel add, list, remove, dead, again."""

import secrets
from typing import TYPE_CHECKING

import click

from redress.channels import APPS
from redress.channels.base import CannotRegister
from redress.claims.outbox import Doubtful, TryLater
from redress.cli.failing import failing
from redress.errors import RedressError
from redress.settings import settings
from redress.store.errors import NotFound

if TYPE_CHECKING:
    from redress.channels.base import Account
    from redress.store.channels import Channels
    from redress.store.database import Database
    from redress.store.updates import Updates

APP = click.Choice(list(APPS))
OPTIONS = {
    "token": "Telegram: the bot's token; Meta: the access token.",
    "app_secret": "The secret of Meta's app, which signs its webhooks.",
    "phone_number_id": "WhatsApp: the id of the phone number (not the number).",
    "template": "WhatsApp: an approved template with one parameter in its body, for news after 24 hours.",
}


@click.group()
def channel() -> None:
    """The same desk in messaging apps."""


@channel.command()
@click.argument("app", type=APP)
@click.option("--shop", required=True, help="Whose desk answers there.")
@click.option("--token", help=OPTIONS["token"])
@click.option("--app-secret", help=OPTIONS["app_secret"])
@click.option("--phone-number-id", help=OPTIONS["phone_number_id"])
@click.option("--template", help=OPTIONS["template"])
@click.option("--poll", is_flag=True, help="Ask for updates: for a machine without a public address.")
@failing
def add(app: str, shop: str, poll: bool, **given: str | None) -> None:
    """Check the account of SHOP in APP, keep it encrypted, and have its updates come here.

    What APP needs and was not given is asked for, so that it need not stand in the shell's history.
    """
    from redress.bootstrap import now
    from redress.policy import load_packs

    packs, module = load_packs(settings().data_dir / "policies"), APPS[app]
    if shop not in packs:
        raise click.BadParameter(f"there is {', '.join(packs)}", param_hint="--shop")
    if poll and not module.polls:
        raise click.UsageError(f"{app} cannot be polled; it needs a public address.")
    url = f"{settings().public_url.rstrip('/')}/channels/{app}/{shop}"
    if not poll and not url.startswith("https://"):
        raise click.UsageError("Set REDRESS_PUBLIC_URL to the desk's public https address, or use --poll.")
    asked = {name: given[name] or click.prompt(OPTIONS[name], hide_input=True) for name in module.needs}
    credentials = {**asked, "secret": secrets.token_urlsafe(32)}
    channels = _channels()
    before = channels.sealed(app, shop)
    channels.put(app, shop, credentials, now(), polled=poll)  # first: updates may come as soon as it is registered
    account = _account(app, shop)
    try:
        click.echo(module.register(account, "" if poll else url))
    except BaseException as error:
        channels.put_back(app, shop, before)  # an account that works stays, whatever was typed for the new one
        if isinstance(error, TryLater | Doubtful):
            raise CannotRegister(f"{app} cannot be reached at {account.base} ({error.message}).") from error
        raise


@channel.command("list")
@failing
def list_() -> None:
    """List the accounts."""
    for app, shop, cursor in _channels().listed():
        click.echo(f"{app:<10} {shop:<14} {'webhook' if cursor is None else 'polled'}")


@channel.command()
@click.argument("app", type=APP)
@click.option("--shop", required=True, help="Whose account it is.")
@failing
def remove(app: str, shop: str) -> None:
    """Have no more updates sent here, and forget the account."""
    channels = _channels()
    try:
        APPS[app].unregister(_account(app, shop))
    except NotFound:
        raise
    except RedressError as error:  # a token that was revoked, or another key: the account is to go all the same
        click.echo(
            f"{app} could not be told, and may go on sending updates, which are refused: {error.message}", err=True
        )
    channels.remove(app, shop)


@channel.command()
@failing
def dead() -> None:
    """List what buyers sent and no turn could be taken for: its number, when, where, and how often it was tried."""
    for one in _updates().dead():
        click.echo("{id:<8} {created_at}  {app:<10} {shop:<14} {chat}  {tries} tries".format_map(one))


@channel.command()
@click.argument("number", type=int)
@failing
def again(number: int) -> None:
    """Have the worker try a turn once more for what `channel dead` lists under NUMBER."""
    from redress.bootstrap import now

    _updates().again(number, now())


def _account(app: str, shop: str) -> "Account":
    from redress.bootstrap import accounts

    return accounts(settings(), _channels())(app, shop)


def _channels() -> "Channels":
    from redress.store.channels import Channels

    return Channels(_database(), settings().channel_secret)


def _updates() -> "Updates":
    from redress.store.updates import Updates

    return Updates(_database())


def _database() -> "Database":
    from redress.store.database import Database
    from redress.store.engine import make_engine

    return Database(make_engine(settings().database_url))
