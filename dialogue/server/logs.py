"""Logs of the dialogue process: one JSON object a line, and nothing that a buyer wrote.

Rasa hands message texts, senders and slot values to structlog as keyword arguments, and its own set-up prints the local
variables of every traceback. Here only the keys named in `SAFE_KEYS` leave the process, and tracebacks carry no locals.
"""

import logging
import os
import sys
from typing import Any, List, MutableMapping, Optional, TextIO

import structlog

SAFE_KEYS = frozenset({"event", "level", "logger", "timestamp", "exception", "event_info", "url", "status", "port"})

EventDict = MutableMapping[str, Any]


def keep_safe_keys(_: Any, __: str, event: EventDict) -> EventDict:
    """Drop every value whose key is not known to be free of message text (structlog processor)."""
    return {key: value for key, value in event.items() if key in SAFE_KEYS}


def configure(level_name: str, stream: Optional[TextIO] = None) -> int:
    """Send structlog's and the standard library's records to a stream (stdout) as JSON lines; return the level used.

    Debug is not offered: at that level Rasa formats message texts into the event sentences themselves.
    """
    level = max(logging.getLevelName(level_name.upper()), logging.INFO)
    os.environ["LOG_LEVEL"] = logging.getLevelName(level)  # Rasa's progress bars obey this alone
    shared: List[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[keep_safe_keys, structlog.processors.JSONRenderer()],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    logging.captureWarnings(True)
    for noisy in (
        "sanic.access",
        "apscheduler",
        "py.warnings",
    ):  # the last: deprecations within Rasa's pinned libraries
        logging.getLogger(noisy).setLevel(logging.ERROR)
    return level
