"""Opening hours: which rule wins, and the instants that it means."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.booking.domain.date_range import DateRange
from services.booking.domain.hours import DayHours, ExceptionDay, OpeningHours, Season, WeeklyHours
from services.booking.domain.interval import Interval, merge
from services.booking.domain.public_holidays import PublicHolidays
from services.booking.domain.time_span import TimeSpan
from tests.unit.booking.minutes import TIMELINES, Timeline, minutes_of
from tests.unit.booking.strategies import spans, weeks

WARSAW = ZoneInfo("Europe/Warsaw")


def every_day(*texts: str) -> WeeklyHours:
    return WeeklyHours((tuple(TimeSpan.parse(text) for text in texts),) * 7)


HOURS = OpeningHours(
    weekly=every_day("08:00-20:00"),
    seasons=(
        Season(DateRange.parse("07-01", "08-31"), every_day("10:00-18:00")),
        Season(DateRange.parse("2027-08-01", "2027-08-31"), every_day("12:00-14:00")),
        Season(DateRange.parse("12-20", "01-05"), every_day("09:00-15:00")),
    ),
    exceptions=(
        ExceptionDay(DateRange.parse("11-11"), (TimeSpan.parse("12:00-16:00"),), {"en": "Street festival"}),
        ExceptionDay(DateRange.parse("12-31"), (), {"en": "Closed"}),
        ExceptionDay(DateRange.parse("2027-12-31"), (TimeSpan.parse("08:00-12:00"),)),
    ),
    holidays=PublicHolidays("PL"),
)


@pytest.mark.parametrize(
    ("day", "spans_", "source"),
    [
        (date(2026, 6, 9), ["08:00-20:00"], "weekly"),
        (date(2026, 7, 1), ["10:00-18:00"], "season"),
        (date(2026, 8, 31), ["10:00-18:00"], "season"),
        (date(2026, 9, 1), ["08:00-20:00"], "weekly"),
        (date(2027, 8, 2), ["12:00-14:00"], "season"),  # the season with a year beats the yearly one
        (date(2027, 1, 5), ["09:00-15:00"], "season"),  # a season passes New Year
        (date(2026, 8, 15), [], "holiday"),  # a holiday beats the season
        (date(2026, 12, 25), [], "holiday"),
        (date(2026, 11, 11), ["12:00-16:00"], "exception"),  # an exception opens a holiday
        (date(2026, 12, 31), [], "exception"),
        (date(2027, 12, 31), ["08:00-12:00"], "exception"),  # the one with a year wins
    ],
)
def test_exceptions_beat_holidays_and_these_seasons(day: date, spans_: list[str], source: str) -> None:
    found = HOURS.on(day)
    assert [str(span) for span in found.spans] == spans_
    assert found.source == source


def test_a_closed_day_says_why() -> None:
    assert HOURS.on(date(2026, 11, 11)).reason == {"en": "Street festival"}
    assert HOURS.on(date(2026, 12, 25)).reason["pl"] == "Boże Narodzenie (pierwszy dzień)"


def test_holidays_close_only_where_the_hours_say_so() -> None:
    hours = OpeningHours(every_day("08:00-20:00"), holidays=PublicHolidays("PL"), closed_on_holidays=False)
    assert hours.on(date(2026, 12, 25)) == DayHours((TimeSpan(480, 1200),), "weekly")


def test_a_night_belongs_to_the_evening_on_which_it_opens() -> None:
    hours = OpeningHours(every_day("18:00-02:00"), holidays=PublicHolidays("PL"))
    christmas = hours.open_intervals(date(2026, 12, 24), date(2026, 12, 26), WARSAW)
    assert christmas == [
        Interval(datetime(2026, 12, 23, 23, tzinfo=UTC), datetime(2026, 12, 24, 1, tzinfo=UTC)),
    ]


def test_days_that_are_open_around_the_clock_have_no_seam() -> None:
    hours = OpeningHours(every_day("00:00-24:00"))
    assert len(hours.open_intervals(date(2026, 10, 1), date(2026, 10, 31), WARSAW)) == 1


def test_a_whole_day_spans_its_breaks_and_its_night() -> None:
    hours = OpeningHours(every_day("08:00-12:00", "14:00-02:00"))
    assert hours.whole_day(date(2026, 6, 9), WARSAW) == Interval(
        datetime(2026, 6, 9, 6, tzinfo=UTC), datetime(2026, 6, 10, 0, tzinfo=UTC)
    )
    assert OpeningHours(every_day()).whole_day(date(2026, 6, 9), WARSAW) is None


def test_hours_wholly_in_a_skipped_hour_do_not_exist_that_day() -> None:
    hours = OpeningHours(every_day("02:10-02:50"))
    change = date(2026, 3, 29)
    assert hours.open_intervals(change, change, WARSAW) == []
    assert hours.whole_day(change, WARSAW) is None


@pytest.mark.parametrize("timeline", TIMELINES, ids=repr)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_open_time_is_what_a_look_at_every_minute_finds(timeline: Timeline, data: st.DataObject) -> None:
    before, middle, after = timeline.dates()
    exceptions = data.draw(st.lists(st.tuples(st.sampled_from(timeline.dates()), spans()), max_size=2))
    hours = OpeningHours(
        data.draw(weeks()),
        exceptions=tuple(ExceptionDay(DateRange(day, day), (span,)) for day, span in exceptions),
    )
    expected = {
        minute
        for day in [date.fromordinal(before.toordinal() - 1), before, middle, after]
        for span in hours.on(day).spans
        for minute in timeline.span(day, span.opens, span.closes)
    }
    found = hours.open_intervals(before, after, timeline.zone)
    assert minutes_of(found) == expected & timeline.days(before, after)
    assert merge(found) == found


@given(weeks(), weeks())
def test_hours_survive_being_kept_as_json(week: WeeklyHours, summer: WeeklyHours) -> None:
    hours = OpeningHours(
        week,
        (Season(DateRange.parse("07-01", "08-31"), summer),),
        HOURS.exceptions,
        PublicHolidays("DE", "BE"),
        False,
    )
    assert OpeningHours.from_dict(json.loads(json.dumps(hours.as_dict()))) == hours
