"""`redress user`: accounts of the console."""

import sys

import click

from redress.cli.failing import failing

ROLES = ("reviewer", "lead", "admin")  # as redress.store.accounts has them, which is not imported for --help alone


@click.group()
def user() -> None:
    """Accounts of the console."""


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reviewer", show_default=True, help="What they may do.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking for it.")
@click.option("--no-password", is_flag=True, help="For who signs in by OpenID Connect: NAME is their e-mail address.")
@failing
def add(name: str, role: str, password_stdin: bool, no_password: bool) -> None:
    """Add an account NAME; the password is asked for, twice."""
    from redress.bootstrap import now
    from redress.settings import settings
    from redress.store.accounts import Accounts
    from redress.store.database import Database
    from redress.store.engine import make_engine

    password = None if no_password else _password(password_stdin)
    Accounts(Database(make_engine(settings().database_url))).add(name, role, password, now())  # type: ignore[arg-type]
    click.echo(f"{name} may use the console as {role}.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked
