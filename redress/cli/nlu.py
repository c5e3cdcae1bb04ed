"""`redress nlu`: training examples from what buyers wrote."""

from pathlib import Path

import click

from redress.cli.failing import failing


@click.group()
def nlu() -> None:
    """Training examples from what buyers wrote."""


@nlu.command()
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="[default: data/nlu/from_use.yml]")
@failing
def export(to: Path | None) -> None:
    """Write the lines that reviewers have labelled in the console as training examples, for review.

    E-mail addresses and numbers are replaced; what the training data already has, and what is not English, is left
    out. The file is written anew each time: look at the difference before it is committed.
    """
    from redress.examples import write_examples
    from redress.settings import settings
    from redress.store.database import Database
    from redress.store.engine import make_engine
    from redress.store.learning import Misunderstood

    folder = settings().data_dir / "nlu"
    target = to or folder / "from_use.yml"
    labelled = Misunderstood(Database(make_engine(settings().database_url))).labelled()
    written, left_out = write_examples(labelled, folder, target)
    click.echo(f"{written} examples are in {target}; {left_out} were left out.")
