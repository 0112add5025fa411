"""Sentences that are put together from codes and numbers, in each language's own grammar."""

from typing import Any

import pytest
from flask import Flask

from gateway import problem_texts, wording
from gateway.formats import day_long, hours, length, when
from gateway.views.moments import Span, span
from services.kernel.errors import Conflict
from tests.support.page_services import NOW, TODAY, ZONE, at, make_room

POLICY = make_room(1, "big", 10)["policy"]


def said(app: Flask, language: str, sentence: Any) -> Any:
    """What a function says within a page of that language."""
    with app.test_request_context(headers={"Accept-Language": language}):
        return sentence()


@pytest.mark.parametrize(
    ("language", "lead", "sentence"),
    [
        ("pl", {"hours": 1}, "Rezerwuj co najmniej 1 godzinę wcześniej."),
        ("pl", {"hours": 2}, "Rezerwuj co najmniej 2 godziny wcześniej."),
        ("pl", {"hours": 12}, "Rezerwuj co najmniej 12 godzin wcześniej."),
        ("pl", {"hours": 22}, "Rezerwuj co najmniej 22 godziny wcześniej."),
        ("pl", {"working_days": 2}, "Rezerwuj co najmniej 2 dni robocze wcześniej."),
        ("uk", {"hours": 1}, "Бронюйте щонайменше за 1 годину."),
        ("uk", {"hours": 21}, "Бронюйте щонайменше за 21 годину."),
        ("uk", {"hours": 24}, "Бронюйте щонайменше за 24 години."),
        ("uk", {"hours": 48}, "Бронюйте щонайменше за 48 годин."),
        ("en", {"working_days": 1}, "Please book at least 1 working day ahead."),
    ],
)
def test_numbers_follow_the_language_s_grammar(
    app: Flask, language: str, lead: dict[str, int], sentence: str
) -> None:
    assert sentence in said(app, language, lambda: wording.policy_sentences({**POLICY, "lead_time": lead}))


def test_a_policy_says_only_what_there_is(app: Flask) -> None:
    plain = said(app, "en", lambda: wording.policy_sentences({**POLICY, "whole_day": False}))
    assert plain == [
        "You can book from 30 min to 12 h at a time.",
        "Bookings start every 30 minutes.",
        "You can book up to 180 days ahead.",
        "Your booking stands at once; nobody has to approve it.",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "wtorek, 24 listopada, 09:00–24:00"),
        ("en", "Tuesday, 24 November, 09:00–24:00"),
        ("uk", "вівторок, 24 листопада, 09:00–24:00"),
    ],
)
def test_a_slot_to_midnight_ends_at_24(app: Flask, language: str, text: str) -> None:
    slot = span({"start": at(TODAY, 9), "end": at(TODAY, 24)}, ZONE)
    assert said(app, language, lambda: when(slot)) == text


def test_the_hour_that_comes_twice_is_told_apart(app: Flask) -> None:
    first = NOW.replace(month=10, day=25, hour=2, minute=0)
    second = first.replace(fold=1)
    assert said(app, "en", lambda: hours(Span(first, second))) == "02:00 (UTC+02)–02:00 (UTC+01)"


def test_another_year_is_named(app: Flask) -> None:
    assert "2027" in said(app, "pl", lambda: day_long(TODAY.replace(year=2027), TODAY))
    assert "2026" not in said(app, "pl", lambda: day_long(TODAY, TODAY))


@pytest.mark.parametrize(
    ("minutes", "text"), [(30, "30 min"), (60, "1 h"), (90, "1 h 30 min"), (840, "14 h")]
)
def test_lengths(app: Flask, minutes: int, text: str) -> None:
    assert said(app, "en", lambda: length(minutes)) == text


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            {
                "code": "outside_opening_hours",
                "date": "2026-12-24",
                "open": [],
                "reason": {"en": "Christmas Eve"},
            },
            "The room is closed on Thursday, 24 December (Christmas Eve).",
        ),
        (
            {
                "code": "outside_opening_hours",
                "date": "2026-11-24",
                "open": [{"start": at(TODAY, 8), "end": at(TODAY, 24)}],
                "reason": {},
            },
            "On Tuesday, 24 November the room is open 08:00–24:00.",
        ),
        ({"code": "beyond_horizon", "latest": "2027-05-23"}, "Bookings are taken up to Sunday, 23 May."),
        ({"code": "too_long", "max_minutes": 240}, "A booking lasts at most 4 h."),
        ({"code": "too_long", "detail": "Without the number."}, "Without the number."),
        ({"code": "never_heard_of", "detail": "Something new."}, "Something new."),
        ({"code": "never_heard_of"}, "This cannot be accepted."),
        ({"code": Conflict.default_code}, "This cannot be accepted."),
    ],
)
def test_rules_are_told_in_words(app: Flask, rule: dict[str, Any], text: str) -> None:
    assert said(app, "en", lambda: problem_texts.rule_text(rule)) == text
