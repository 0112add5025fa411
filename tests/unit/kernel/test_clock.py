"""The clock is real time, or real time moved by what a setting says."""

from datetime import UTC, datetime, timedelta

import pytest

from services.kernel.clock import clock_from

SLACK = timedelta(seconds=5)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_without_a_setting_it_is_real_time(nothing: str | None) -> None:
    assert abs(clock_from(nothing)() - now()) < SLACK


@pytest.mark.parametrize(
    ("value", "seconds"), [("+3600.5", 3600.5), ("-60", -60), ("+0", 0), (" +86400 ", 86400)]
)
def test_an_offset_moves_real_time(value: str, seconds: float) -> None:
    assert abs(clock_from(value)() - now() - timedelta(seconds=seconds)) < SLACK


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("2026-03-01T09:00:00+01:00", datetime(2026, 3, 1, 8, tzinfo=UTC)),
        ("2026-03-01T08:00:00Z", datetime(2026, 3, 1, 8, tzinfo=UTC)),
        ("2026-03-01t08:00:00z", datetime(2026, 3, 1, 8, tzinfo=UTC)),
        ("2026-03-01 08:00Z", datetime(2026, 3, 1, 8, tzinfo=UTC)),
    ],
)
def test_an_instant_is_where_time_begins_and_then_runs_on(value: str, instant: datetime) -> None:
    clock = clock_from(value)
    first = clock()
    assert timedelta(0) <= first - instant < SLACK
    assert first.tzinfo is UTC
    assert clock() > first


@pytest.mark.parametrize(
    "value",
    [
        "tomorrow",
        "2026-03-01",
        "2026-03-01T09:00:00",
        "2026-02-30T09:00:00Z",
        "3600",
        "+1e9",
        "+nan",
        "+99999999999999",
        "-99999999999",
    ],
)
def test_anything_else_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        clock_from(value)
