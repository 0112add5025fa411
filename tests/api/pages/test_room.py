"""A room's page: its free hours in words, and the form that starts from them."""

from datetime import timedelta

import pytest

from tests.api.pages.browser import Browser, Page
from tests.support.page_services import TODAY, MemoryBooking

MONDAY = TODAY - timedelta(days=1)


def day(page: Page, number: int) -> str:
    """What the week says of one day, counted from Monday as 1."""
    return " ".join(page.one(f".day:nth-child({number})").get_text(" ").split())


def test_the_week_tells_each_day_in_words(browser: Browser) -> None:
    page = browser.get("/rooms/big")
    assert len(page.soup.select(".day")) == 7
    assert "Tuesday 24 November (today) partly free" in day(page, 2)
    assert "Open 08:00–22:00" in day(page, 3)
    assert "14:00–22:00" in day(page, 3)
    assert "Sunday 29 November closed The room is closed all day." in day(page, 7)


def test_a_free_span_leads_to_the_form_filled_with_it(browser: Browser) -> None:
    page = browser.get("/rooms/big")
    link = page.one(".day:nth-child(3) .slots li:nth-child(2) a")
    opened = browser.get(str(link["href"]).partition("#")[0])
    filled = opened.fields("form[data-booking]")
    tomorrow = str(TODAY + timedelta(days=1))
    assert (filled["date"], filled["start"], filled["end"]) == (tomorrow, "14:00", "15:00")


def test_what_is_over_is_not_offered(browser: Browser, booking: MemoryBooking) -> None:
    page = browser.get("/rooms/big")
    assert not page.soup.select(".day:nth-child(1) .slots a")
    first_today = page.one(".day:nth-child(2) .slots li:nth-child(1) a")
    assert first_today.get_text(strip=True).endswith("11:30–12:00")


def test_what_must_be_booked_earlier_is_not_offered(browser: Browser, booking: MemoryBooking) -> None:
    booking.all_rooms[0]["policy"]["lead_time"] = {"hours": 48}
    page = browser.get("/rooms/big")
    assert "too late to book online" in day(page, 3)
    assert page.soup.select(".day:nth-child(4) .slots a")


def test_weeks_follow_each_other_from_this_one_to_the_horizon(
    browser: Browser, booking: MemoryBooking
) -> None:
    booking.all_rooms[0]["policy"]["horizon_days"] = 8
    page = browser.get("/rooms/big")
    assert not page.soup.select("#week-earlier")
    later = browser.get(str(page.one("#week-later")["href"]).partition("#")[0])
    assert "30 November" in later.one("#week-title").get_text()
    assert later.soup.select("#week-earlier")
    assert not later.soup.select("#week-later")


def test_where_the_room_stands_today_is_told_beside_any_week(browser: Browser) -> None:
    page = browser.get("/rooms/big?date=2026-12-15")
    assert "free now, until 12:00" in page.one(".room-head .state").get_text()


@pytest.mark.parametrize("asked", ["2026-11-01", "2026-13-45", "today", "", "99999-01-01"])
def test_a_day_that_cannot_be_shown_is_taken_for_today(
    browser: Browser, booking: MemoryBooking, asked: str
) -> None:
    assert browser.get("/rooms/big?date=" + asked).status == 200
    assert booking.asked("availability")[-1][1] == str(MONDAY)


def test_facts_and_rules_are_told_in_plain_words(browser: Browser) -> None:
    text = browser.get("/rooms/big").text
    for said in ("lift en", "projector en", "rows en, 100", "You can book from 30 min to 12 h at a time."):
        assert said in text


def test_a_photo_from_elsewhere_is_not_loaded(browser: Browser, booking: MemoryBooking) -> None:
    booking.all_rooms[0]["photos"] = [{"src": "https://elsewhere.example/x.jpg", "alt": {"en": "x"}}]
    assert not browser.get("/rooms/big").soup.select("img")
    booking.all_rooms[0]["photos"] = [{"src": "/photos/big.jpg", "alt": {"en": "A bright room"}}]
    assert browser.get("/rooms/big").one("img")["alt"] == "A bright room"


def test_a_room_that_is_not_there_has_a_page_for_that(browser: Browser) -> None:
    page = browser.get("/rooms/none")
    assert page.status == 404
    assert "There is nothing here" in page.text


def test_the_form_starts_with_the_account_s_contact(person: Browser) -> None:
    filled = person.get("/rooms/big").fields("form[data-booking]")
    assert (filled["contact_name"], filled["contact_email"]) == ("Some Person", "person@example.org")
    assert len(filled["idempotency_key"]) == 32
