"""The free hours of a room in one week, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gateway.views.lead_time import soonest_start
from gateway.views.moments import Span, cut_before, monday_of, spans, wall_minutes

EARLIEST_LATEST = (8, 20)
SHOWN_STEP = 3


@dataclass(frozen=True, slots=True)
class BarPart:
    """A piece of a day's bar: what it stands for, and where it lies in percent of the scale."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class DayView:
    """One day as it is shown.

    `left` are the free spans that are neither over nor too short, `bookable` what of them is not too soon.
    """

    date: date
    state: str
    open: tuple[Span, ...]
    free: tuple[Span, ...]
    busy: tuple[Span, ...]
    left: tuple[Span, ...]
    bookable: tuple[Span, ...]
    is_today: bool
    is_over: bool
    bar: tuple[BarPart, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekView:
    """Seven days with one common scale; `earlier` and `later` are the dates of the weeks beside it."""

    days: tuple[DayView, ...]
    ticks: tuple[tuple[int, float], ...]
    earlier: date | None
    later: date | None

    @property
    def first(self) -> date:
        """The Monday."""
        return self.days[0].date

    @property
    def last(self) -> date:
        """The Sunday."""
        return self.days[-1].date


def read_day(data: Mapping[str, Any], policy: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> DayView:
    """A day of an availability answer."""
    day = date.fromisoformat(data["date"])
    free = spans(data["free"], zone)
    return DayView(
        date=day,
        state=data["state"],
        open=spans(data["open"], zone),
        free=free,
        busy=spans(data["busy"], zone),
        left=_long_enough(cut_before(free, now), policy),
        bookable=_long_enough(cut_before(free, soonest_start(policy, now)), policy),
        is_today=day == now.date(),
        is_over=day < now.date(),
    )


def read_week(
    availability: Mapping[str, Any], policy: Mapping[str, Any], zone: ZoneInfo, now: datetime
) -> WeekView:
    """The week of an availability answer that starts on a Monday; `now` is in `zone`."""
    days = [read_day(data, policy, zone, now) for data in availability["days"]]
    low, high = _scale(days)
    first = days[0].date
    this_monday, furthest = monday_of(now.date()), now.date() + timedelta(days=policy["horizon_days"])
    later = first + timedelta(days=7)
    return WeekView(
        days=tuple(_with_bar(day, low, high) for day in days),
        ticks=tuple((hour, _percent(hour * 60, low, high)) for hour in _hours_shown(low, high)),
        earlier=first - timedelta(days=7) if first > this_monday else None,
        later=later if later <= furthest else None,
    )


def _long_enough(parts: Iterable[Span], policy: Mapping[str, Any]) -> tuple[Span, ...]:
    return tuple(part for part in parts if part.minutes >= policy["min_minutes"])


def _scale(days: Iterable[DayView]) -> tuple[int, int]:
    """First and last whole hour that the bars show, in hours since midnight."""
    low, high = EARLIEST_LATEST
    for day in days:
        for part in day.open:
            low = min(low, wall_minutes(part.start, day.date) // 60)
            high = max(high, -(-wall_minutes(part.end, day.date) // 60))
    return max(low, 0), min(high, 24)


def _hours_shown(low: int, high: int) -> Sequence[int]:
    return [hour for hour in range(low, high + 1) if hour % SHOWN_STEP == 0]


def _percent(minutes: int, low: int, high: int) -> float:
    place = (minutes - low * 60) / ((high - low) * 60) * 100
    return round(min(max(place, 0.0), 100.0), 2)


def _with_bar(day: DayView, low: int, high: int) -> DayView:
    parts = [
        BarPart(kind, start, round(end - start, 2))
        for kind, group in (("free", day.free), ("busy", _while_open(day)))
        for part in group
        for start, end in [_ends(part, day.date, low, high)]
        if end > start
    ]
    return replace(day, bar=tuple(parts))


def _ends(part: Span, day: date, low: int, high: int) -> tuple[float, float]:
    return (
        _percent(wall_minutes(part.start, day), low, high),
        _percent(wall_minutes(part.end, day), low, high),
    )


def _while_open(day: DayView) -> list[Span]:
    """The busy spans as far as the room is open at all."""
    return [
        Span(max(taken.start, opened.start), min(taken.end, opened.end))
        for taken in day.busy
        for opened in day.open
        if max(taken.start, opened.start) < min(taken.end, opened.end)
    ]
