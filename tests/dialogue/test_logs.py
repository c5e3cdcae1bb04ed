"""The dialogue process's logs: no word of a buyer's at any level, and no progress bars in a training."""

import io
import logging
import sys

import pytest
import structlog

from dialogue.server import logs

SECRET = "my zebra-striped umbrella never came"


@pytest.fixture(autouse=True)
def as_before():
    """Logs as conftest.py set them, for the tests after these."""
    yield
    logs.configure("WARNING", stream=sys.__stderr__)


@pytest.mark.parametrize("level", ["debug", "INFO", "WARNING"])
def test_no_message_text_is_logged(parse, level):
    stream = io.StringIO()
    logs.configure(level, stream)
    structlog.get_logger().warning("marker", text=SECRET, event_info="kept")
    logging.getLogger("rasa.core").warning("standard library")
    parse([SECRET])
    written = stream.getvalue()
    assert "zebra" not in written
    assert "marker" in written
    assert "standard library" in written


def test_rasas_progress_bars_follow_the_level():
    from rasa.shared.utils.io import is_logging_disabled

    logs.configure("WARNING", io.StringIO())
    assert is_logging_disabled()
    logs.configure("INFO", io.StringIO())
    assert not is_logging_disabled()
