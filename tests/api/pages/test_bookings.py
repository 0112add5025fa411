"""One's own bookings."""

from datetime import timedelta

from tests.api.pages.browser import Browser
from tests.support.page_services import TODAY, MemoryBooking, at, make_reservation


def test_a_guest_is_asked_to_log_in_and_comes_back(browser: Browser) -> None:
    page = browser.get("/bookings")
    assert page.status == 303
    assert page.location == "/login?next=/bookings"


def test_what_comes_is_told_before_what_is_over(person: Browser, booking: MemoryBooking) -> None:
    before = TODAY - timedelta(days=3)
    booking.all_reservations += [
        make_reservation(1, start=at(before, 9), end=at(before, 10), status="completed"),
        make_reservation(2, start=at(TODAY + timedelta(days=5), 9), end=at(TODAY + timedelta(days=5), 10)),
        make_reservation(3),
        make_reservation(4, status="cancelled"),
        make_reservation(5, start=at(TODAY - timedelta(days=1), 22), end=at(TODAY, 12)),
    ]
    page = person.get("/bookings")
    upcoming, past = page.soup.select("tbody")
    assert [row.get_text() for row in upcoming.select("td[data-label='What for']")] == [
        "Meeting 5",  # begun yesterday and still going on
        "Meeting 3",
        "Meeting 2",
    ]
    assert [row.get_text() for row in past.select("td[data-label='What for']")] == ["Meeting 4", "Meeting 1"]
    assert booking.asked("reservations")[-1]["mine"] == "true"


def test_with_nothing_booked_the_page_leads_to_the_rooms(person: Browser) -> None:
    page = person.get("/bookings")
    assert "You have nothing booked." in page.text
    assert page.one(".empty a")["href"] == "/"
