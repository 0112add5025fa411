"""Spans of opening hours as text."""

import pytest
from hypothesis import given

from services.booking.domain.time_span import TimeSpan
from tests.unit.booking.strategies import spans


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("08:00-21:00", 480, 1260),
        ("8:05 – 9:00", 485, 540),
        ("18:00-02:00", 1080, 1560),
        ("18:00-24:00", 1080, 1440),
        ("18:00-00:00", 1080, 1440),
        ("00:00-24:00", 0, 1440),
        ("23:59-23:58", 1439, 2878),
    ],
)
def test_hours_are_read(text: str, opens: int, closes: int) -> None:
    assert TimeSpan.parse(text) == TimeSpan(opens, closes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "08:00",
        "08-21",
        "8:0-9:00",
        "08:60-09:00",
        "24:00-25:00",
        "24:00-02:00",
        "08:00-24:01",
        "٠٨:00-09:00",
    ],
)
def test_what_is_not_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="hours"):
        TimeSpan.parse(text)


def test_equal_times_are_refused_because_they_can_be_read_in_two_ways() -> None:
    with pytest.raises(ValueError, match="00:00-24:00"):
        TimeSpan.parse("08:00-08:00")


@pytest.mark.parametrize(("opens", "closes"), [(-1, 60), (1440, 1500), (60, 60), (60, 59), (60, 1500)])
def test_impossible_spans_are_refused(opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match="opening hours"):
        TimeSpan(opens, closes)


@given(spans())
def test_text_is_read_back(span: TimeSpan) -> None:
    assert TimeSpan.parse(str(span)) == span
