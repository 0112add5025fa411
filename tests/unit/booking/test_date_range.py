"""Days that come once or every year."""

from datetime import date

import pytest

from services.booking.domain.date_range import DateRange


@pytest.mark.parametrize(
    ("first", "last", "day", "covered"),
    [
        ("2026-12-24", None, date(2026, 12, 24), True),
        ("2026-12-24", None, date(2027, 12, 24), False),
        ("12-24", None, date(2027, 12, 24), True),
        ("07-01", "08-31", date(2030, 7, 1), True),
        ("07-01", "08-31", date(2030, 8, 31), True),
        ("07-01", "08-31", date(2030, 9, 1), False),
        ("12-20", "01-06", date(2030, 12, 20), True),
        ("12-20", "01-06", date(2030, 1, 6), True),
        ("12-20", "01-06", date(2030, 1, 7), False),
        ("02-29", None, date(2028, 2, 29), True),
        ("02-29", None, date(2027, 3, 1), False),
        ("02-28", "03-01", date(2028, 2, 29), True),
        ("2026-12-20", "2027-01-06", date(2027, 1, 1), True),
    ],
)
def test_a_range_covers_its_days(first: str, last: str | None, day: date, covered: bool) -> None:
    assert DateRange.parse(first, last).covers(day) is covered


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-12-24", "12-26"),
        ("12-24", "2026-12-26"),
        ("2026-12-26", "2026-12-24"),
        ("2026-02-29", None),
        ("02-30", None),
        ("13-01", None),
        ("24 December", None),
        ("20261224", None),
        ("2026-W52-4", None),
    ],
)
def test_what_is_no_range_is_refused(first: str, last: str | None) -> None:
    with pytest.raises(ValueError, match="day"):
        DateRange.parse(first, last)


@pytest.mark.parametrize(
    ("first", "last"), [("2026-12-24", "2026-12-26"), ("12-20", "01-06"), ("02-29", "02-29")]
)
def test_a_range_is_read_back(first: str, last: str) -> None:
    kept = DateRange.parse(first, last).as_dict()
    assert kept == {"from": first, "to": last}
