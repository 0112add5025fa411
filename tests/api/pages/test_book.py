"""Booking with the form of a room's page."""

from datetime import timedelta
from typing import Any

import pytest

from services.kernel.errors import (
    Conflict,
    Forbidden,
    Invalid,
    Problem,
    SlotTaken,
    TooManyRequests,
    Unavailable,
)
from tests.api.pages.browser import Browser, Page
from tests.support.page_services import TODAY, MemoryBooking, at

TOMORROW = TODAY + timedelta(days=1)
FORM = "form[data-booking]"
FILLED = {
    "date": str(TOMORROW),
    "start": "10:00",
    "end": "12:00",
    "title": "Board meeting",
    "purpose": "Chairs in a circle",
    "participants": "12",
    "contact_name": "Some Person",
    "contact_email": "person@example.org",
}


def book(browser: Browser, **changed: Any) -> Page:
    """Fill the form in and send it."""
    return browser.send(browser.get("/rooms/big"), FORM, **{**FILLED, **changed})


def errors(page: Page) -> list[str]:
    """What the error summary lists."""
    return [" ".join(item.get_text(" ").split()) for item in page.soup.select("#error-summary li")]


def test_a_person_s_booking_reaches_booking_and_leads_to_its_page(
    person: Browser, booking: MemoryBooking
) -> None:
    page = book(person)
    assert page.status == 303
    body, key, caller = booking.asked("create")[0]
    assert body == {
        "room_id": booking.all_rooms[0]["id"],
        "start": at(TOMORROW, 10),
        "end": at(TOMORROW, 12),
        "title": "Board meeting",
        "purpose": "Chairs in a circle",
        "participants": 12,
        "charges_participants": False,
        "contact": {"name": "Some Person", "email": "person@example.org"},
        "language": "en",
    }
    assert len(key) == 32
    assert not caller.is_anonymous
    shown = person.get(page.location)
    assert "Booked." in shown.text
    assert shown.headers["Cache-Control"] == "no-store"


def test_a_guest_is_told_to_look_into_the_mail(browser: Browser) -> None:
    page = book(browser, contact_email="guest@example.org")
    assert page.location == "/bookings/sent"
    text = browser.get("/bookings/sent").text
    assert "guest@example.org" in text
    assert "12:20" in text


def test_a_whole_day_needs_no_hours(person: Browser, booking: MemoryBooking) -> None:
    book(person, whole_day="1", start="", end="")
    body = booking.asked("create")[0][0]
    assert (body["date"], body["whole_day"]) == (str(TOMORROW), True)
    assert "start" not in body


def test_the_end_of_the_day_is_the_next_midnight(person: Browser, booking: MemoryBooking) -> None:
    book(person, end="24:00")
    assert booking.asked("create")[0][0]["end"] == at(TOMORROW, 24)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("date", "", "Choose the day."),
        ("date", "31.12.2026", "Choose the day."),
        ("start", "", "Choose when you start."),
        ("end", "25:00", "Choose when you end."),
        ("title", " ", "Give it a title, so that the centre knows what it is."),
        ("title", "x" * 201, "Use at most 200 characters."),
        ("participants", "twelve", "Enter how many people will come, in digits."),
        ("participants", "0", "Enter how many people will come, in digits."),
        ("participants", "٣", "Enter how many people will come, in digits."),
        ("contact_name", "", "Enter your name."),
        ("contact_email", "nobody", "Enter an e-mail address such as anna@example.org."),
        ("contact_email", "", "Enter your e-mail address: we send a link to confirm."),
    ],
)
def test_each_mistake_is_told_beside_its_field_and_at_the_top(
    browser: Browser, booking: MemoryBooking, field: str, value: str, said: str
) -> None:
    page = book(browser, **{field: value})
    assert page.status == 422
    assert not booking.asked("create")
    assert errors(page) == [said]
    assert page.one("#error-summary li a")["href"] == f"#{field}"
    wrong = page.one(f"#{field}")
    assert wrong["aria-invalid"] == "true"
    assert said in page.one(f"#error-{field}").get_text()
    assert f"error-{field}" in str(wrong["aria-describedby"])
    assert page.one("title").get_text().startswith("Error:")


def test_what_was_entered_is_kept(browser: Browser) -> None:
    page = book(browser, participants="", whole_day="1", title='"><script>')
    kept = page.fields(FORM)
    assert kept["title"] == '"><script>'
    assert kept["whole_day"] == "1"
    assert kept["start"] == "10:00"
    assert kept["purpose"] == "Chairs in a circle"
    assert not page.soup.select("main script")


def test_a_rule_is_told_beside_the_field_that_mends_it(person: Browser, booking: MemoryBooking) -> None:
    rules = [
        {"code": "over_capacity", "detail": "x", "capacity": 100, "participants": 200},
        {"code": "lead_time", "detail": "x", "earliest": at(TOMORROW, 11, 30), "hours": 24},
        {"code": "unheard_of", "detail": "A rule that pages do not know yet."},
    ]
    booking.refuses["create"] = Invalid("rules_broken", rules=rules)
    page = book(person)
    assert page.status == 422
    assert "At most 100 people fit" in page.one("#error-participants").get_text()
    assert "25 November, 11:30" in page.one("#error-date").get_text()
    assert "A rule that pages do not know yet." in errors(page)


def test_a_field_refused_by_booking_is_told_beside_it(person: Browser, booking: MemoryBooking) -> None:
    faults = [
        {"field": "contact.phone", "code": "odd", "detail": "Not a phone number."},
        {"field": "title", "code": "too_long", "detail": "Longer than maximum length 200."},
    ]
    booking.refuses["create"] = Invalid(errors=faults)
    page = book(person)
    assert "Not a phone number." in page.one("#error-contact_phone").get_text()
    assert "This is too long." in page.one("#error-title").get_text()


def test_a_taken_slot_offers_what_would_fit(person: Browser, booking: MemoryBooking) -> None:
    clash = {"kind": "claim", "start": at(TOMORROW, 11), "end": at(TOMORROW, 13), "detail": "x"}
    big, small = (room["id"] for room in booking.all_rooms)
    booking.refuses["create"] = SlotTaken(
        conflicts=[clash],
        alternatives=[
            {"room_id": big, "start": at(TOMORROW, 14), "end": at(TOMORROW, 16)},
            {"room_id": small, "start": at(TOMORROW, 10), "end": at(TOMORROW, 12)},
        ],
    )
    page = book(person)
    assert page.status == 409
    assert "The room is taken 11:00–13:00." in page.text
    buttons = [button.get_text(strip=True) for button in page.soup.select(".alternatives button")]
    assert buttons == ["14:00–16:00", "small en, 10:00–12:00"]
    del booking.refuses["create"]
    assert person.send(page, ".alternatives form:nth-child(1)").status == 303
    body = booking.asked("create")[-1][0]
    assert (body["start"], body["title"]) == (at(TOMORROW, 14), "Board meeting")
    assert person.send(page, ".alternatives form:nth-child(2)").status == 303
    assert booking.asked("create")[-1][0]["room_id"] == small


def test_a_double_click_sends_one_key(person: Browser, booking: MemoryBooking) -> None:
    page = person.get("/rooms/big")
    person.send(page, FORM, **FILLED)
    person.send(page, FORM, **FILLED)
    first, second = booking.asked("create")
    assert first[1] == second[1]


def test_a_form_that_was_used_before_gets_a_new_key(person: Browser, booking: MemoryBooking) -> None:
    booking.refuses["create"] = Invalid("idempotency_key_reused", "x")
    page = person.send(person.get("/rooms/big"), FORM, **FILLED)
    assert "already used for a booking" in errors(page)[0]
    assert page.fields(FORM)["idempotency_key"] != booking.asked("create")[0][1]


@pytest.mark.parametrize(
    ("problem", "status", "said"),
    [
        (Unavailable("service_unavailable"), 503, "We are away for a moment"),
        (Conflict("slot_blocked"), 409, "The room is closed at this time."),
        (TooManyRequests(), 429, "Too many tries."),
        (Forbidden("not_a_member"), 403, "You can book only for organizations that you belong to."),
        (Forbidden(), 403, "This is not for you"),
    ],
)
def test_every_other_refusal_has_words(
    person: Browser, booking: MemoryBooking, problem: Problem, status: int, said: str
) -> None:
    booking.refuses["create"] = problem
    page = book(person)
    assert page.status == status
    assert said in page.text


def test_a_time_that_the_clocks_skip_is_told(person: Browser, booking: MemoryBooking) -> None:
    page = book(person, date="2027-03-28", start="02:30", end="04:00")
    assert "The clocks change on that day" in page.one("#error-start").get_text()
    assert not booking.asked("create")
