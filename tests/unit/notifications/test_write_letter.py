"""The e-mail of a message, read back with the standard library's parser and with icalendar."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from services.notifications.domain.message import CalendarEntry, Message, Person, Wording
from services.notifications.rendering.write_letter import write_letter

ICS = "\r\n".join(
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//CAMP//PL", "METHOD:REQUEST", "BEGIN:VEVENT",
        "UID:0199-1@camp.example", "SEQUENCE:1", "DTSTAMP:20261120T100000Z", "DTSTART:20261126T160000Z",
        "DTEND:20261126T180000Z", "SUMMARY:Zebranie Żółwi – Łódź", "END:VEVENT", "END:VCALENDAR", "",
    ]
)  # fmt: skip
SENDER = Person("Centrum CAMP Poznań", "camp@example.org")
MESSAGE = Message(
    id=UUID("01990000-0000-7000-8000-000000000001"),
    recipient=Person("Żaneta Ćwięk", "zaneta@example.org"),
    language="pl",
    wording=Wording(
        "Rezerwacja potwierdzona: Sala Dębowa", "Dzień dobry,\n" + "ą" * 1200, "<p>Dzień dobry</p>"
    ),
    calendar=CalendarEntry("REQUEST", ICS),
    created_at=datetime(2026, 11, 20, 10, tzinfo=UTC),
)


def parsed(message: Message, **options) -> EmailMessage:
    content = write_letter(message, sender=SENDER, **options).content
    assert max(map(len, content.split(b"\r\n"))) <= 998, "RFC 5322 bounds a line"
    return message_from_bytes(content, policy=default)


def test_the_head_says_who_writes_whom_about_what():
    email = parsed(MESSAGE, reply_to=Person("", "biuro@example.org"))
    assert email["To"].addresses[0].display_name == "Żaneta Ćwięk"
    assert email["To"].addresses[0].addr_spec == "zaneta@example.org"
    assert email["From"].addresses[0].display_name == "Centrum CAMP Poznań"
    assert email["Reply-To"].addresses[0].addr_spec == "biuro@example.org"
    assert email["Subject"] == "Rezerwacja potwierdzona: Sala Dębowa"
    assert email["Message-ID"] == "<01990000-0000-7000-8000-000000000001@example.org>"
    assert email["Auto-Submitted"] == "auto-generated"
    assert email["Content-Language"] == "pl"
    assert email["Date"].datetime == MESSAGE.created_at
    assert not [name for name in email if name.startswith("List-")]


def test_text_html_and_calendar_are_alternatives_and_the_entry_is_attached_as_well():
    email = parsed(MESSAGE)
    assert email.get_content_type() == "multipart/mixed"
    alternative, attached = email.iter_parts()
    text, html, calendar = alternative.iter_parts()
    assert text.get_content().splitlines() == MESSAGE.wording.text.splitlines()
    assert html.get_content().strip() == MESSAGE.wording.html
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "REQUEST"
    assert attached.get_filename() == "reservation.ics"
    for entry in (calendar.get_payload(decode=True), attached.get_payload(decode=True)):
        assert entry == ICS.encode()
        assert Calendar.from_ical(entry).walk("VEVENT")[0]["SUMMARY"] == "Zebranie Żółwi – Łódź"


def test_without_a_calendar_entry_there_are_two_alternatives():
    email = parsed(replace(MESSAGE, calendar=None))
    assert email.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in email.iter_parts()] == ["text/plain", "text/html"]


def test_the_same_message_makes_the_same_octets():
    assert write_letter(MESSAGE, sender=SENDER) == write_letter(MESSAGE, sender=SENDER)


@pytest.mark.parametrize(
    "smuggled", ["Anna\r\nBcc: all@example.org", "Anna\nX: 1", "Anna\u2028Bcc: x@y.z", "\0"]
)
def test_nothing_can_be_smuggled_into_the_head(smuggled):
    wording = replace(MESSAGE.wording, subject=smuggled)
    email = parsed(replace(MESSAGE, recipient=Person(smuggled, "a@example.org"), wording=wording))
    assert email["Bcc"] is None
    assert email["X"] is None
    assert [address.addr_spec for address in email["To"].addresses] == ["a@example.org"]


visible = st.text(st.characters(codec="utf-8"), max_size=200)


@given(name=visible, subject=visible, text=visible)
def test_any_name_subject_and_text_come_through(name, subject, text):
    wording = Wording(subject, text, "<p></p>")
    email = parsed(replace(MESSAGE, recipient=Person(name, "a@example.org"), wording=wording, calendar=None))
    assert [address.addr_spec for address in email["To"].addresses] == ["a@example.org"]
    assert set(email.keys()) == {
        "Date", "From", "To", "Subject", "Message-ID", "Content-Language", "Auto-Submitted", "MIME-Version",
        "Content-Type",
    }  # fmt: skip
    assert next(email.iter_parts()).get_content().split() == text.split()
