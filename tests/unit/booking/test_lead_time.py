"""The first moment that may be reserved."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.booking.domain.lead_time import earliest_start, latest_date
from services.booking.domain.policy import LeadTime
from services.booking.domain.public_holidays import PublicHolidays

WARSAW = ZoneInfo("Europe/Warsaw")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("working_days", "now", "earliest"),
    [
        (0, "2026-06-08T10:00", "2026-06-08T10:00"),
        (1, "2026-06-08T10:00", "2026-06-09T00:00"),  # Monday for Tuesday
        (2, "2026-06-08T23:59", "2026-06-10T00:00"),  # Monday, late, for Wednesday
        (2, "2026-06-12T10:00", "2026-06-16T00:00"),  # Friday for Tuesday
        (2, "2026-06-13T10:00", "2026-06-17T00:00"),  # Saturday for Wednesday
        (2, "2026-06-14T10:00", "2026-06-17T00:00"),  # Sunday for Wednesday
        (1, "2026-06-12T10:00", "2026-06-13T00:00"),  # Friday for Saturday
        (1, "2026-06-13T10:00", "2026-06-16T00:00"),  # Saturday for Tuesday: Monday is the working day
        (3, "2026-06-02T10:00", "2026-06-06T00:00"),  # Tuesday, over Thursday's holiday, for Saturday
        (2, "2026-12-23T10:00", "2026-12-29T00:00"),  # over Christmas
    ],
)
def test_working_days_are_counted_from_today(working_days: int, now: str, earliest: str) -> None:
    found = earliest_start(LeadTime(working_days=working_days), PublicHolidays("PL"), local(now), WARSAW)
    assert found == local(earliest)


def test_hours_are_elapsed_even_over_a_change_of_clocks() -> None:
    found = earliest_start(LeadTime(hours=24), PublicHolidays(), local("2026-03-28T12:00"), WARSAW)
    assert found.astimezone(WARSAW).isoformat() == "2026-03-29T13:00:00+02:00"


def test_the_horizon_counts_local_days() -> None:
    assert latest_date(30, local("2026-06-08T00:30"), WARSAW).isoformat() == "2026-07-08"
