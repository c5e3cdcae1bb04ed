"""Days, hours and working days, on both sides of each boundary."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays
import pytest

from redress.policy.calendar import add_working_days, end_of, is_working_day, next_full_hour
from redress.policy.parts import Period, Span

CHINA = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-03T00:00:00+08:00", "2026-03-10T23:59:59+08:00"),
        ("2026-03-03T23:59:59.999+08:00", "2026-03-10T23:59:59+08:00"),
        ("2026-03-02T16:00:00+00:00", "2026-03-10T23:59:59+08:00"),
        ("2026-03-02T15:59:59+00:00", "2026-03-09T23:59:59+08:00"),
        ("2028-02-26T12:00:00+08:00", "2028-03-04T23:59:59+08:00"),
        ("2026-12-28T12:00:00+08:00", "2027-01-04T23:59:59+08:00"),
    ],
)
def test_days_end_with_the_last_second_of_the_nth_day_in_the_packs_zone(start: str, end: str) -> None:
    for period in (Period(days=7), Period(weeks=1)):
        assert end_of(period, at(start), CHINA, "CN").isoformat() == end


def test_hours_are_exact_across_a_change_of_clocks() -> None:
    start = datetime(2026, 3, 28, 12, tzinfo=BERLIN)
    end = end_of(Period(hours=24), start, BERLIN, "DE")
    assert end.isoformat() == "2026-03-29T13:00:00+02:00"
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=24)


@pytest.mark.parametrize(
    ("start", "hour"),
    [
        ("2026-03-02T11:00:00+08:00", "2026-03-02T11:00:00+08:00"),
        ("2026-03-02T11:00:00.000001+08:00", "2026-03-02T12:00:00+08:00"),
        ("2026-03-02T11:59:59+08:00", "2026-03-02T12:00:00+08:00"),
        ("2026-03-02T23:30:00+08:00", "2026-03-03T00:00:00+08:00"),
        ("2026-03-02T09:00:00+05:30", "2026-03-02T12:00:00+08:00"),
    ],
)
def test_the_next_full_hour_is_the_packs(start: str, hour: str) -> None:
    assert next_full_hour(at(start), CHINA).isoformat() == hour
    span = Span(hours=120, after="in_stock_at", counted_from="next_full_hour")
    assert end_of(span, at(start), CHINA, "CN") == at(hour) + timedelta(hours=120)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-02-13", True),
        ("2026-02-14", False),  # a Saturday worked for the Spring Festival stays a day off here
        ("2026-02-16", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2025-10-08", False),
        ("2020-01-31", False),  # the Spring Festival that was prolonged
        ("2015-09-03", False),  # a day off of that year alone
    ],
)
def test_working_days_of_china_are_those_of_the_notices(day: str, working: bool) -> None:
    assert is_working_day(date.fromisoformat(day), "CN") is working


def test_a_year_without_a_notice_has_the_holidays_that_are_computed() -> None:
    year = chinese_calendar.constants.holidays and max(day.year for day in chinese_calendar.constants.holidays) + 3
    computed = holidays.country_holidays("CN", years=year)
    assert not is_working_day(date(year, 10, 1), "CN")
    weekdays = [day for day in computed if day.weekday() < 5]
    assert weekdays
    assert not any(is_working_day(day, "CN") for day in weekdays)


def test_the_two_libraries_agree_on_every_weekday_of_the_published_years() -> None:
    published = {day.year for day in chinese_calendar.constants.holidays}
    computed = holidays.country_holidays("CN", years=published)
    day, last = date(min(published), 1, 1), date(max(published), 12, 31)
    while day <= last:
        if day.weekday() < 5:
            assert is_working_day(day, "CN") == (day not in computed), day
        day += timedelta(days=1)


def test_another_region_by_setting() -> None:
    assert add_working_days(date(2026, 10, 2), 1, "DE") == date(2026, 10, 5)
    assert add_working_days(date(2026, 12, 24), 1, "DE") == date(2026, 12, 28)
    assert add_working_days(date(2026, 10, 2), 1, "CN") == date(2026, 10, 8)
