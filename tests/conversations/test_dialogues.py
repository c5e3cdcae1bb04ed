"""Every scripted dialogue over HTTP, against the trained model.

`open.yml` names the dialogues that the desk does not get through yet, each with what is wrong: they are played all the
same, and said to pass once they do.
"""

from pathlib import Path

import pytest
import yaml

from tests.conversations.scripts import Script, run, scripts
from tests.desk import Desk

pytestmark = pytest.mark.slow
SCRIPTS = list(scripts())
OPEN: dict[str, str] = yaml.safe_load((Path(__file__).parent / "open.yml").read_text("utf-8")) or {}


def marks(script: Script) -> list[pytest.MarkDecorator]:
    """A dialogue that is known not to work yet may fail."""
    return [pytest.mark.xfail(reason=OPEN[script.name], strict=False)] if script.name in OPEN else []


def test_every_open_dialogue_is_one_of_the_scripts() -> None:
    assert set(OPEN) <= {script.name for script in SCRIPTS}


@pytest.mark.parametrize("script", [pytest.param(one, id=one.name, marks=marks(one)) for one in SCRIPTS])
def test_dialogue(desk: Desk, script: Script) -> None:
    run(desk, script)
