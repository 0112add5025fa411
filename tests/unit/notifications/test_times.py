"""Times in words: the centre's wall clock, in the reader's language."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.notifications.domain.times import instant_in_words, slot_in_words

WARSAW = ZoneInfo("Europe/Warsaw")
JULY_FIRST = "środa, 1 lipca 2026, "


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "czwartek, 26 listopada 2026, 17:00–19:00"),
        ("en", "Thursday, 26 November 2026, 17:00–19:00"),
        ("uk", "четвер, 26 листопада 2026\u202fр., 17:00–19:00"),
    ],
)
def test_a_slot_is_told_in_the_readers_language(language, words):
    assert slot_in_words(utc(2026, 11, 26, 16), utc(2026, 11, 26, 18), WARSAW, language) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (utc(2026, 7, 1, 15), utc(2026, 7, 1, 22), JULY_FIRST + "17:00–24:00"),
        (utc(2026, 7, 1, 20), utc(2026, 7, 2, 0), JULY_FIRST + "22:00 – czwartek, 2 lipca 2026, 02:00"),
        (utc(2026, 6, 30, 22), utc(2026, 7, 2, 22), JULY_FIRST + "00:00 – piątek, 3 lipca 2026, 00:00"),
        (
            utc(2026, 10, 25, 0),
            utc(2026, 10, 25, 1),
            "niedziela, 25 października 2026, 02:00 (UTC+02:00)–02:00 (UTC+01:00)",
        ),
        (utc(2026, 3, 29, 0, 30), utc(2026, 3, 29, 1), "niedziela, 29 marca 2026, 01:30–03:00"),
    ],
    ids=["to midnight", "past midnight", "two whole days", "the hour told twice", "the skipped hour"],
)
def test_nights_midnights_and_clock_changes_are_told_without_doubt(start, end, words):
    assert slot_in_words(start, end, WARSAW, "pl") == words


def test_one_moment_is_told_with_its_day():
    assert instant_in_words(utc(2026, 11, 26, 16, 5), WARSAW, "pl") == "czwartek, 26 listopada 2026, 17:05"
