"""How opening hours are written in a centre file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from services.booking.domain.date_range import DateRange
from services.booking.domain.hours import WEEKDAYS, Spans, WeeklyHours
from services.booking.domain.time_span import TimeSpan
from services.kernel.centre.fields import CentreSchema, ListOf, OneOf, Part, TextsField, Word, nearest

CLOSED = "closed"


class SpansField(fields.Field[Spans]):
    """`closed`, or a list of spans such as [08:00-12:00, 13:00-21:00]."""

    default_error_messages = {
        "required": "is missing; add the hours, or closed",
        "null": "is empty; write closed",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Spans:
        if value == CLOSED:
            return ()
        if not isinstance(value, list) or not value:
            raise ValidationError("must be closed, or a list such as [08:00-21:00]")
        errors: dict[int, list[str]] = {}
        spans: list[TimeSpan] = []
        for index, text in enumerate(value):
            try:
                span = TimeSpan.parse(text if isinstance(text, str) else "")
                _refuse_overlap(span, spans)
            except ValueError as error:
                errors[index] = [f"cannot be hours: {error}"]
            else:
                spans.append(span)
        if errors:
            raise ValidationError(errors)
        return tuple(sorted(spans))


class WeekField(fields.Field[WeeklyHours]):
    """Hours by weekday (mon) or run of weekdays (mon-fri); a day that is not there is closed."""

    default_error_messages = {
        "required": "is missing; add hours by weekday",
        "null": "is empty; add hours by weekday",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> WeeklyHours:
        if not isinstance(value, Mapping):
            raise ValidationError("must be hours by weekday, such as mon-fri: [08:00-21:00]")
        week: dict[str, Spans] = {}
        errors: dict[str, Any] = {}
        for key, hours in value.items():
            try:
                spans = SpansField().deserialize(hours) or ()
                for weekday in _weekdays(key):
                    if weekday in week:
                        raise ValidationError(f"gives hours to {weekday} for the second time; leave one out")
                    week[weekday] = spans
            except ValidationError as error:
                errors[key] = error.messages
        if errors:
            raise ValidationError(errors)
        mon, tue, wed, thu, fri, sat, sun = (week.get(weekday, ()) for weekday in WEEKDAYS)
        return WeeklyHours((mon, tue, wed, thu, fri, sat, sun))


class DaysSchema(CentreSchema):
    """A day (`date`) or a run of days (`from`, `to`), each once (2027-12-24) or yearly (12-24)."""

    date = Word()
    from_ = Word(data_key="from", attribute="from")
    to = Word()

    @validates_schema
    def check_days(self, data: dict[str, Any], **_: Any) -> None:
        """The days can be read."""
        if ("date" in data) == ("from" in data) or ("from" in data) != ("to" in data):
            raise ValidationError("needs either date, or from and to")
        try:
            read_days(data)
        except ValueError as error:
            raise ValidationError(str(error), "date" if "date" in data else "from") from error


class SeasonSchema(DaysSchema):
    """Other weekly hours for a part of the year."""

    week = WeekField(required=True)


class ExceptionSchema(DaysSchema):
    """Days with hours of their own."""

    hours = SpansField(required=True)
    reason = TextsField(load_default=dict)


class HoursSchema(CentreSchema):
    """One set of opening hours."""

    week = WeekField(required=True)
    seasons = ListOf(Part(SeasonSchema), load_default=list)
    exceptions = ListOf(Part(ExceptionSchema), load_default=list)
    public_holidays = OneOf(CLOSED, "open", load_default=CLOSED)


def read_days(data: Mapping[str, Any]) -> DateRange:
    """The days of a season or an exception; ValueError if they are none."""
    if "date" in data:
        return DateRange.parse(data["date"])
    return DateRange.parse(data["from"], data["to"])


def _refuse_overlap(span: TimeSpan, others: list[TimeSpan]) -> None:
    for other in others:
        if span.opens < other.closes and other.opens < span.closes:
            raise ValueError(f"they overlap {other}")


def _weekdays(key: str) -> Iterator[str]:
    first, _, last = key.partition("-")
    last = last or first
    for weekday in (first, last):
        if weekday not in WEEKDAYS:
            raise ValidationError(f"is no weekday{nearest(weekday, WEEKDAYS)}")
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    if end < start:
        raise ValidationError("runs backwards; write the earlier weekday first")
    yield from WEEKDAYS[start : end + 1]
