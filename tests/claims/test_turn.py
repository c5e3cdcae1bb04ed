"""What reaches the dialogue process of what a buyer writes: text that it cannot take for a command."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redress.claims.turn import COMMAND, NOTHING, InvalidMessage, content_hash, escape
from tests.claims.talk import World

ANYTHING = st.text(max_size=80)
COMMANDS = st.sampled_from(["/", "/restart", '/greet{"a": 1}', "EXTERNAL:", "EXTERNAL: ", " /", "//", "\t/x ", "\n"])


@given(st.lists(COMMANDS | ANYTHING, max_size=6).map("".join))
def test_no_text_is_a_command_to_the_dialogue(text: str) -> None:
    escaped = escape(text)
    assert escaped
    assert not escaped.lstrip().startswith("/")
    assert not escaped.lstrip().startswith("EXTERNAL:")


@given(ANYTHING)
def test_all_else_is_unchanged(text: str) -> None:
    if not COMMAND.match(text) and text:
        assert escape(text) == text


@given(COMMANDS | ANYTHING)
def test_what_is_escaped_stays_escaped(text: str) -> None:
    assert escape(escape(text)) == escape(text)


@given(st.lists(COMMANDS, max_size=4).map("".join), st.from_regex(re.compile(r"[a-z][a-z ]*[a-z]"), fullmatch=True))
def test_what_follows_a_command_is_kept(commands: str, text: str) -> None:
    assert escape(f"{commands} {text}").endswith(text)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("/restart", NOTHING),
        ("/restart now please", "now please"),
        ("EXTERNAL: greet", "greet"),
        ("and/or", "and/or"),
        ("1/2 of it", "1/2 of it"),
        ("/ / /deny no", "no"),
        ("  hello ", "  hello "),
        ("", NOTHING),
    ],
)
def test_commands_are_taken_away(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize("text", ["", "   ", "\n", "x" * 4001])
def test_what_cannot_be_taken_is_refused_with_the_reason(world: World, text: str) -> None:
    talk = world.talk()
    before = talk.state
    with pytest.raises(InvalidMessage) as refused:
        talk.hear(text)
    assert refused.value.field == "text"
    assert talk.state == before


@given(ANYTHING, ANYTHING)
def test_a_text_is_never_taken_for_a_choice(text: str, other: str) -> None:
    assert content_hash(text, None) != content_hash("", text)
    assert (content_hash(text, None) == content_hash(other, None)) == (text == other)


def test_a_line_sent_twice_takes_effect_once(world: World) -> None:
    talk = world.talk().hear("it is broken", "damaged", client_id="line-1")
    said, version = talk.replies, talk.state.version
    talk.hear("it is broken", "damaged", client_id="line-1")
    assert talk.replies == said
    assert talk.state.version == version


def test_a_nul_which_postgresql_cannot_keep_is_left_out(world: World) -> None:
    talk = world.talk().hear("some\0thing is \0missing")
    said = [line["text"] for line in talk.world.transcripts.transcript(talk.id) if line["author"] == "buyer"]
    assert said == ["something is missing"]
