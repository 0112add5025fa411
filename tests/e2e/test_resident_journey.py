"""A resident sees the free hours of a room, books, confirms by mail, and cancels; the hours follow."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.api import Api
from tests.e2e.conftest import OpenPage, log_in

ROOM = "sala-bogdanka"


def fill_in(page: Page, day: str, start: str, end: str, email: str | None = None) -> None:
    """What a person types into the booking form."""
    page.fill("form[data-booking] [name=date]", day)
    page.select_option("#start", start)
    page.select_option("#end", end)
    page.fill("#title", "Zebranie wspólnoty")
    page.fill("#participants", "8")
    if email:
        page.fill("#contact_name", "Osoba Przykładowa")
        page.fill("#contact_email", email)


@pytest.mark.parametrize(("script", "day"), [(True, "2026-11-26"), (False, "2026-11-27")])
def test_a_guest_books_confirms_in_another_browser_and_cancels(
    open_page: OpenPage, api: Api, script: bool, day: str
) -> None:
    email = f"gosc-{day}@example.org"
    page = open_page("/", java_script_enabled=script)
    page.click("text=Sala Bogdanka")
    page.goto(f"/rooms/{ROOM}?date={day}")
    expect(page.locator(f".slots a[href*='date={day}']")).to_contain_text("08:00–22:00")
    fill_in(page, day, "10:00", "12:00", email)
    page.click("text=Zarezerwuj >> visible=true >> nth=-1")
    expect(page.locator("h1")).to_have_text("Sprawdź pocztę")
    expect(page.locator("main")).to_contain_text(email)
    assert api.free_hours(ROOM, day) == [("08:00", "10:00"), ("12:00", "22:00")]

    elsewhere = open_page(api.mail_link(email), java_script_enabled=script)
    expect(elsewhere.locator(".state")).to_contain_text("czeka na Twoje potwierdzenie")
    elsewhere.reload()  # looking is not confirming
    elsewhere.click("text=Potwierdź rezerwację")
    expect(elsewhere.locator(".state")).to_contain_text("potwierdzona")
    confirmed = api.mails_to(email, 2)[1]
    assert "text/calendar" in {part.get_content_type() for part in confirmed.walk()}
    assert api.free_hours(ROOM, day) == [("08:00", "10:00"), ("12:00", "22:00")]

    elsewhere.click("text=Odwołaj rezerwację")
    expect(elsewhere.locator(".state")).to_contain_text("odwołana")
    assert api.free_hours(ROOM, day) == [("08:00", "22:00")]
    cancelled = api.mails_to(email, 3)[2]
    assert "METHOD:CANCEL" in "".join(
        part.get_content() for part in cancelled.walk() if part.get_content_type() == "text/calendar"
    )


def test_somebody_with_an_account_books_at_once(open_page: OpenPage, api: Api) -> None:
    page = open_page("/login")
    log_in(page, "resident@demo.test")
    page.goto(f"/rooms/{ROOM}?date=2026-12-01")
    page.locator(".slots a[href*='date=2026-12-01']").first.click()
    assert page.input_value("#start") == "08:00"
    fill_in(page, "2026-12-01", "09:00", "11:00")
    page.locator("form[data-booking] .button").dblclick()
    expect(page.locator(".state").first).to_contain_text("potwierdzona")
    expect(page.locator(".when")).to_have_text("wtorek, 1 grudnia, 09:00–11:00")
    page.click("nav >> text=Moje rezerwacje")
    expect(page.locator("tbody th", has_text="1 grudnia")).to_have_count(1)
    page.locator("tbody th a", has_text="1 grudnia").click()
    page.click("text=Odwołaj rezerwację")
    expect(page.locator(".state").first).to_contain_text("odwołana")


def test_a_member_books_for_her_organization(open_page: OpenPage, api: Api) -> None:
    page = open_page("/login?lang=en")
    log_in(page, "member@demo.test")
    page.goto(f"/rooms/{ROOM}?date=2026-12-02")
    fill_in(page, "2026-12-02", "09:00", "11:00")
    page.select_option("#organization_id", index=1)
    page.click("form[data-booking] .button")
    expect(page.locator(".state").first).to_contain_text("confirmed")


def test_a_taken_time_offers_others_and_one_click_books(open_page: OpenPage, api: Api) -> None:
    api.book(ROOM, "2026-12-03T10:00:00+01:00", "2026-12-03T12:00:00+01:00", "member")
    page = open_page("/login")
    log_in(page, "resident@demo.test")
    page.goto(f"/rooms/{ROOM}?date=2026-12-03")
    fill_in(page, "2026-12-03", "11:00", "13:00")
    page.click("form[data-booking] .button")
    expect(page.locator("#error-summary")).to_contain_text("Sala jest zajęta w godzinach 10:00–12:00.")
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator(".alternatives button").first.click()
    expect(page.locator(".state").first).to_contain_text("potwierdzona")
    expect(page.locator("dl")).to_contain_text("Zebranie wspólnoty")


def test_a_broken_rule_is_told_beside_its_field(open_page: OpenPage) -> None:
    page = open_page(f"/rooms/{ROOM}?date=2026-11-25")
    fill_in(page, "2026-11-25", "10:00", "12:00", "gosc@example.org")
    page.fill("#participants", "200")
    page.click("form[data-booking] .button")
    page.click("#error-summary a")
    expect(page.locator("#participants")).to_be_focused()
    expect(page.locator("#error-participants")).to_contain_text("najwyżej 14 osób")
    assert page.input_value("#title") == "Zebranie wspólnoty"
