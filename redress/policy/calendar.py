"""How time is read: ends of days, exact hours, working days. All in a pack's zone, whatever the instants' offsets."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from redress.policy.parts import Period, Span

_LAST_SECOND = time(23, 59, 59)
_SECOND = timedelta(seconds=1)
_SATURDAY = 5


def end_of(period: Period, start: datetime, zone: tzinfo, region: str) -> datetime:
    """The last instant of a period that begins at `start`, in `zone`; `region` says whose holidays are no working days.

    Hours are exact; days, weeks and working days run to 23:59:59 of the last one, not counting the day of `start`.
    """
    if period.hours is not None:
        if isinstance(period, Span) and period.counted_from == "next_full_hour":
            start = next_full_hour(start, zone)
        return (start.astimezone(UTC) + timedelta(hours=period.hours)).astimezone(zone)
    day = start.astimezone(zone).date()
    if period.working_days is not None:
        last = add_working_days(day, period.working_days, region)
    else:
        last = day + timedelta(days=period.days or 7 * (period.weeks or 0))
    return datetime.combine(last, _LAST_SECOND, zone)


def next_full_hour(instant: datetime, zone: tzinfo) -> datetime:
    """The next full hour in `zone`; an instant already on the hour is its own."""
    local = instant.astimezone(zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return (local.astimezone(UTC) + (timedelta(hours=1) - past if past else past)).astimezone(zone)


def first_second_after(instant: datetime) -> datetime:
    """When what ends at `instant` is over."""
    return (instant.astimezone(UTC) + _SECOND).astimezone(instant.tzinfo)


def add_working_days(day: date, count: int, region: str) -> date:
    """The `count`th working day after `day`."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, region)
    return day


@lru_cache(maxsize=4096)
def is_working_day(day: date, region: str) -> bool:
    """Neither Saturday, Sunday nor a public holiday of the region (ISO 3166 code); a weekend made up for stays one.

    China's days off are those of the State Council's notice, from `chinesecalendar`; for a year without one, and for
    any other region, the holidays that `holidays` computes. The two agree on every weekday of 2004 to 2026.
    """
    if day.weekday() >= _SATURDAY:
        return False
    if region == "CN":
        import chinese_calendar

        try:
            return not chinese_calendar.is_holiday(day)
        except NotImplementedError:
            pass  # the notice for this year is not in the library
    return day not in _holidays(region)


@lru_cache(maxsize=8)
def _holidays(region: str) -> "set[date] | dict[date, str]":
    import holidays  # half a second: only where it is needed

    calendar: dict[date, str] = holidays.country_holidays(region)
    return calendar
