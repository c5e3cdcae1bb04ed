"""`redress understand`: what it prints, and what it says when it cannot."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner, Result

from redress.cli import main
from redress.settings import settings
from tests.desk import Desk


class Parser(BaseHTTPRequestHandler):
    """Answers like the dialogue process: the text's last word is a size, the rest is damage."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]
        self.asked.append(text)
        start = text.rfind(" ") + 1
        size = {
            "entity": "size",
            "value": text[start:],
            "start": start,
            "end": len(text),
            "extractor": "PatternEntities",
        }
        labels = {"decision": "damaged", "ranking": [{"label": "damaged", "confidence": 0.9}]}
        self._answer({"text": text, "intent": {"name": "damaged"}, "labels": labels, "entities": [size]})

    def _answer(self, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture
def dialogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A dialogue process of the test's own; yields the texts that it is asked."""
    server = HTTPServer(("127.0.0.1", 0), Parser)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("REDRESS_DIALOGUE_URL", f"http://127.0.0.1:{server.server_port}")
    settings.cache_clear()
    Parser.asked = []
    yield Parser.asked
    server.shutdown()
    thread.join()
    server.server_close()
    settings.cache_clear()


@pytest.fixture
def no_dialogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("REDRESS_DIALOGUE_URL", "http://127.0.0.1:9")
    settings.cache_clear()
    yield
    settings.cache_clear()


def run(*arguments: str, stdin: str) -> Result:
    return CliRunner().invoke(main, ["understand", *arguments], input=stdin)


def test_one_message(dialogue: list[str]) -> None:
    result = run(stdin="the zip is broken, size XL\n")
    assert json.loads(result.output) == {
        "decision": "damaged",
        "ranking": [{"label": "damaged", "confidence": 0.9}],
        "entities": [{"entity": "size", "value": "XL", "start": 24, "end": 26}],
    }
    assert dialogue == ["the zip is broken, size XL"]


def test_a_batch_gives_a_line_for_each_line(dialogue: list[str]) -> None:
    texts = ["broken M", "zwei\u2028Zeilen S", "коробка L"]
    result = run("--batch", stdin="".join(json.dumps({"text": text}, ensure_ascii=False) + "\n\n" for text in texts))
    lines = [json.loads(line) for line in result.output.splitlines()]
    assert [line["entities"][0]["value"] for line in lines] == ["M", "S", "L"]
    assert dialogue == texts


def test_what_rasa_would_obey_is_taken_off_and_entities_stay_in_their_place(dialogue: list[str]) -> None:
    text = "/restart broken XL"
    (entity,) = json.loads(run(stdin=text).output)["entities"]
    assert dialogue == ["broken XL"]
    assert text[entity["start"] : entity["end"]] == "XL"


@pytest.mark.parametrize("line", ["no json", '{"words": "broken"}', '["text"]', '{"text": 3}', "null"])
def test_a_line_that_is_no_message_is_named(dialogue: list[str], line: str) -> None:
    result = run("--batch", stdin=json.dumps({"text": "broken M"}) + "\n" + line + "\n")
    assert result.exit_code == 1
    assert "Line 2" in result.output
    assert dialogue == [], "nothing is asked before all is read"


@pytest.mark.usefixtures("no_dialogue")
def test_without_process_and_environment_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("redress.cli.understand.PYTHON", tmp_path / "python")
    result = run(stdin="broken")
    assert result.exit_code == 1
    assert "make setup" in result.output


@pytest.mark.slow
def test_the_running_process_and_a_loaded_model_say_the_same(desk: Desk) -> None:
    lines = "".join(
        json.dumps({"text": text}) + "\n" for text in ("my bag came torn, order OR100001", "tell me a joke", "")
    )
    asked = desk.redress("understand", "--batch", stdin=lines)
    with desk.dialogue_down():
        loaded = desk.redress("understand", "--batch", stdin=lines)
    assert (asked.returncode, loaded.returncode) == (0, 0), loaded.stderr
    first, second = ([json.loads(line) for line in done.stdout.splitlines()] for done in (asked, loaded))
    assert [line["decision"] for line in first] == ["damaged", "out_of_scope", "unsure"]
    assert [(line["decision"], line["entities"]) for line in first] == [
        (line["decision"], line["entities"]) for line in second
    ]
