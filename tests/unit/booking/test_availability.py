"""Availability by day, against a look at every minute."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.booking.domain.availability import Day, days, keep_clear
from services.booking.domain.hours import OpeningHours, WeeklyHours
from services.booking.domain.interval import Interval, overlaps, subtract
from services.booking.domain.time_span import TimeSpan
from tests.unit.booking.minutes import MINUTE, TIMELINES, Timeline, minutes_of
from tests.unit.booking.strategies import busy_around, intervals, weeks

WARSAW = ZoneInfo("Europe/Warsaw")
MONDAY = date(2026, 6, 8)


def at(hour: int, day: date = MONDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=WARSAW)


def a_day(open_: list[Interval], busy: list[Interval], min_minutes: int = 60) -> Day:
    return days(open_, busy, MONDAY, MONDAY, WARSAW, min_minutes)[0]


@pytest.mark.parametrize(
    ("open_", "busy", "state"),
    [
        ([], [], "closed"),
        ([], [(8, 20)], "closed"),
        ([(8, 20)], [], "free"),
        ([(8, 20)], [(6, 8), (20, 22)], "free"),
        ([(8, 20)], [(10, 12)], "partial"),
        ([(8, 20)], [(8, 20)], "full"),
        ([(8, 12), (14, 20)], [(8, 12)], "partial"),
    ],
)
def test_a_day_is_closed_full_partial_or_free(
    open_: list[tuple[int, int]], busy: list[tuple[int, int]], state: str
) -> None:
    found = a_day([Interval(at(a), at(b)) for a, b in open_], [Interval(at(a), at(b)) for a, b in busy])
    assert found.state == state


def test_a_day_is_full_when_what_is_left_is_too_short_to_be_reserved() -> None:
    open_, busy = [Interval(at(8), at(20))], [Interval(at(9), at(20))]
    assert a_day(open_, busy, min_minutes=60).state == "partial"
    full = a_day(open_, busy, min_minutes=61)
    assert full.state == "full"
    assert full.free == (Interval(at(8), at(9)),)


def test_a_free_night_counts_whole_on_both_its_days() -> None:
    night = Interval(at(22), at(2, MONDAY + timedelta(days=1)))
    monday, tuesday = days([night], [], MONDAY, MONDAY + timedelta(days=1), WARSAW, min_minutes=240)
    assert (monday.state, tuesday.state) == ("free", "free")
    assert (monday.free[0].end, tuesday.free[0].start) == (at(0, MONDAY + timedelta(days=1)),) * 2


def test_a_day_that_the_zone_skips_is_closed() -> None:
    around_the_clock = OpeningHours(WeeklyHours(((TimeSpan(0, 1440),),) * 7))
    zone, first, last = ZoneInfo("Pacific/Apia"), date(2011, 12, 29), date(2011, 12, 31)
    found = days(around_the_clock.open_intervals(first, last, zone), [], first, last, zone)
    assert [day.state for day in found] == ["free", "closed", "free"]


@pytest.mark.parametrize("timeline", TIMELINES, ids=repr)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_every_minute_is_where_it_belongs(timeline: Timeline, data: st.DataObject) -> None:
    first, _, last = timeline.dates()
    open_ = OpeningHours(data.draw(weeks())).open_intervals(first, last, timeline.zone)
    busy = data.draw(busy_around(timeline))
    min_minutes = data.draw(st.integers(1, 300))
    open_minutes, busy_minutes = minutes_of(open_), minutes_of(busy)
    free_minutes = open_minutes - busy_minutes
    roomy = _in_runs_of(free_minutes, min_minutes)
    for day in days(open_, busy, first, last, timeline.zone, min_minutes):
        today = timeline.days(day.date, day.date)
        assert minutes_of(day.open) == open_minutes & today
        assert minutes_of(day.busy) == busy_minutes & today
        assert minutes_of(day.free) == free_minutes & today
        assert day.state == _state(open_minutes & today, free_minutes & today, roomy & today)


@given(
    st.lists(intervals(minutes=300), max_size=5),
    intervals(minutes=300),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_a_slot_is_clear_exactly_when_its_buffers_meet_no_claim(
    taken: list[Interval], slot: Interval, before: int, after: int
) -> None:
    with_buffers = Interval(slot.start - before * MINUTE, slot.end + after * MINUTE)
    assert overlaps(slot, keep_clear(taken, before, after)) == overlaps(with_buffers, taken)


def test_what_is_kept_clear_is_no_longer_free() -> None:
    free = subtract([Interval(at(8), at(20))], keep_clear([Interval(at(10), at(12))], 60, 30))
    assert free == [
        Interval(at(8), at(10) - timedelta(minutes=30)),
        Interval(at(13), at(20)),
    ]


def _in_runs_of(minutes: set[datetime], length: int) -> set[datetime]:
    """The minutes that lie in an unbroken run of at least `length`."""
    found: set[datetime] = set()
    for minute in minutes:
        if minute - MINUTE in minutes:
            continue
        run = []
        while minute in minutes:
            run.append(minute)
            minute += MINUTE
        if len(run) >= length:
            found.update(run)
    return found


def _state(open_: set[datetime], free: set[datetime], roomy: set[datetime]) -> str:
    if not open_:
        return "closed"
    if not roomy:
        return "full"
    return "free" if free == open_ else "partial"
