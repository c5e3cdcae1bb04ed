"""A buyer's data: erase, export."""

from dataclasses import replace
from pathlib import Path

import click

from redress.cli.failing import failing
from redress.settings import settings


@click.command()
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
@failing
def erase(email: str, yes: bool) -> None:
    """Forget the buyer with the address EMAIL: messages, evidence, claims, trackers. What the books need stays.

    What cannot be reached now (the dialogue process, the evidence storage) is seen to by the worker.
    """
    from redress.bootstrap import assemble
    from redress.claims.tickets import Actor

    parts = assemble(settings())
    found = parts.privacy.subject(email)
    told = f"{len(found.tickets)} tickets, {len(found.conversations)} conversations"
    if not yes:
        click.confirm(f"{told}: erase them for good?", abort=True)
    parts.privacy.erase(email, Actor("operator", "admin"), parts.clock())
    sender = replace(parts.sender, receivers={name: parts.sender.receivers[name] for name in ("files", "tracker")})
    while sender.send_one():
        pass
    parts.close()
    click.echo(f"{told} erased.")


@click.command()
@click.argument("email")
@click.option("--to", type=click.Path(path_type=Path), help="The file; redress-export.zip when left out.")
@failing
def export(email: str, to: Path | None) -> None:
    """Write all that is kept of the buyer with the address EMAIL into a zip: data.json, and the evidence as files."""
    from redress.bootstrap import assemble
    from redress.export import write_export

    parts = assemble(settings())
    file = to or Path("redress-export.zip")
    with file.open("wb") as target:
        count = write_export(target, email, parts.privacy, parts.storage)
    parts.close()
    click.echo(f"{file}: {count} files of evidence.")
