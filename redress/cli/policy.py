"""`redress policy`: check, read and compare the shops' policy packs."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from redress.policy import coverage as accounts
from redress.policy.changes import changes
from redress.policy.describe import Line, describe, describe_fee
from redress.policy.errors import PackError
from redress.policy.load import Examined, Packs, examine, policies_directory
from redress.policy.pack import Pack
from redress.policy.source import sentences_of

_DAY = click.DateTime(["%Y-%m-%d"])
_sources = click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the shops' own pages, <shop>.txt each.",
)


@click.group()
@click.option(
    "--policies",
    type=click.Path(path_type=Path),
    envvar="REDRESS_POLICIES",
    help="Where the policy packs are.  [default: data/policies]",
)
@click.pass_context
def policy(context: click.Context, policies: Path | None) -> None:
    """Check, read and compare the shops' policy packs."""
    context.obj = policies or policies_directory()


@policy.command()
@click.argument("shops", nargs=-1)
@_sources
@click.pass_obj
def check(directory: Path, shops: Sequence[str], sources: Path | None) -> None:
    """Check the packs of SHOPS (all, if none is named), and with --sources every reference against the shop's page.

    Each finding names file, line and what is allowed. Exit status 1 if there is any.
    """
    failed = False
    for shop in shops or _all(directory):
        examined = examine(directory / f"{shop}.yml")
        errors = [*examined.errors, *_disagreements(examined, sources)]
        for error in errors:
            click.echo(error.message, err=True)
        failed = failed or bool(errors)
        if not errors and examined.file:
            rules = sum(len(version.claims) for version in examined.file.versions)
            click.echo(f"{shop}: {rules} rules, {len(examined.file.coverage)} sentences, in order")
    sys.exit(1 if failed else 0)


@policy.command()
@click.argument("shops", nargs=-1)
@_sources
@click.option("--json", "as_json", is_flag=True, help="The numbers and the unmapped sentences, by shop.")
@click.pass_obj
def coverage(directory: Path, shops: Sequence[str], sources: Path | None, as_json: bool) -> None:
    """Show for each sentence of a shop's page the rules that encode it, or why none does.

    Exit status 1 if a sentence is unmapped.
    """
    found = {}
    for shop in shops or _all(directory):
        pack = _pack(directory, shop)
        found[shop] = accounts.coverage(pack.file, _source(sources, shop))
    totals = {shop: accounts.summary(lines) for shop, lines in found.items()}
    if as_json:
        click.echo(json.dumps(totals, indent=2))
    else:
        for shop, lines in found.items():
            _print_accounts(shop, lines, totals[shop])
    sys.exit(1 if any(total["unmapped"] for total in totals.values()) else 0)


@policy.command()
@click.argument("shop")
@click.option("--on", type=_DAY, help="The rules in force on this day (YYYY-MM-DD).  [default: the last]")
@click.pass_obj
def show(directory: Path, shop: str, on: datetime | None) -> None:
    """Print the rules of SHOP as tables, each line with the sentence of the page that it rests on."""
    pack = _pack(directory, shop)
    version = pack.on(on.date()) if on else pack.versions[-1]
    currency = pack.currency or "the order's currency"
    click.echo(f"{pack.name} ({shop}), rules from {version.name}, {pack.file.zone}, {currency}\n")
    for row in version.rows:
        _print_table(row.id, describe(row, version))
    _print_table("fees", [line for name, fee in version.fees.items() for line in describe_fee(name, fee)])
    questions = [version.fact(name) for name in version.fact_words]
    _print_table("questions", [Line(one.name, one.ask["en"], one.why.ref) for one in questions])
    evidence = [version.evidence_kind(kind) for kind in version.evidence_words]
    shown = [Line(one.kind, f"{one.label['en']}: {one.shows['en']}", one.why.ref) for one in evidence]
    _print_table("evidence", shown)
    _print_table("answers", [Line(one.topic, one.text["en"], one.clause.ref) for one in version.answers.values()])


@policy.command()
@click.argument("shop")
@click.argument("before", metavar="DATE1", type=_DAY)
@click.argument("after", metavar="DATE2", type=_DAY)
@click.pass_obj
def diff(directory: Path, shop: str, before: datetime, after: datetime) -> None:
    """Show what changes for whom between the rules of SHOP in force on DATE1 and on DATE2 (YYYY-MM-DD)."""
    pack = _pack(directory, shop)
    old, new = pack.on(before.date()), pack.on(after.date())
    found = changes(old, new)
    click.echo(f"{shop}: rules from {old.name} -> rules from {new.name}")
    for change in found:
        click.echo(f"\n{change.whom or change.about}")
        for line in change.removed:
            click.echo(f"  - {line}")
        for line in change.added:
            click.echo(f"  + {line}")
    if not found:
        click.echo("nothing changes")


@policy.command()
@click.argument("shop")
@click.argument("newtext", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def drift(directory: Path, shop: str, newtext: Path, as_json: bool) -> None:
    """List what NEWTEXT, an edited policy page of SHOP, changes, and the rules that each change touches."""
    found = accounts.drift(_pack(directory, shop).file, _read(newtext))
    if as_json:
        keys = ("kind", "old", "new", "text", "touches")
        click.echo(json.dumps([{key: getattr(one, key) for key in keys} for one in found], indent=2))
        return
    for one in found:
        place = " -> ".join(ref for ref in (one.old, one.new) if ref)
        click.echo(f"{one.kind} {place}{f': {one.text}' if one.text else ''}")
        if one.touches:
            click.echo(f"    touches {', '.join(one.touches)}")
    if not found:
        click.echo("nothing changed")


@policy.command()
@click.argument("text", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def sentences(text: Path) -> None:
    """Print every sentence of a shop's page (TEXT) with its `ref` and `print`, to write clauses from."""
    for one in sentences_of(_read(text)):
        click.echo(f"{one.ref:7} {one.print}  {one.text}")


@policy.command()
def schema() -> None:
    """Print the JSON Schema of the pack format (docs/policy-pack.schema.json)."""
    from redress.policy.schema import pack_schema

    click.echo(json.dumps(pack_schema(), indent=2, ensure_ascii=False))


def _or_stop[T](load: Callable[[], T]) -> T:
    try:
        return load()
    except PackError as error:
        click.echo(error.message, err=True)
        sys.exit(2)


def _all(directory: Path) -> list[str]:
    return list(_or_stop(lambda: Packs(directory)))


def _pack(directory: Path, shop: str) -> Pack:
    packs = _or_stop(lambda: Packs(directory))
    if shop not in packs:
        click.echo(f"unknown shop {shop!r}; allowed: {', '.join(packs)}", err=True)
        sys.exit(2)
    return _or_stop(lambda: packs[shop])


def _source(sources: Path | None, shop: str) -> str | None:
    if sources is None:
        return None
    return _read(sources / f"{shop}.txt")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        click.echo(f"{path}: cannot be read as text: {error}", err=True)
        sys.exit(2)


def _disagreements(examined: Examined, sources: Path | None) -> Iterator[PackError]:
    if examined.file and sources:
        source = _source(sources, examined.path.stem)
        for finding in accounts.disagreements(examined.file, source or ""):
            yield examined.error(finding)


def _print_accounts(shop: str, lines: Iterable[accounts.Account], total: dict[str, Any]) -> None:
    click.echo(f"{shop}: {total['mapped']} of {total['sentences']} sentences accounted for")
    for one in lines:
        what = ", ".join(one.by) or (f"({one.because.replace('_', ' ')})" if one.because else "UNMAPPED")
        click.echo(f"  {one.ref:7} {what}")
        if one.text:
            click.echo(f"          {one.text}")
    click.echo()


def _print_table(title: str, lines: Sequence[Line]) -> None:
    """A table of aspect, sentence of the page, and what the rule says."""
    if not lines:
        return
    wide, far = max(len(line.aspect) for line in lines), max(len(line.ref) for line in lines)
    click.echo(title)
    for line in lines:
        click.echo(f"  {line.aspect:{wide}}  {line.ref:{far}}  {line.says}")
    click.echo()
