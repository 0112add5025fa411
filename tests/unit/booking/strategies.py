"""Hypothesis strategies for the values of booking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from services.booking.domain.hours import WeeklyHours
from services.booking.domain.interval import Interval
from services.booking.domain.time_span import DAY_MINUTES, TimeSpan
from tests.unit.booking.minutes import MINUTE, Timeline

ORIGIN = datetime(2026, 3, 29, tzinfo=UTC)


@st.composite
def intervals(draw: st.DrawFn, start: datetime = ORIGIN, minutes: int = 200) -> Interval:
    """An interval on whole minutes within `minutes` after `start`."""
    first = draw(st.integers(0, minutes - 1))
    last = draw(st.integers(first + 1, minutes))
    return Interval(start + first * MINUTE, start + last * MINUTE)


@st.composite
def busy_around(draw: st.DrawFn, timeline: Timeline) -> list[Interval]:
    """Intervals in the days around the middle of a timeline."""
    start = timeline.minutes[0] + timedelta(days=1)
    return draw(st.lists(intervals(start, 4 * DAY_MINUTES), max_size=6))


@st.composite
def spans(draw: st.DrawFn) -> TimeSpan:
    """A span of opening hours, often near the times at which clocks change, sometimes past midnight."""
    near_change = st.sampled_from([0, 1, 60, 90, 119, 120, 121, 150, 179, 180, 181, 1380, 1439])
    opens = draw(st.one_of(near_change, st.integers(0, DAY_MINUTES - 1)))
    closes = draw(st.one_of(near_change.map(lambda minute: minute or 1), st.integers(1, 2 * DAY_MINUTES)))
    if not opens < closes < opens + DAY_MINUTES:
        closes = opens + 1 + closes % (DAY_MINUTES - 1)
    return TimeSpan(opens, closes)


def weeks() -> st.SearchStrategy[WeeklyHours]:
    """Weekly hours with up to two spans a day."""
    return st.tuples(*[st.lists(spans(), max_size=2).map(tuple)] * 7).map(WeeklyHours)
