"""Calendar messages, read back."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from services.booking.domain.calendar import Invitation, Method, Party, build_calendar, event_uid
from services.booking.domain.interval import Interval

RESERVATION = UUID("0197a5b0-0000-7000-8000-000000000001")
START = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


def invitation(
    sequence: int = 0, summary: str = "Zebranie", description: str = "", name: str = "Recepcja"
) -> Invitation:
    return Invitation(
        reservation_id=RESERVATION,
        centre_slug="poznan-camp",
        sequence=sequence,
        stamp=datetime(2026, 6, 8, 12, tzinfo=ZoneInfo("Europe/Warsaw")),
        slot=Interval(START, START + timedelta(hours=2)),
        summary=summary,
        location="Sala Warta, ul. Chwaliszewo; parter",
        organizer=Party(name, "recepcja@poznan-camp.test"),
        attendee=Party("Zażółć “Gęślą” Jaźń", "resident@demo.test"),
        description=description,
        url="http://localhost:8080/bookings/1?key=a-b_c",
    )


def read(text: str) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(text)
    assert isinstance(calendar, Calendar)
    (event,) = calendar.events
    return calendar, event


@pytest.mark.parametrize(("method", "status"), [("REQUEST", "CONFIRMED"), ("CANCEL", "CANCELLED")])
def test_a_message_is_read_back(method: Method, status: str) -> None:
    calendar, event = read(build_calendar(invitation(sequence=3), method))
    assert (calendar["METHOD"], calendar["VERSION"], event["STATUS"]) == (method, "2.0", status)
    assert event["UID"] == "0197a5b0-0000-7000-8000-000000000001@poznan-camp"
    assert event["SEQUENCE"] == 3
    assert (event.start, event.end) == (START, START + timedelta(hours=2))
    assert event.stamp == datetime(2026, 6, 8, 10, tzinfo=UTC)
    assert event["ORGANIZER"] == "mailto:recepcja@poznan-camp.test"
    assert event["ATTENDEE"] == "mailto:resident@demo.test"
    assert event["ATTENDEE"].params["CN"] == "Zażółć “Gęślą” Jaźń"
    assert event["LOCATION"] == "Sala Warta, ul. Chwaliszewo; parter"
    assert event["URL"] == "http://localhost:8080/bookings/1?key=a-b_c"


def test_times_are_in_utc() -> None:
    text = build_calendar(invitation(), "REQUEST")
    assert "DTSTART:20261025T013000Z\r\n" in text
    assert "TZID" not in text


def test_a_cancellation_has_the_identity_of_the_request() -> None:
    request, cancel = (read(build_calendar(invitation(number), method))[1] for number, method in _CHANGES)
    assert request["UID"] == cancel["UID"] == event_uid(RESERVATION, "poznan-camp")
    assert request["SEQUENCE"] < cancel["SEQUENCE"]


_CHANGES: list[tuple[int, Method]] = [(0, "REQUEST"), (1, "CANCEL")]


@given(words, words, words)
def test_any_text_survives_and_lines_are_folded(summary: str, description: str, name: str) -> None:
    text = build_calendar(invitation(summary=summary, description=description, name=name), "REQUEST")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    _, event = read(text)
    assert event["SUMMARY"] == summary
    assert event.get("DESCRIPTION", "") == description


@pytest.mark.parametrize(
    "text", ["one\ntwo", "one\r\ntwo", "a\r\nATTENDEE:mailto:x@y.test", "bell\a nul\0", "a\tb"]
)
def test_text_cannot_become_a_line_of_its_own(text: str) -> None:
    calendar, event = read(build_calendar(invitation(summary=text, description=text, name=text), "REQUEST"))
    assert event["ATTENDEE"] == "mailto:resident@demo.test"
    assert len(calendar.subcomponents) == 1
