"""When a room is open: weekly hours, seasons, public holidays and exceptions, in this rising order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from services.booking.domain.date_range import DateRange
from services.booking.domain.interval import Interval, clip, merge
from services.booking.domain.public_holidays import PublicHolidays
from services.booking.domain.texts import Texts
from services.booking.domain.time_span import TimeSpan
from services.booking.domain.wall_clock import DAY, dates, span_of_days

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Spans = tuple[TimeSpan, ...]


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """The spans of each weekday, Monday first; a day without spans is closed."""

    days: tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]

    def on(self, day: date) -> Spans:
        """The spans that open on `day`."""
        return self.days[day.weekday()]

    def as_dict(self) -> dict[str, list[str]]:
        """Weekday to its spans as text."""
        return {name: _as_texts(spans) for name, spans in zip(WEEKDAYS, self.days, strict=True)}

    @classmethod
    def from_dict(cls, data: Mapping[str, list[str]]) -> WeeklyHours:
        """Read what `as_dict` wrote; a weekday that is missing is closed."""
        mon, tue, wed, thu, fri, sat, sun = (_from_texts(data.get(name, [])) for name in WEEKDAYS)
        return cls((mon, tue, wed, thu, fri, sat, sun))


@dataclass(frozen=True, slots=True)
class Season:
    """Other weekly hours for a part of the year."""

    days: DateRange
    hours: WeeklyHours


@dataclass(frozen=True, slots=True)
class ExceptionDay:
    """Days with hours of their own; no spans means closed. The reason is shown to the public."""

    days: DateRange
    spans: Spans = ()
    reason: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DayHours:
    """The spans that open on one date, and which rule gave them."""

    spans: Spans
    source: Literal["exception", "holiday", "season", "weekly"]
    reason: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The hours of a room through all years.

    An exception beats a public holiday, which beats a season, which beats the week. Among exceptions, and
    among seasons, one with a year beats a yearly one; else the first listed wins. A night belongs to the date
    on which it opens: a holiday does not cut the end of the evening before.
    """

    weekly: WeeklyHours
    seasons: tuple[Season, ...] = ()
    exceptions: tuple[ExceptionDay, ...] = ()
    holidays: PublicHolidays = PublicHolidays()
    closed_on_holidays: bool = True

    def on(self, day: date) -> DayHours:
        """The hours that open on `day`."""
        exception = _find_rule(self.exceptions, day)
        if exception:
            return DayHours(exception.spans, "exception", exception.reason)
        holiday = self.holidays.names_on(day) if self.closed_on_holidays else {}
        if holiday:
            return DayHours((), "holiday", holiday)
        season = _find_rule(self.seasons, day)
        if season:
            return DayHours(season.hours.on(day), "season")
        return DayHours(self.weekly.on(day), "weekly")

    def open_intervals(self, first: date, last: date, zone: ZoneInfo) -> list[Interval]:
        """All open time within the local days `first` to `last` (both included), merged and sorted.

        The night that began the day before is part of it; what reaches past the last midnight is cut.
        """
        bounds = span_of_days(first, last, zone)
        if bounds is None:
            return []
        spans = [span.on(day, zone) for day in dates(first - DAY, last) for span in self.on(day).spans]
        return clip(merge(span for span in spans if span), bounds)

    def whole_day(self, day: date, zone: ZoneInfo) -> Interval | None:
        """From the first opening of `day` to its last closing, breaks included; None when closed."""
        spans = [span.on(day, zone) for span in self.on(day).spans]
        found = [span for span in spans if span]
        if not found:
            return None
        return Interval(min(span.start for span in found), max(span.end for span in found))

    def as_dict(self) -> dict[str, Any]:
        """These hours as JSON, for `from_dict`."""
        return {
            "weekly": self.weekly.as_dict(),
            "seasons": [
                {**season.days.as_dict(), "hours": season.hours.as_dict()} for season in self.seasons
            ],
            "exceptions": [
                {**rule.days.as_dict(), "hours": _as_texts(rule.spans), "reason": dict(rule.reason)}
                for rule in self.exceptions
            ],
            "holidays": {"country": self.holidays.country, "subdivision": self.holidays.subdivision},
            "closed_on_holidays": self.closed_on_holidays,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> OpeningHours:
        """Read what `as_dict` wrote."""
        return cls(
            weekly=WeeklyHours.from_dict(data["weekly"]),
            seasons=tuple(
                Season(DateRange.parse(season["from"], season["to"]), WeeklyHours.from_dict(season["hours"]))
                for season in data["seasons"]
            ),
            exceptions=tuple(
                ExceptionDay(
                    DateRange.parse(rule["from"], rule["to"]), _from_texts(rule["hours"]), rule["reason"]
                )
                for rule in data["exceptions"]
            ),
            holidays=PublicHolidays(**data["holidays"]),
            closed_on_holidays=data["closed_on_holidays"],
        )


_Rule = TypeVar("_Rule", Season, ExceptionDay)


def _find_rule(rules: tuple[_Rule, ...], day: date) -> _Rule | None:
    covering = [rule for rule in rules if rule.days.covers(day)]
    return min(covering, key=lambda rule: rule.days.yearly, default=None)


def _as_texts(spans: Spans) -> list[str]:
    return [str(span) for span in spans]


def _from_texts(texts: list[str]) -> Spans:
    return tuple(TimeSpan.parse(text) for text in texts)
