"""Instants and spans on the centre's wall clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of time; both ends aware and in the centre's zone."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Elapsed minutes, so that the day on which clocks change is right."""
        return int((self.end.timestamp() - self.start.timestamp()) // 60)

    @property
    def ends_at_midnight(self) -> bool:
        """Whether the end is the 24:00 of the day of the start."""
        return self.end.time() == time.min and self.end.date() == self.start.date() + timedelta(days=1)

    @property
    def one_day(self) -> bool:
        """Whether the span lies within one date, 24:00 included."""
        return self.end.date() == self.start.date() or self.ends_at_midnight


def moment(text: str, zone: ZoneInfo) -> datetime:
    """The RFC 3339 instant on the wall clock of `zone`."""
    return datetime.fromisoformat(text).astimezone(zone)


def span(data: Mapping[str, Any], zone: ZoneInfo) -> Span:
    """The span of an answer's {start, end}."""
    return Span(moment(data["start"], zone), moment(data["end"], zone))


def spans(data: Iterable[Mapping[str, Any]], zone: ZoneInfo) -> tuple[Span, ...]:
    """The spans of a list of {start, end}."""
    return tuple(span(item, zone) for item in data)


def cut_before(parts: Iterable[Span], now: datetime) -> tuple[Span, ...]:
    """What of the spans is not over at `now`."""
    return tuple(Span(max(part.start, now), part.end) for part in parts if part.end > now)


def read_date(text: str | None) -> date | None:
    """The date that an address names as YYYY-MM-DD; None for anything else."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None


def monday_of(day: date) -> date:
    """The Monday of the week in which `day` lies."""
    return day - timedelta(days=day.weekday())


def wall_minutes(instant: datetime, day: date) -> int:
    """Minutes on the clock's face since the midnight that opens `day`."""
    return int((instant.replace(tzinfo=None) - datetime.combine(day, time.min)).total_seconds() // 60)
