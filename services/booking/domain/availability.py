"""What is open, free and busy on each local day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from services.booking.domain.interval import Interval, clip_merged, merge, subtract
from services.booking.domain.wall_clock import dates, span_of_days

State = Literal["closed", "full", "partial", "free"]


@dataclass(frozen=True, slots=True)
class Day:
    """One local date of a room; the intervals are cut at its midnights.

    closed: nothing is open. full: open, but nothing free is long enough.
    free: nothing of the open time is taken. partial: the rest.
    """

    date: date
    state: State
    open: tuple[Interval, ...]
    free: tuple[Interval, ...]
    busy: tuple[Interval, ...]


def days(
    open_: Iterable[Interval],
    busy: Iterable[Interval],
    first: date,
    last: date,
    zone: ZoneInfo,
    min_minutes: int = 1,
) -> list[Day]:
    """Each local day from `first` to `last`, both included.

    `open_` and `busy` may reach beyond these days: a free night counts with its whole length on both its
    days, so give a day more on each side where nights are open. `busy` is shown in closed hours too.
    """
    opened, taken = merge(open_), merge(busy)
    free = subtract(opened, taken)
    long_enough = [interval for interval in free if interval.duration >= timedelta(minutes=min_minutes)]
    return [
        _day(day, span_of_days(day, day, zone), opened, taken, free, long_enough)
        for day in dates(first, last)
    ]


def keep_clear(taken: Iterable[Interval], before_minutes: int, after_minutes: int) -> list[Interval]:
    """Where no reservation with these buffers may be, given claims and blocks that already have theirs.

    A new reservation's own buffer must not touch them either, so it ends `after_minutes` before the next
    claim and starts `before_minutes` after the last.
    """
    before, after = timedelta(minutes=before_minutes), timedelta(minutes=after_minutes)
    return merge(Interval(interval.start - after, interval.end + before) for interval in taken)


def _day(
    day: date,
    bounds: Interval | None,
    opened: Sequence[Interval],
    taken: Sequence[Interval],
    free: Sequence[Interval],
    long_enough: Sequence[Interval],
) -> Day:
    if bounds is None:  # a date that the zone skipped whole
        return Day(day, "closed", (), (), ())
    open_today, free_today = tuple(clip_merged(opened, bounds)), tuple(clip_merged(free, bounds))
    return Day(
        date=day,
        state=_state(open_today, free_today, bool(clip_merged(long_enough, bounds))),
        open=open_today,
        free=free_today,
        busy=tuple(clip_merged(taken, bounds)),
    )


def _state(open_today: Sequence[Interval], free_today: Sequence[Interval], fits: bool) -> State:
    if not open_today:
        return "closed"
    if not fits:
        return "full"
    return "free" if open_today == free_today else "partial"
