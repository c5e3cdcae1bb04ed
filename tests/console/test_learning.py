"""From a line that was not understood to a training example."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from redress.bootstrap import Parts
from redress.examples import plain, write_examples
from redress.settings import ROOT
from redress.store.learning import Missed, Misunderstood
from redress.store.tables import MessageRow
from tests.console.people import Person
from tests.ticketing import TicketDesk

GUESSES = [("damaged", 0.41), ("defective", 0.33)]


@pytest.fixture
def missed(parts: Parts, tickets: TicketDesk) -> int:
    """The id of a line that was not understood."""
    conversation = tickets.converse()
    with parts.database.write() as session:
        row = MessageRow(
            conversation_id=conversation.id,
            author="buyer",
            text="the zip is all wonky, write me at me.too@shop.example about order 20394",
            answered=True,
            created_at=parts.clock(),
        )
        session.add(row)
        session.flush()
        id_ = row.id
    Misunderstood(parts.database).note(id_, GUESSES)
    Misunderstood(parts.database).note(id_, [("other", 1.0)])  # told twice, kept once
    return id_


def redress(parts: Parts, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """A command on the tests' database."""
    env = {**os.environ, "REDRESS_DATABASE_URL": parts.database.engine.url.render_as_string(hide_password=False)}
    command = [sys.executable, "-c", "from redress.cli import main; main()", *arguments]
    return subprocess.run(command, env=env, input=stdin, capture_output=True, text=True, cwd=ROOT, check=False)


def test_a_line_is_listed_with_the_guesses_until_it_is_labelled(rosa: Person, parts: Parts, missed: int) -> None:
    page = rosa.get("/learning").text
    assert f'id="line-{missed}"' in page
    assert "41 %" in page
    assert rosa.post(f"/learning/{missed}", label="no such intent").status_code == 422
    assert rosa.post(f"/learning/{missed}", label="defective").status_code == 303
    assert f'id="line-{missed}"' not in rosa.get("/learning").text


def test_what_teaches_nothing_is_put_away(rosa: Person, parts: Parts, missed: int) -> None:
    rosa.post(f"/learning/{missed}")
    assert f'id="line-{missed}"' not in rosa.get("/learning").text
    assert missed not in {one.message_id for one in Misunderstood(parts.database).labelled()}


def test_labelled_lines_are_exported_without_personal_data(
    rosa: Person, parts: Parts, missed: int, tmp_path: Path
) -> None:
    rosa.post(f"/learning/{missed}", label="defective")
    target = tmp_path / "from_use.yml"
    done = redress(parts, "nlu", "export", "--to", str(target))
    assert done.returncode == 0, done.stderr
    entries = {entry["intent"]: entry["examples"] for entry in yaml.safe_load(target.read_text())["nlu"]}
    assert "- the zip is all wonky, write me at me@example.com about order 12345\n" in entries["defective"]


def test_what_the_training_data_has_already_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "claims.yml").write_text('version: "3.1"\nnlu:\n- intent: damaged\n  examples: |\n    - It broke!\n')
    lines = [line("it broke"), line("the cup is in two"), line("The cup is in two."), line("el zip no va", "es")]
    assert write_examples(lines, tmp_path, tmp_path / "from_use.yml") == (1, 3)
    assert write_examples(lines, tmp_path, tmp_path / "from_use.yml") == (1, 3)  # its own examples do not count
    written = yaml.safe_load((tmp_path / "from_use.yml").read_text())
    assert written["nlu"] == [{"intent": "damaged", "examples": "- the cup is in two\n"}]


def test_nothing_in_an_example_means_something_to_rasa() -> None:
    assert plain("/restart [my bag](item)\n{x}") == "restart (my bag)(item) (x)"


def line(text: str, language: str = "en") -> Missed:
    return Missed(1, "c", "1688order", language, text, datetime.now(UTC), (), "damaged")


def test_accounts_are_added_from_the_command_line(parts: Parts, url: str) -> None:
    done = redress(parts, "user", "add", "carla", "--role", "lead", "--password-stdin", stdin="correct horse battery\n")
    assert done.returncode == 0, done.stderr
    with Person(url, parts, "carla", "lead") as carla:
        assert carla.get("/undelivered").status_code == 200
    again = redress(parts, "user", "add", "carla", "--password-stdin", stdin="correct horse battery\n")
    assert again.returncode == 1
    assert "carla already" in again.stderr
    short = redress(parts, "user", "add", "dora", "--password-stdin", stdin="short\n")
    assert short.returncode == 1
    assert "12 characters" in short.stderr
