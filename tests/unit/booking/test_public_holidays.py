"""Public holidays and working days."""

from datetime import date

import pytest

from services.booking.domain.public_holidays import PublicHolidays


@pytest.mark.parametrize(
    ("country", "subdivision", "day", "name"),
    [
        ("PL", None, date(2026, 6, 4), "Corpus Christi"),
        ("PL", None, date(2026, 12, 24), "Christmas Eve"),
        ("PL", None, date(2024, 12, 24), None),  # a working day until 2024
        ("PL", None, date(2026, 6, 5), None),
        ("DE", "BE", date(2026, 3, 8), "Women's Day"),
        ("DE", "BY", date(2026, 3, 8), None),
        (None, None, date(2026, 12, 25), None),
    ],
)
def test_holidays_are_those_of_the_place(country: str, subdivision: str, day: date, name: str | None) -> None:
    assert PublicHolidays(country, subdivision).names_on(day).get("en") == name


def test_a_holiday_has_a_name_in_each_language_of_the_demo() -> None:
    assert {"pl", "en", "uk"} <= PublicHolidays("PL").names_on(date(2026, 11, 11)).keys()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 6, 3), True),
        (date(2026, 6, 4), False),  # a holiday on a Thursday
        (date(2026, 6, 5), True),
        (date(2026, 6, 6), False),
        (date(2026, 6, 7), False),
    ],
)
def test_working_days_are_weekdays_without_a_holiday(day: date, works: bool) -> None:
    assert PublicHolidays("PL").is_working_day(day) is works


@pytest.mark.parametrize(("country", "subdivision"), [("XX", None), ("pl", None), ("PL", "99")])
def test_an_unknown_place_is_refused(country: str, subdivision: str | None) -> None:
    with pytest.raises(ValueError, match="no p"):
        PublicHolidays(country, subdivision)
