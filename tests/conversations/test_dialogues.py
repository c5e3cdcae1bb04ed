"""Every scripted dialogue over HTTP, against the trained model."""

import pytest

from tests.conversations.scripts import Script, run, scripts
from tests.desk import Desk

pytestmark = pytest.mark.slow
SCRIPTS = list(scripts())


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.name for script in SCRIPTS])
def test_dialogue(desk: Desk, script: Script) -> None:
    run(desk, script)
