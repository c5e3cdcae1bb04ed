"""Every scripted dialogue over HTTP, against the trained model."""

import pytest

from tests.conversations.scripts import Script, run, scripts
from tests.desk import Desk

pytestmark = pytest.mark.slow
SCRIPTS = list(scripts())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_dialogue(desk: Desk, script: Script) -> None:
    run(desk, script)
