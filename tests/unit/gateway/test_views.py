"""What pages show, worked out from answers: days, weeks, standings, times."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gateway.site.booking_request import nights_of
from gateway.site.booking_times import NoSuchTime, clock_choices, hours_of, instant_on, read_clock
from gateway.site.local_address import local_address
from gateway.views.lead_time import soonest_start
from gateway.views.moments import Span, read_date
from gateway.views.standing import standing_on, standing_today
from gateway.views.week import read_day, read_week
from tests.support.page_services import NOW, TODAY, ZONE, MemoryBooking, make_room

POLICY = make_room(1, "big", 10)["policy"]


def day_of(open_: list[str], free: list[str], busy: list[str]) -> dict[str, Any]:
    """A day of an availability answer; spans like 08-12, of today."""

    def spans(parts: list[str]) -> list[dict[str, str]]:
        return [
            {"start": f"{TODAY}T{start}:00:00+01:00", "end": f"{TODAY}T{end}:00:00+01:00"}
            for start, end in (part.split("-") for part in parts)
        ]

    state = "closed" if not open_ else "free" if not busy else "partial" if free else "full"
    return {
        "date": str(TODAY),
        "state": state,
        "open": spans(open_),
        "free": spans(free),
        "busy": spans(busy),
    }


@pytest.mark.parametrize(
    ("open_", "free", "busy", "code", "state"),
    [
        ([], [], [], "closed", "closed"),
        (["08-22"], ["08-22"], [], "free_now_until", "free"),
        (["08-22"], ["14-22"], ["08-14"], "free_from", "partial"),
        (["12-22"], ["12-22"], [], "free_from", "free"),
        (["08-22"], [], ["08-22"], "full", "full"),
        (["08-22"], ["08-11"], ["11-22"], "full", "full"),
        (["08-11"], ["08-11"], [], "over", "closed"),
    ],
)
def test_where_a_room_stands_at_twenty_past_eleven(
    open_: list[str], free: list[str], busy: list[str], code: str, state: str
) -> None:
    standing = standing_today(read_day(day_of(open_, free, busy), POLICY, ZONE, NOW), NOW)
    assert (standing.code, standing.state) == (code, state)


@pytest.mark.parametrize(
    ("hours", "code"),
    [(0, "free_spans"), (48, "too_soon")],
)
def test_on_another_day_the_lead_time_counts(hours: int, code: str) -> None:
    policy = {**POLICY, "lead_time": {"hours": hours}}
    day = read_day(day_of(["08-22"], ["14-22"], ["08-14"]), policy, ZONE, NOW)
    assert standing_on(day).code == code


@pytest.mark.parametrize(
    ("lead", "now", "soonest"),
    [
        ({"hours": 0}, "2026-11-24T11:20", "2026-11-24T11:30"),
        ({"hours": 1}, "2026-11-24T11:00", "2026-11-24T12:00"),
        ({"hours": 48}, "2026-11-24T11:20", "2026-11-26T11:30"),
        ({"hours": 1}, "2026-11-24T23:10", "2026-11-25T00:30"),
        ({"working_days": 2}, "2026-11-27T11:20", "2026-12-01T00:00"),  # Friday: in time for Tuesday
        ({"working_days": 2}, "2026-11-28T11:20", "2026-12-02T00:00"),  # Saturday: for Wednesday
    ],
)
def test_the_soonest_start(lead: dict[str, int], now: str, soonest: str) -> None:
    found = soonest_start({**POLICY, "lead_time": lead}, datetime.fromisoformat(now).replace(tzinfo=ZONE))
    assert f"{found:%Y-%m-%dT%H:%M}" == soonest


def test_a_bar_shows_only_what_is_open() -> None:
    booking = MemoryBooking(busy=[(6, 10)])
    answer = booking.availability("big", "2026-11-23", "2026-11-29", caller=None)  # type: ignore[arg-type]
    week = read_week(answer, POLICY, ZONE, NOW)
    busy = [part for part in week.days[0].bar if part.kind == "busy"]
    assert [(part.x, part.width) for part in busy] == [(0.0, 14.29)]
    assert week.days[6].bar == ()
    assert [hour for hour, _ in week.ticks] == [9, 12, 15, 18, 21]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("00:00", 0),
        ("09:30", 570),
        ("24:00", 1440),
        ("24:01", None),
        ("9:30", None),
        ("", None),
        ("٠٩:٣٠", None),
    ],
)
def test_only_times_of_a_clock_are_read(text: str, minutes: int | None) -> None:
    assert read_clock(text) == minutes


def test_times_to_choose_from_keep_the_chosen_one() -> None:
    assert clock_choices(30, range(540, 600), "09:10") == ["09:00", "09:10", "09:30", "10:00"]


@pytest.mark.parametrize(
    ("day", "minutes", "instant"),
    [
        ("2026-11-24", 600, "2026-11-24T10:00:00+01:00"),
        ("2026-11-24", 1440, "2026-11-25T00:00:00+01:00"),
        ("2026-10-25", 150, "2026-10-25T02:30:00+02:00"),  # this time comes twice: the first
        ("2027-03-28", 150, None),  # this time is skipped
    ],
)
def test_the_instant_of_a_time(day: str, minutes: int, instant: str | None) -> None:
    if instant is None:
        with pytest.raises(NoSuchTime):
            instant_on(date.fromisoformat(day), minutes, ZONE)
        return
    assert instant_on(date.fromisoformat(day), minutes, ZONE).isoformat() == instant


def test_elapsed_minutes_know_that_the_clocks_change() -> None:
    zone = ZoneInfo("Europe/Warsaw")
    night = Span(datetime(2026, 10, 25, 0, tzinfo=zone), datetime(2026, 10, 25, 6, tzinfo=zone))
    assert night.minutes == 7 * 60


def test_a_night_is_known_by_hours_that_meet_at_midnight() -> None:
    def day(date_: str, *open_: tuple[str, str]) -> dict[str, Any]:
        return {"date": date_, "open": [{"start": start, "end": end} for start, end in open_]}

    midnight = "2026-11-25T00:00:00+01:00"
    answer = {
        "days": [
            day("2026-11-24", ("2026-11-24T18:00:00+01:00", midnight)),
            day("2026-11-25", (midnight, "2026-11-25T02:00:00+01:00")),
        ]
    }
    assert nights_of(answer) == {date(2026, 11, 24)}
    assert hours_of(answer) == range(0, 1440)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-24", TODAY),
        ("2026-11-31", None),
        ("20261124", TODAY),
        ("1999-01-01", None),
        (None, None),
        ("", None),
    ],
)
def test_only_dates_are_read(text: str | None, found: date | None) -> None:
    assert read_date(text) == found


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/bookings?a=1", "/bookings?a=1"),
        ("/", "/"),
        ("//evil.example", "/home"),
        ("/\\evil.example", "/home"),
        ("https://evil.example", "/home"),
        ("/a\nb", "/home"),
        ("/\u2028x", "/home"),
        (None, "/home"),
    ],
)
def test_only_our_own_addresses_are_followed(asked: str | None, led: str) -> None:
    assert local_address(asked, "/home") == led
