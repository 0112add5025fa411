"""A run of days that comes once, or every year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_LEAP_YEAR = 2000  # has a 29 February, so that every month and day that can exist is a date in it
_YEARLY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
_ONCE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days from `first` to `last`, both included: once, or in every year.

    A yearly range keeps its month and day in a leap year and may pass New Year (from 12-20 to 01-06).
    """

    first: date
    last: date
    yearly: bool = False

    def __post_init__(self) -> None:
        if self.yearly:
            object.__setattr__(self, "first", self.first.replace(year=_LEAP_YEAR))
            object.__setattr__(self, "last", self.last.replace(year=_LEAP_YEAR))
        elif self.last < self.first:
            raise ValueError("the last day is before the first")

    @classmethod
    def parse(cls, first: str, last: str | None = None) -> DateRange:
        """Read "2027-12-24" (once) or "12-24" (yearly); without `last` a single day. Else ValueError."""
        last = first if last is None else last
        yearly = bool(_YEARLY.fullmatch(first))
        if yearly != bool(_YEARLY.fullmatch(last)):
            raise ValueError("write both days with a year (2027-12-24) or both without (12-24)")
        return cls(_parse_day(first, yearly), _parse_day(last, yearly), yearly)

    def covers(self, day: date) -> bool:
        """Whether `day` is one of these days."""
        if not self.yearly:
            return self.first <= day <= self.last
        day = day.replace(year=_LEAP_YEAR)
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last

    def as_dict(self) -> dict[str, str]:
        """The two days as `parse` reads them, under `from` and `to`."""
        pattern = "%m-%d" if self.yearly else "%Y-%m-%d"
        return {"from": self.first.strftime(pattern), "to": self.last.strftime(pattern)}


def _parse_day(text: str, yearly: bool) -> date:
    if not yearly and not _ONCE.fullmatch(text):
        raise ValueError("write a day as 2027-12-24, or as 12-24 for every year")
    try:
        return date.fromisoformat(f"{_LEAP_YEAR}-{text}" if yearly else text)
    except ValueError:
        raise ValueError(f"there is no day {text} in the calendar") from None
