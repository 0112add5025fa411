"""The list of rooms."""

from datetime import timedelta

import pytest

from services.kernel.errors import Unavailable
from tests.api.pages.browser import Browser, Page
from tests.support.page_services import TODAY, MemoryBooking


def names(page: Page) -> list[str]:
    """The rooms on the page, in order."""
    return [link.get_text(strip=True) for link in page.soup.select(".card h2 a")]


def test_every_room_is_there_with_where_it_stands_today(browser: Browser) -> None:
    page = browser.get("/")
    assert page.status == 200
    assert names(page) == ["big en", "small en"]
    assert "free now, until 12:00" in page.one(".card:nth-child(1) .state").get_text()
    assert "up to 100 people" in page.text


@pytest.mark.parametrize(
    ("busy", "said"),
    [
        ([], "free now, until 22:00"),
        ([(8, 14)], "free from 14:00"),
        ([(8, 12), (13, 22)], "free from 12:00"),
        ([(8, 22)], "no free hours left today"),
    ],
)
def test_a_room_says_when_it_is_free(
    browser: Browser, booking: MemoryBooking, busy: list[tuple[int, int]], said: str
) -> None:
    booking.busy = busy
    assert said in browser.get("/").one(".card:nth-child(1) .state").get_text()


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("people=7", ["big en"]),
        ("people=101", []),
        ("feature=projector", ["big en"]),
        ("people=&feature=&date=", ["big en", "small en"]),
        ("people=many&date=2026-13-45&feature=", ["big en", "small en"]),
    ],
)
def test_the_list_is_narrowed_by_what_is_asked(browser: Browser, query: str, left: list[str]) -> None:
    assert names(browser.get(f"/?{query}")) == left


def test_a_chosen_day_is_told_and_kept(browser: Browser) -> None:
    day = TODAY + timedelta(days=1)
    page = browser.get(f"/?date={day}")
    assert "free 08:00–12:00, 14:00–22:00" in page.text
    assert page.one("#date")["value"] == str(day)
    assert str(page.one(".card:nth-child(1) h2 a")["href"]).endswith(f"date={day}")


def test_a_day_that_is_over_is_taken_for_today(browser: Browser, booking: MemoryBooking) -> None:
    browser.get(f"/?date={TODAY - timedelta(days=1)}")
    assert booking.asked("availability")[0][1] == str(TODAY)


def test_a_room_whose_hours_cannot_be_read_is_listed_all_the_same(
    browser: Browser, booking: MemoryBooking
) -> None:
    booking.refuses["availability"] = Unavailable()
    page = browser.get("/")
    assert page.status == 200
    assert page.text.count("free hours cannot be shown right now") == 2


def test_with_booking_away_the_page_says_so_kindly(browser: Browser, booking: MemoryBooking) -> None:
    booking.refuses["rooms"] = Unavailable("service_unavailable", retry_after=5)
    page = browser.get("/")
    assert page.status == 503
    assert page.headers["Retry-After"] == "5"
    assert "Nothing you booked is lost" in page.text
    assert page.headers["X-Request-Id"] in page.text
