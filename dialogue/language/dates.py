"""Days in words, read against the buyer's clock."""

import re
from datetime import date, datetime, timezone
from functools import lru_cache
from typing import Any, Mapping, Optional, Tuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateparser.date import DateDataParser

Rewrites = Tuple[Tuple["re.Pattern[str]", str], ...]


def clock(metadata: Optional[Mapping[str, Any]]) -> datetime:
    """Return the buyer's present time from a message's metadata (`now`, ISO with offset; `time_zone`, IANA name).

    Without `now` it is this machine's clock, without a known zone UTC.
    """
    values = metadata or {}
    try:
        zone: Any = ZoneInfo(values.get("time_zone") or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        zone = timezone.utc
    now = datetime.fromisoformat(values["now"]) if values.get("now") else datetime.now(timezone.utc)
    return now.astimezone(zone)


def resolve(words: str, now: datetime, month_first: bool, rewrites: Rewrites) -> Optional[date]:
    """Return the day that the words mean at the moment `now`, None if they mean none; it lies in the past if it can.

    `12/03` is read with the day first unless `month_first`.
    """
    text = words
    for pattern, replacement in rewrites:
        text = pattern.sub(replacement, text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass  # not written as ISO does
    # dateparser makes itself ready for each moment that it is given, which takes longer than the reading; people count
    # in whole hours at the least, and whole hours back from the beginning of one lead to the same day
    return _read(text, now.replace(minute=0, second=0, microsecond=0, tzinfo=None), month_first)


@lru_cache(maxsize=1000)
def _read(text: str, now: datetime, month_first: bool) -> Optional[date]:
    settings = {
        "RELATIVE_BASE": now,
        "PREFER_DATES_FROM": "past",
        "DATE_ORDER": "MDY" if month_first else "DMY",
    }
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(text).date_obj
    return found.date() if found else None
