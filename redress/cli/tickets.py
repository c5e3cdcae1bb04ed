"""Looking at tickets: ticket, tickets."""

import json

import click

from redress.cli.failing import failing
from redress.settings import settings


@click.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Print the ticket whole, as JSON.")
@failing
def ticket(number: str, as_json: bool) -> None:
    """Show one ticket."""
    from redress.store.database import Database
    from redress.store.engine import make_engine
    from redress.store.tickets import ticket_json

    with Database(make_engine(settings().database_url)).read() as session:
        found = ticket_json(session, number.upper())
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for name in ("number", "state", "shop", "issue", "order_number", "outcome", "remedy", "created_at"):
        click.echo(f"{name.replace('_', ' '):<13} {found[name]}")
    for event in found["history"]:
        click.echo(f"  {event['at']}  {event['from'] or 'opened'} -> {event['to']} by {event['actor']}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--shop", help="Only this shop's.")
@click.option("--state", help="Only those in this state.")
@failing
def tickets(as_json: bool, shop: str | None, state: str | None) -> None:
    """List tickets, the newest first."""
    from redress.store.database import Database
    from redress.store.engine import make_engine
    from redress.store.tickets import list_tickets

    with Database(make_engine(settings().database_url)).read() as session:
        for found in list_tickets(session, shop=shop, state=state):
            line = json.dumps(found, ensure_ascii=False)
            click.echo(
                line if as_json else "{number}  {state:<18} {shop:<14} {issue:<20} {order_number}".format(**found)
            )
