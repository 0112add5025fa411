"""From what the clock on the wall shows to instants, on the days when the clocks change too.

One definition serves every day of the year. A span of opening hours runs
- from the first instant at which the wall shows its opening time or later,
- to the instant after the last at which the wall still shows a time before its closing.

So a time that the spring change skips becomes the moment of the change; of a time that the autumn change
doubles, an opening takes the first and a closing the second; and 24:00 is where the next day starts, even
where the clocks change at midnight.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.booking.domain.interval import Interval

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def opening_instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The UTC instant at which the wall first shows `minutes` after midnight of `day`, or later."""
    wall = _wall(day, minutes)
    return _find_instant(wall, zone, fold=0) or _change_that_skips(wall, zone)


def closing_instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The UTC instant from which the wall no longer shows a time before `minutes` after midnight of `day`."""
    last_minute = _wall(day, minutes) - MINUTE
    instant = _find_instant(last_minute, zone, fold=1)
    return instant + MINUTE if instant else _change_that_skips(last_minute, zone)


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The UTC instant at which the local `day` starts; a day lasts until the start of the next."""
    return opening_instant(day, 0, zone)


def span_of_days(first: date, last: date, zone: ZoneInfo) -> Interval | None:
    """The local days from `first` to `last`, both included; None if there is no such time.

    That is the case when `last` is before `first`, and on a day that a zone skipped whole.
    """
    start, end = day_start(first, zone), day_start(last + DAY, zone)
    return Interval(start, end) if start < end else None


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The date that the calendar on the wall shows at `instant`."""
    return instant.astimezone(zone).date()


def dates(first: date, last: date) -> Iterator[date]:
    """Every date from `first` to `last`, both included."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def _wall(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _find_instant(wall: datetime, zone: ZoneInfo, *, fold: int) -> datetime | None:
    """The instant at which the wall shows `wall`; None if the clocks skip it."""
    instant = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    return instant if instant.astimezone(zone).replace(tzinfo=None) == wall else None


def _change_that_skips(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant of the change of clocks that skips `wall`, to the second."""
    # With fold=1 a skipped time is read by the offset after the change, which puts it before the change.
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    offset_before = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset_before:
            before = middle
        else:
            after = middle
    return after
