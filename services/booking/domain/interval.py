"""Half-open stretches of time, and the little algebra that availability is made of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter

_start, _end = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The time from `start` up to, but without, `end`; both are aware and kept in UTC.

    Anything aware may be given. A naive time, or an end that is not after the start, is a ValueError.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        # Arithmetic between two times of one zone ignores its DST changes; in UTC it never lies.
        object.__setattr__(self, "start", in_utc(self.start))
        object.__setattr__(self, "end", in_utc(self.end))
        if self.start >= self.end:
            raise ValueError("an interval ends after it starts")

    @property
    def duration(self) -> timedelta:
        """The elapsed time, whatever the clocks on the wall did meanwhile."""
        return self.end - self.start

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share any time; intervals that only touch do not."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Interval) -> bool:
        """Whether all of `other` lies within this interval."""
        return self.start <= other.start and other.end <= self.end


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time as sorted intervals that neither overlap nor touch."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if merged and interval.start <= merged[-1].end:
            if interval.end > merged[-1].end:
                merged[-1] = Interval(merged[-1].start, interval.end)
        else:
            merged.append(interval)
    return merged


def subtract(open_: Iterable[Interval], busy: Iterable[Interval]) -> list[Interval]:
    """The time of `open_` that no interval of `busy` covers, merged and sorted."""
    taken = merge(busy)
    left: list[Interval] = []
    position = 0
    for interval in merge(open_):
        while position < len(taken) and taken[position].end <= interval.start:
            position += 1
        left.extend(_gaps(interval, taken, position))
    return left


def overlaps(interval: Interval, others: Iterable[Interval]) -> bool:
    """Whether `interval` shares time with any of `others`."""
    return any(interval.overlaps(other) for other in others)


def clip(intervals: Iterable[Interval], bounds: Interval) -> list[Interval]:
    """The parts of `intervals` that lie within `bounds`, in the order given."""
    return [
        interval if bounds.covers(interval) else _shared(interval, bounds)
        for interval in intervals
        if interval.overlaps(bounds)
    ]


def clip_merged(merged: Sequence[Interval], bounds: Interval) -> list[Interval]:
    """As `clip`, of intervals that are merged: it costs what it finds, however many there are."""
    first = bisect_right(merged, bounds.start, key=_end)
    after = bisect_left(merged, bounds.end, key=_start)
    return clip(merged[first:after], bounds)


def _gaps(interval: Interval, taken: list[Interval], position: int) -> Iterator[Interval]:
    """The free parts of one interval, given what is taken from `position` on."""
    free_from = interval.start
    while position < len(taken) and taken[position].start < interval.end:
        if free_from < taken[position].start:
            yield Interval(free_from, taken[position].start)
        free_from = taken[position].end
        position += 1
    if free_from < interval.end:
        yield Interval(free_from, interval.end)


def _shared(one: Interval, other: Interval) -> Interval:
    return Interval(max(one.start, other.start), min(one.end, other.end))


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC; a naive time is a ValueError."""
    if instant.tzinfo is UTC:
        return instant
    if instant.utcoffset() is None:
        raise ValueError("a time without a zone is no instant")
    return instant.astimezone(UTC)
