"""`redress assess`: a claim in, what the policy says of it out."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import click

from redress.policy.assess import assess as assess_claim
from redress.policy.claim import Claim
from redress.policy.errors import ClaimError, PackError
from redress.policy.fields import parse_json
from redress.policy.load import Packs, policies_directory
from redress.policy.pack import Pack
from redress.policy.parse import parse_claim
from redress.policy.vocabulary import LANGUAGES


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--batch", is_flag=True, help="FILE is JSON Lines: one claim on each line.")
@click.option("--explain", type=click.Choice(LANGUAGES), help="Add the sentences for the buyer, in this language.")
@click.option(
    "--policies",
    type=click.Path(path_type=Path),
    envvar="REDRESS_POLICIES",
    help="Where the policy packs are.  [default: data/policies]",
)
def assess(file: BinaryIO, batch: bool, explain: str | None, policies: Path | None) -> None:
    """Assess one claim (JSON in FILE or on standard input) by its shop's policy.

    Exit status 0 whatever the outcome; 2 for invalid input, with {"error": {"field", "message"}} on standard error.

    With --batch each line of input gives one line of output, in order; a line that is no valid claim gives its error
    in its place (and with its number on standard error), all others are assessed, and the exit status is 2 at the
    end. Blank lines are skipped.
    """
    try:
        packs = Packs(policies or policies_directory())
        failed = _batch(file, packs, explain) if batch else _single(file.read(), packs, explain)
    except PackError as error:
        failed = _complain({"error": {"field": "policies", "message": error.message}})
    sys.exit(2 if failed else 0)


def _single(content: bytes, packs: Mapping[str, Pack], language: str | None) -> bool:
    try:
        result = _assessed(parse_claim(parse_json(content), packs), packs, language)
    except ClaimError as error:
        return _complain(error.to_json())
    click.echo(json.dumps(result, ensure_ascii=not language, indent=2))
    return False


def _batch(lines: BinaryIO, packs: Mapping[str, Pack], language: str | None) -> bool:
    failed = False
    write = sys.stdout.write
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            result = _assessed(parse_claim(parse_json(line), packs), packs, language)
        except ClaimError as error:
            result = error.to_json()
            failed = _complain({"line": number, **result})
        write(json.dumps(result) + "\n")
    sys.stdout.flush()
    return failed


def _assessed(claim: Claim, packs: Mapping[str, Pack], language: str | None) -> dict[str, Any]:
    assessment = assess_claim(claim, packs[claim.shop])
    result = assessment.to_json()
    if language:
        from redress.policy.explain import explain  # Babel is slow to import

        result["explanation"] = explain(assessment, packs[claim.shop], language).lines()
    return result


def _complain(error: Mapping[str, Any]) -> bool:
    click.echo(json.dumps(error), err=True)
    return True
