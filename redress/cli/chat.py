"""The conversation in a terminal, over the same HTTP calls as every other client."""

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import requests

from redress.cli.failing import failing
from redress.errors import RedressError
from redress.settings import settings

TIMEOUT_S = 60


class ChatFailed(RedressError):
    """The service refused, or cannot be reached."""

    code = "chat_failed"


class Client:
    """One conversation over HTTP."""

    def __init__(self, url: str, shop: str, locale: str) -> None:
        self._url = f"{url.rstrip('/')}/api/conversations"
        self._session = requests.Session()
        opened = self._call("POST", "", json={"shop": shop, "locale": locale})
        self._id = opened["id"]
        self._session.headers["Authorization"] = f"Bearer {opened['token']}"
        self.greeting: list[Mapping[str, Any]] = opened["greeting"]

    def say(self, **line: str) -> list[Mapping[str, Any]]:
        """Send a `text` or a `payload`; the replies."""
        body = {"client_id": str(uuid.uuid4()), **line}
        replies: list[Mapping[str, Any]] = self._call("POST", f"/{self._id}/messages", json=body)["replies"]
        return replies

    def upload(self, file: Path) -> list[Mapping[str, Any]]:
        """Send a file for the open question; the replies."""
        with file.open("rb") as content:
            form = {"client_id": str(uuid.uuid4())}
            sent = self._call("POST", f"/{self._id}/evidence", data=form, files={"file": content})
        replies: list[Mapping[str, Any]] = sent["replies"]
        return replies

    def _call(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        try:
            answer = self._session.request(method, self._url + path, timeout=TIMEOUT_S, **arguments)
            body: dict[str, Any] = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise ChatFailed(f"The desk at {self._url} does not answer; is `make run` running?") from error
        if not answer.ok:
            raise ChatFailed(body["error"]["message"])
        return body


@click.command()
@click.argument("shop")
@click.option("--url", help="The desk's address; the one of the settings when left out.")
@click.option("--locale", default="en", show_default=True, help="The buyer's language: en, zh-CN, es or ru.")
@failing
def chat(shop: str, url: str | None, locale: str) -> None:
    """Talk with the desk of SHOP. A number presses a button, the path of a file sends it, Ctrl-D ends."""
    client = Client(url or f"http://{settings().host}:{settings().port}", shop, locale)
    replies = client.greeting
    while True:
        for reply in replies:
            show(reply)
        try:
            line = click.prompt("you", prompt_suffix="> ").strip()
        except click.Abort:
            click.echo()
            return
        try:
            replies = answer(client, line, replies)
        except ChatFailed as failed:
            click.echo(f"! {failed.message}")
            replies = []


def show(reply: Mapping[str, Any]) -> None:
    """Print a reply and its choices."""
    click.echo(f"desk> {reply['text']}")
    for number, choice in enumerate(reply["choices"], start=1):
        click.echo(f"      [{number}] {choice['title']}")
    if reply["upload"]:
        click.echo("      (type the path of a file to send it)")


def answer(client: Client, line: str, replies: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What a typed line means: a button's number, a file's path where a file is asked for, or plain text."""
    choices = [choice for reply in replies for choice in reply["choices"]]
    if line.isdecimal() and 1 <= int(line) <= len(choices):
        return client.say(payload=choices[int(line) - 1]["payload"])
    path = Path(line).expanduser()
    if any(reply["upload"] for reply in replies) and len(line) < 1000 and path.is_file():
        return client.upload(path)
    return client.say(text=line)
