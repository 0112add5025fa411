"""A span of opening hours on the wall clock, such as 08:00-21:00 or 18:00-02:00."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from services.booking.domain.interval import Interval
from services.booking.domain.wall_clock import closing_instant, opening_instant

DAY_MINUTES = 24 * 60
_TEXT = re.compile(r"(\d{1,2}):([0-5]\d)\s*[-–]\s*(\d{1,2}):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class TimeSpan:
    """Opening and closing as minutes after the midnight that starts the day on which the span opens.

    A closing of 1440 is 24:00; a later one is past midnight. Only 00:00-24:00 lasts as long as 24 hours:
    any other two equal times would be nothing to one reader and a day to another.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < DAY_MINUTES:
            raise ValueError("opening hours start between 00:00 and 23:59")
        whole_day = (self.opens, self.closes) == (0, DAY_MINUTES)
        if not (self.opens < self.closes < self.opens + DAY_MINUTES or whole_day):
            raise ValueError("opening hours last less than 24 hours, or from 00:00 to 24:00")

    @classmethod
    def parse(cls, text: str) -> TimeSpan:
        """Read "08:00-21:00"; a closing before the opening is on the next day. Else ValueError."""
        found = _TEXT.fullmatch(text.strip())
        if not found:
            raise ValueError("write hours as 08:00-21:00")
        opens, closes = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
        if opens >= DAY_MINUTES or closes > DAY_MINUTES:
            raise ValueError("hours run from 00:00 to 24:00; past midnight, write for example 18:00-02:00")
        if opens == closes:
            raise ValueError("opening and closing are the same; write 00:00-24:00 for a whole day")
        return cls(opens, closes if closes > opens else closes + DAY_MINUTES)

    def on(self, day: date, zone: ZoneInfo) -> Interval | None:
        """The span's instants when it opens on `day`; None where a change of the clocks skips all of it."""
        start = opening_instant(day, self.opens, zone)
        end = closing_instant(day, self.closes, zone)
        return Interval(start, end) if start < end else None

    def __str__(self) -> str:
        closes = self.closes if self.closes <= DAY_MINUTES else self.closes - DAY_MINUTES
        return f"{_clock(self.opens)}-{_clock(closes)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
