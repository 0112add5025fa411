"""The rules of a slot, by table: one request, the codes that it breaks."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.booking.domain.check_slot import check_slot
from services.booking.domain.date_range import DateRange
from services.booking.domain.hours import ExceptionDay, OpeningHours, WeeklyHours
from services.booking.domain.policy import LeadTime, Policy
from services.booking.domain.public_holidays import PublicHolidays
from services.booking.domain.room import Seating
from services.booking.domain.slot import SlotRequest, find_slot
from services.booking.domain.time_span import TimeSpan

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 6, 8, 10, tzinfo=WARSAW)  # a Monday
DAY = (TimeSpan.parse("08:00-20:00"),)
NIGHT = (TimeSpan.parse("18:00-02:00"),)
OPENING = OpeningHours(
    WeeklyHours((DAY, DAY, DAY, DAY, NIGHT, (TimeSpan(0, 1440),), ())),
    exceptions=(ExceptionDay(DateRange.parse("2026-06-16"), (), {"en": "Painting"}),),
    holidays=PublicHolidays("PL"),
)
POLICY = Policy(start_step_minutes=30, min_minutes=60, max_minutes=480, horizon_days=90)
SEATING = Seating(20, {"theatre": 20, "boardroom": 8})


def codes(
    request: SlotRequest, opening: OpeningHours = OPENING, now: datetime = NOW, **changes: Any
) -> list[str]:
    policy = Policy(**{**_fields(POLICY), **changes})
    return [rule.code for rule in check_slot(request, SEATING, policy, opening, now, WARSAW)]


def _fields(policy: Policy) -> dict[str, Any]:
    return {name: getattr(policy, name) for name in Policy.__dataclass_fields__}


def slot(start: str, end: str, participants: int | None = None, layout: str | None = None) -> SlotRequest:
    times = (datetime.fromisoformat(text).replace(tzinfo=WARSAW) for text in (start, end))
    return SlotRequest(*times, participants=participants, layout=layout)


@pytest.mark.parametrize(
    ("start", "end", "broken"),
    [
        ("2026-06-09T10:00", "2026-06-09T12:00", []),
        ("2026-06-09T08:00", "2026-06-09T16:00", []),  # from the opening, as long as allowed
        ("2026-06-09T19:00", "2026-06-09T20:00", []),  # until the closing, as short as allowed
        ("2026-06-08T10:00", "2026-06-08T11:00", []),  # starting this moment
        ("2026-06-09T12:00", "2026-06-09T10:00", ["end_before_start"]),
        ("2026-06-09T12:00", "2026-06-09T12:00", ["end_before_start"]),
        ("2026-06-08T09:30", "2026-06-08T11:00", ["in_the_past"]),
        ("2026-06-09T10:15", "2026-06-09T12:00", ["start_step"]),
        ("2026-06-09T10:00:01", "2026-06-09T12:00", ["start_step"]),
        ("2026-06-09T10:00", "2026-06-09T11:30:30", ["start_step"]),
        ("2026-06-09T10:00", "2026-06-09T11:10", []),  # only the start has a step
        ("2026-06-09T10:00", "2026-06-09T10:59", ["too_short"]),
        ("2026-06-09T08:00", "2026-06-09T16:01", ["too_long"]),
        ("2026-06-09T10:00", "2099-06-09T10:00", ["too_long"]),  # its first eight hours could be reserved
        ("2026-06-09T07:30", "2026-06-09T20:00", ["too_long", "outside_opening_hours"]),
        ("2026-06-09T07:30", "2026-06-09T09:00", ["outside_opening_hours"]),
        ("2026-06-09T19:30", "2026-06-09T20:30", ["outside_opening_hours"]),
        ("2026-06-09T21:00", "2026-06-09T22:00", ["outside_opening_hours"]),
        ("2026-06-14T10:00", "2026-06-14T12:00", ["outside_opening_hours"]),  # Sunday
        ("2026-06-16T10:00", "2026-06-16T12:00", ["outside_opening_hours"]),  # an exception
        ("2026-08-15T10:00", "2026-08-15T12:00", ["outside_opening_hours"]),  # a holiday
        ("2026-06-12T22:00", "2026-06-13T02:00", []),  # past midnight, into a Saturday open around the clock
        ("2026-06-13T20:00", "2026-06-14T00:00", []),  # until 24:00
        ("2026-06-13T23:00", "2026-06-14T00:30", ["outside_opening_hours"]),
        ("2026-09-05T10:00", "2026-09-05T11:00", []),  # Saturday
        ("2026-09-07T10:00", "2026-09-07T11:00", ["beyond_horizon"]),
        ("2026-06-08T09:15", "2026-06-08T09:30", ["in_the_past", "start_step", "too_short"]),
    ],
)
def test_times_are_held_against_the_rules(start: str, end: str, broken: list[str]) -> None:
    assert codes(slot(start, end)) == broken


@pytest.mark.parametrize(
    ("participants", "layout", "broken"),
    [
        (None, None, []),
        (20, None, []),
        (21, None, ["over_capacity"]),
        (20, "theatre", []),
        (9, "boardroom", ["over_capacity"]),
        (8, "boardroom", []),
        (8, "circle", ["layout_unknown"]),
        (21, "circle", ["layout_unknown", "over_capacity"]),
    ],
)
def test_people_fit_into_the_room_as_it_is_laid_out(
    participants: int | None, layout: str | None, broken: list[str]
) -> None:
    assert codes(slot("2026-06-09T10:00", "2026-06-09T12:00", participants, layout)) == broken


@pytest.mark.parametrize(
    ("day", "changes", "broken"),
    [
        (date(2026, 6, 9), {}, []),  # twelve hours, though the longest slot is eight
        (date(2026, 6, 12), {}, []),  # a night
        (date(2026, 6, 9), {"whole_day": False}, ["whole_day_not_offered"]),
        (date(2026, 6, 14), {}, ["outside_opening_hours"]),
        (date(2026, 6, 8), {}, ["in_the_past"]),  # it opened two hours ago
        (date(2026, 9, 8), {}, ["beyond_horizon"]),
        (date(2026, 6, 9), {"lead_time": LeadTime(hours=48)}, ["lead_time"]),
    ],
)
def test_whole_days_have_their_own_rules(day: date, changes: dict[str, Any], broken: list[str]) -> None:
    assert codes(SlotRequest(day=day), **changes) == broken


@pytest.mark.parametrize(
    ("lead_time", "start", "broken"),
    [
        (LeadTime(hours=24), "2026-06-09T10:00", []),
        (LeadTime(hours=24), "2026-06-09T09:30", ["lead_time"]),
        (LeadTime(working_days=2), "2026-06-10T08:00", []),
        (LeadTime(working_days=2), "2026-06-09T19:00", ["lead_time"]),
        (LeadTime(working_days=4), "2026-06-12T18:00", []),
        (LeadTime(working_days=5), "2026-06-12T18:00", ["lead_time"]),
        (LeadTime(working_days=5), "2026-06-13T08:00", []),
        (LeadTime(hours=24), "2026-06-08T09:00", ["in_the_past"]),
    ],
)
def test_a_reservation_is_made_ahead(lead_time: LeadTime, start: str, broken: list[str]) -> None:
    end = datetime.fromisoformat(start).replace(hour=int(start[11:13]) + 1).isoformat()
    assert codes(slot(start, end), lead_time=lead_time) == broken


AROUND_THE_CLOCK = OpeningHours(WeeklyHours(((TimeSpan(0, 1440),),) * 7))


@pytest.mark.parametrize(
    ("start", "end", "changes", "broken"),
    [
        # the hour from 02:00 to 03:00 does not exist
        ("2026-03-29T00:00+00:00", "2026-03-29T02:00+00:00", {"max_minutes": 120}, []),
        ("2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00", {"min_minutes": 61}, ["too_short"]),
        # an offset that the zone lacks at that time still makes an instant: the wall shows 03:30
        ("2026-03-29T02:30+01:00", "2026-03-29T04:30+02:00", {}, []),
        # the step counts on the wall, so a step of four hours falls on other instants than on other days
        ("2026-03-29T04:00+02:00", "2026-03-29T06:00+02:00", {"start_step_minutes": 240}, []),
        ("2026-03-29T05:00+02:00", "2026-03-29T07:00+02:00", {"start_step_minutes": 240}, ["start_step"]),
        # the hour from 02:00 to 03:00 comes twice
        ("2026-10-25T02:00+02:00", "2026-10-25T03:00+01:00", {"max_minutes": 119}, ["too_long"]),
        ("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", {}, []),
        ("2026-10-25T02:30+01:00", "2026-10-25T02:30+02:00", {}, ["end_before_start"]),
    ],
)
def test_lengths_are_elapsed_and_steps_are_on_the_wall(
    start: str, end: str, changes: dict[str, Any], broken: list[str]
) -> None:
    request = SlotRequest(datetime.fromisoformat(start), datetime.fromisoformat(end))
    now = request.start.replace(day=20) if request.start else NOW
    assert codes(request, AROUND_THE_CLOCK, now, **changes) == broken


def test_a_broken_rule_speaks_to_people_and_to_programs() -> None:
    (rule,) = check_slot(slot("2026-06-16T10:00", "2026-06-16T12:00"), SEATING, POLICY, OPENING, NOW, WARSAW)
    assert rule.as_dict() == {
        "code": "outside_opening_hours",
        "detail": "The room is closed on 2026-06-16.",
        "date": "2026-06-16",
        "open": [],
        "because": "exception",
        "reason": {"en": "Painting"},
    }


def test_outside_the_hours_of_an_open_day_the_hours_are_told() -> None:
    (rule,) = check_slot(slot("2026-06-09T20:00", "2026-06-09T22:00"), SEATING, POLICY, OPENING, NOW, WARSAW)
    assert rule.particulars["open"] == [
        {"start": "2026-06-09T08:00:00+02:00", "end": "2026-06-09T20:00:00+02:00"}
    ]


def test_a_lead_time_tells_the_first_start() -> None:
    policy = Policy(lead_time=LeadTime(working_days=2))
    (rule,) = check_slot(slot("2026-06-09T10:00", "2026-06-09T12:00"), SEATING, policy, OPENING, NOW, WARSAW)
    assert rule.particulars == {"earliest": "2026-06-10T00:00:00+02:00", "working_days": 2}


def test_every_message_can_be_filled_in() -> None:
    requests = [
        slot("2026-06-09T12:00", "2026-06-09T10:00", 99, "circle"),
        slot("2026-06-07T03:10", "2026-06-07T03:11"),
        slot("2028-06-07T03:10", "2028-06-08T03:11"),
        slot("2026-06-08T10:05", "2026-06-08T12:00"),
        SlotRequest(day=date(2026, 6, 14)),
    ]
    policy = Policy(whole_day=False, lead_time=LeadTime(hours=1))
    broken = [
        rule for request in requests for rule in check_slot(request, SEATING, policy, OPENING, NOW, WARSAW)
    ]
    assert len({rule.code for rule in broken}) == 11
    assert all("%" not in rule.detail for rule in broken)


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"start": NOW},
        {"start": NOW, "day": NOW.date()},
        {"start": NOW, "end": NOW, "day": NOW.date()},
        {"start": NOW.replace(tzinfo=None), "end": NOW},
    ],
)
def test_a_request_is_either_by_the_hour_or_by_the_day(wish: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="slot|zone"):
        SlotRequest(**wish)


def test_the_slot_of_a_day_is_its_open_time() -> None:
    found = find_slot(SlotRequest(day=date(2026, 6, 12)), OPENING, WARSAW)
    assert found is not None
    assert found.start == datetime(2026, 6, 12, 16, tzinfo=UTC)
    assert found.end == datetime(2026, 6, 13, 0, tzinfo=UTC)
