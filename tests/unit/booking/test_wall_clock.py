"""The wall clock on the days on which it changes."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.booking.domain.interval import Interval
from services.booking.domain.wall_clock import (
    closing_instant,
    dates,
    day_start,
    local_date,
    opening_instant,
    span_of_days,
)
from tests.unit.booking.minutes import TIMELINES, Timeline, minutes_of

WARSAW = ZoneInfo("Europe/Warsaw")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "minutes", "opening", "closing"),
    [
        (date(2026, 1, 5), 480, "2026-01-05T07:00", "2026-01-05T07:00"),
        (SPRING, 119, "2026-03-29T00:59", "2026-03-29T00:59"),
        (SPRING, 150, "2026-03-29T01:00", "2026-03-29T01:00"),  # 02:30 is skipped: the change itself
        (SPRING, 180, "2026-03-29T01:00", "2026-03-29T01:00"),
        (AUTUMN, 120, "2026-10-25T00:00", "2026-10-25T00:00"),  # the doubled hour begins once
        (AUTUMN, 150, "2026-10-25T00:30", "2026-10-25T01:30"),  # 02:30 comes twice: first and second
        (AUTUMN, 180, "2026-10-25T02:00", "2026-10-25T02:00"),
        (AUTUMN, 1440, "2026-10-25T23:00", "2026-10-25T23:00"),
    ],
)
def test_skipped_and_doubled_times_have_instants(day: date, minutes: int, opening: str, closing: str) -> None:
    assert opening_instant(day, minutes, WARSAW) == datetime.fromisoformat(opening).replace(tzinfo=UTC)
    assert closing_instant(day, minutes, WARSAW) == datetime.fromisoformat(closing).replace(tzinfo=UTC)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 6, 4), 24)])
def test_a_day_has_its_real_length(day: date, hours: int) -> None:
    span = span_of_days(day, day, WARSAW)
    assert span is not None
    assert span.duration.total_seconds() == hours * 3600


@pytest.mark.parametrize("timeline", TIMELINES, ids=repr)
def test_days_follow_each_other_without_a_gap(timeline: Timeline) -> None:
    for day in timeline.dates():
        span = span_of_days(day, day, timeline.zone)
        assert minutes_of([span] if span else []) == timeline.days(day, day)


def test_a_day_that_a_zone_skips_is_no_time() -> None:
    skipped = date(2011, 12, 30)
    assert span_of_days(skipped, skipped, ZoneInfo("Pacific/Apia")) is None


def test_a_range_that_runs_backwards_is_no_time() -> None:
    assert span_of_days(date(2026, 6, 5), date(2026, 6, 4), WARSAW) is None
    assert list(dates(date(2026, 6, 5), date(2026, 6, 4))) == []


def test_the_local_date_is_the_one_on_the_wall() -> None:
    assert local_date(datetime(2026, 6, 4, 22, 30, tzinfo=UTC), WARSAW) == date(2026, 6, 5)
    assert Interval(day_start(SPRING, WARSAW), day_start(AUTUMN, WARSAW)).start == datetime(
        2026, 3, 28, 23, tzinfo=UTC
    )
