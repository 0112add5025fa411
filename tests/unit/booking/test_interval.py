"""Intervals and their algebra."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.interval import Interval, clip, clip_merged, merge, overlaps, subtract
from tests.unit.booking.minutes import minutes_of
from tests.unit.booking.strategies import intervals

many = st.lists(intervals(), max_size=8)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, 4, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize("end", [at(9), at(10)])
def test_an_interval_ends_after_it_starts(end: datetime) -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        Interval(at(10), end)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="no instant"):
        Interval(datetime(2026, 5, 4, 10), at(11))


def test_the_length_of_the_night_of_a_change_is_elapsed_time() -> None:
    warsaw = ZoneInfo("Europe/Warsaw")
    night = Interval(datetime(2026, 3, 29, 0, tzinfo=warsaw), datetime(2026, 3, 29, 6, tzinfo=warsaw))
    assert night.duration == timedelta(hours=5)


def test_intervals_that_touch_do_not_overlap() -> None:
    assert not Interval(at(8), at(10)).overlaps(Interval(at(10), at(12)))
    assert merge([Interval(at(8), at(10)), Interval(at(10), at(12))]) == [Interval(at(8), at(12))]


@given(many)
def test_merging_keeps_the_time_and_leaves_gaps_between(given_: list[Interval]) -> None:
    merged = merge(given_)
    assert minutes_of(merged) == minutes_of(given_)
    assert all(a.end < b.start for a, b in zip(merged, merged[1:], strict=False))
    assert merge(reversed(merged)) == merged


@given(many, many)
def test_subtracting_leaves_what_only_the_first_has(open_: list[Interval], busy: list[Interval]) -> None:
    left = subtract(open_, busy)
    assert minutes_of(left) == minutes_of(open_) - minutes_of(busy)
    assert merge(left) == left
    assert not any(overlaps(interval, busy) for interval in left)


@given(many, many)
def test_what_is_left_and_what_is_taken_make_the_whole(open_: list[Interval], busy: list[Interval]) -> None:
    left = subtract(open_, busy)
    taken = subtract(open_, left)
    assert merge(left + taken) == merge(open_)


@given(many, intervals())
def test_clipping_keeps_what_lies_within(given_: list[Interval], bounds: Interval) -> None:
    assert minutes_of(clip(given_, bounds)) == minutes_of(given_) & minutes_of([bounds])
    assert clip_merged(merge(given_), bounds) == clip(merge(given_), bounds)


@given(intervals(), intervals())
def test_overlapping_and_covering_are_about_shared_time(one: Interval, other: Interval) -> None:
    shared = minutes_of([one]) & minutes_of([other])
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)
    assert one.covers(other) == (shared == minutes_of([other]))
