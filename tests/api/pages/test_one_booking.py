"""One booking, seen and changed by its owner or by whoever has the mailed link."""

import pytest

from services.kernel.errors import Conflict, Gone
from tests.api.pages.browser import Browser
from tests.support.page_services import TODAY, MemoryBooking, at, make_reservation


@pytest.fixture
def waiting(booking: MemoryBooking) -> str:
    """The mailed address of a booking that waits for its guest."""
    made = make_reservation(1, status="requested", awaiting="email", confirm_by=at(TODAY, 12, 20))
    booking.all_reservations.append(made)
    return f"/bookings/{made['id']}?key=right"


def test_looking_changes_nothing_whatever_the_method(
    browser: Browser, booking: MemoryBooking, waiting: str
) -> None:
    for _ in range(3):
        assert browser.get(waiting).status == 200
        assert browser.client.head(waiting).status_code == 200
    assert {verb for verb, _ in booking.calls} <= {"centre", "reservation"}


def test_the_link_confirms_in_a_browser_that_never_was_here(
    browser: Browser, booking: MemoryBooking, waiting: str
) -> None:
    page = browser.get(waiting)
    assert "We hold the slot until 12:20" in page.text
    done = browser.send(page, "form[action$=confirm]")
    assert done.status == 303
    assert done.location == waiting
    shown = browser.get(done.location)
    assert "Confirmed: the room is yours." in shown.text
    assert not shown.soup.select("form[action$=confirm]")
    assert booking.asked("confirm") == [(booking.all_reservations[0]["id"], "right")]


def test_the_link_cancels_without_logging_in(browser: Browser, booking: MemoryBooking, waiting: str) -> None:
    booking.all_reservations[0].update(status="confirmed", awaiting=None)
    done = browser.send(browser.get(waiting), "form[action$=cancel]", reason=" ill ")
    assert booking.asked("cancel")[0][1] == ("right", "ill")
    shown = browser.get(done.location)
    assert "Cancelled." in shown.text
    assert not shown.soup.select("form[action$=cancel]")
    assert "Book another time" in shown.text


def test_without_the_key_there_is_nothing(browser: Browser, waiting: str) -> None:
    assert browser.get(waiting.partition("?")[0]).status == 404
    assert browser.get(waiting.replace("right", "wrong")).status == 404


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Gone("hold_expired"), "The time to confirm has passed"),
        (Conflict("slot_taken"), "Somebody else has this time."),
        (Conflict("not_possible", "It is over."), "It is over."),
    ],
)
def test_what_cannot_be_confirmed_says_why(
    browser: Browser, booking: MemoryBooking, waiting: str, problem: Exception, said: str
) -> None:
    booking.refuses["confirm"] = problem  # type: ignore[assignment]
    done = browser.send(browser.get(waiting), "form[action$=confirm]")
    assert said in browser.get(done.location).text


def test_a_link_page_is_private_and_leaks_its_key_to_nobody(browser: Browser, waiting: str) -> None:
    headers = browser.get(waiting).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_language_of_a_link_page_changes_and_the_key_stays(browser: Browser, waiting: str) -> None:
    page = browser.get(waiting)
    link = page.one(".languages a[hreflang=uk]")
    assert "key=right" in str(link["href"])
    assert browser.get(str(link["href"])).one("html")["lang"] == "uk"


def test_an_address_that_is_no_id_is_not_found(browser: Browser) -> None:
    assert browser.get("/bookings/17").status == 404
