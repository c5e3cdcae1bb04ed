"""`redress understand`: what a message is taken for, in the label words that it is measured by."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

import click
import requests

from redress.claims.turn import escape
from redress.cli.failing import failing
from redress.errors import RedressError
from redress.settings import ROOT, settings

TIMEOUT_S = 30
PYTHON = ROOT / "dialogue" / ".venv" / "bin" / "python"


class NothingUnderstands(RedressError):
    """No dialogue process answers, and none can be started for the question."""

    code = "dialogue_unavailable"


class InvalidLine(RedressError):
    """A line of a batch is no JSON object with a text."""

    code = "invalid_message"


@click.command()
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.option("--batch", is_flag=True, help='FILE is JSON Lines of {"text"}: one message on each line.')
@failing
def understand(file: TextIO, batch: bool) -> None:
    """Understand one message (FILE or standard input), or with --batch many.

    Answers {"decision", "ranking": [{"label", "confidence"}], "entities": [{"entity", "value", "start", "end"}]}, one
    line of it for each line of a batch. The decision is a label, out_of_scope or unsure. The running dialogue process
    is asked; where none runs, the model is loaded for the question.
    """
    content = file.read()
    texts = [_text(line, number) for number, line in _lines(content)] if batch else [content.strip()]
    for answer in map(_answer, texts, _parsed([escape(text) for text in texts])):
        click.echo(json.dumps(answer, ensure_ascii=False))


def _lines(content: str) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(content.split("\n"), 1) if line.strip())


def _text(line: str, number: int) -> str:
    try:
        text = json.loads(line)["text"]
    except (ValueError, KeyError, TypeError):
        text = None
    if not isinstance(text, str):
        raise InvalidLine(f'Line {number} is no JSON object with a "text".', field="text")
    return text


def _parsed(texts: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """What Rasa understands of each text: asked of the running process, else of a model loaded for it."""
    url = f"{settings().dialogue_url.rstrip('/')}/model/parse"
    with requests.Session() as session:
        try:
            session.get(settings().dialogue_url, timeout=TIMEOUT_S)
        except requests.ConnectionError:
            yield from _by_loading(texts)
            return
        for text in texts:
            answer = session.post(url, json={"text": text}, timeout=TIMEOUT_S)
            answer.raise_for_status()
            yield answer.json()


def _by_loading(texts: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    if not PYTHON.exists():
        raise NothingUnderstands("No dialogue process answers and its environment is not built: run `make setup`.")
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    command = [str(PYTHON), "-W", "ignore", "-m", "dialogue.understand"]
    done = subprocess.run(command, input=lines, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True)  # noqa: S603
    if done.returncode:
        raise NothingUnderstands("No dialogue process answers, and the model could not be loaded: run `make train`.")
    return map(json.loads, done.stdout.splitlines())


def _answer(text: str, parsed: Mapping[str, Any]) -> Mapping[str, Any]:
    removed = len(text) - len(escape(text)) if text.endswith(escape(text)) else 0
    entities = [
        {key: entity[key] for key in ("entity", "value", "start", "end", "negated") if key in entity}
        for entity in parsed["entities"]
    ]
    for entity in entities:
        entity.update(start=entity["start"] + removed, end=entity["end"] + removed)
    return {**parsed["labels"], "entities": entities}
