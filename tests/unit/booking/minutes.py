"""A brute-force model of time: every minute of a few days, with what the clock on the wall shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from services.booking.domain.interval import Interval

MINUTE = timedelta(minutes=1)
DAYS_AROUND = 3


@dataclass(frozen=True)
class Timeline:
    """The minutes from some days before `middle` to some days after it, in a zone."""

    name: str
    middle: date

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the wall clock."""
        return ZoneInfo(self.name)

    @cached_property
    def minutes(self) -> list[datetime]:
        """Every minute, in UTC."""
        start = datetime.combine(self.middle - timedelta(days=DAYS_AROUND), time(), UTC)
        return [start + index * MINUTE for index in range((2 * DAYS_AROUND + 1) * 24 * 60)]

    @cached_property
    def walls(self) -> list[datetime]:
        """What the wall shows in each minute."""
        return [minute.astimezone(self.zone).replace(tzinfo=None) for minute in self.minutes]

    def span(self, day: date, opens: int, closes: int) -> set[datetime]:
        """From the first minute that shows `opens` or later to the last that shows less than `closes`."""
        midnight = datetime.combine(day, time())
        opening, closing = midnight + opens * MINUTE, midnight + closes * MINUTE
        first = next(index for index, wall in enumerate(self.walls) if wall >= opening)
        after = next(index for index, wall in enumerate(reversed(self.walls)) if wall < closing)
        return set(self.minutes[first : len(self.walls) - after])

    def days(self, first: date, last: date) -> set[datetime]:
        """The minutes from the start of one local day to the end of another, where the next starts."""
        start, end = (
            next(index for index, wall in enumerate(self.walls) if wall >= datetime.combine(day, time()))
            for day in (first, last + timedelta(days=1))
        )
        return set(self.minutes[start:end])

    def dates(self) -> list[date]:
        """The middle, with a day on each side."""
        return [self.middle + timedelta(days=offset) for offset in (-1, 0, 1)]

    def __repr__(self) -> str:
        return f"{self.name} {self.middle}"


TIMELINES = [
    Timeline("Europe/Warsaw", date(2026, 3, 29)),  # 02:00 becomes 03:00
    Timeline("Europe/Warsaw", date(2026, 10, 25)),  # 03:00 becomes 02:00
    Timeline("Europe/Warsaw", date(2026, 6, 4)),  # no change
    Timeline("America/Santiago", date(2025, 9, 7)),  # midnight is skipped
    Timeline("America/Santiago", date(2025, 4, 5)),  # midnight becomes 23:00
    Timeline("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour comes twice
    Timeline("Australia/Lord_Howe", date(2026, 10, 4)),  # half an hour is skipped
    Timeline("America/St_Johns", date(2010, 11, 7)),  # 00:01 becomes 23:01 of the day before
    Timeline("Pacific/Apia", date(2011, 12, 30)),  # the whole day is skipped
]


def minutes_of(intervals: Iterable[Interval]) -> set[datetime]:
    """Every minute in any of the intervals, all of which start and end on whole minutes."""
    found: set[datetime] = set()
    for interval in intervals:
        count = interval.duration // MINUTE
        assert interval.duration == count * MINUTE
        found.update(interval.start + index * MINUTE for index in range(count))
    return found
