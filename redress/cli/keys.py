"""The shops' API keys: key add, key revoke, key list."""

import click

from redress.cli.failing import failing
from redress.settings import settings
from redress.store.api_keys import SCOPES, ApiKey, ApiKeys


@click.group()
def key() -> None:
    """Keys with which a shop's own programs read and decide its tickets."""


@key.command()
@click.argument("shop")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES), help="What it opens; may be repeated.")
@failing
def add(shop: str, name: str, scopes: tuple[str, ...]) -> None:
    """Make the key NAME for SHOP and print it: it is shown this once."""
    from redress.bootstrap import now
    from redress.policy import load_packs
    from redress.web.auth import new_token

    packs = load_packs(settings().data_dir / "policies")
    if shop not in packs:
        raise click.BadParameter(f"there is {', '.join(packs)}", param_hint="SHOP")
    token, kept = new_token()
    _keys().add(ApiKey(name, shop, frozenset(scopes or SCOPES[:1])), kept, now())
    click.echo(token)


@key.command()
@click.argument("name")
@failing
def revoke(name: str) -> None:
    """Let the key NAME open nothing any more."""
    from redress.bootstrap import now

    _keys().revoke(name, now())


@key.command("list")
@failing
def list_() -> None:
    """List the keys."""
    for one, good in _keys().named():
        click.echo(f"{one.name:<20} {one.shop:<14} {' '.join(sorted(one.scopes))}{'' if good else '  (revoked)'}")


def _keys() -> ApiKeys:
    from redress.store.database import Database
    from redress.store.engine import make_engine

    return ApiKeys(Database(make_engine(settings().database_url)))
