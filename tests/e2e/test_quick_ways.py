"""What script adds: parts exchanged in place, the form filled by a click, the focus where it belongs."""

from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage


def test_another_week_comes_in_place_and_the_way_back_works(open_page: OpenPage) -> None:
    page = open_page("/rooms/sala-cybina")
    page.evaluate("window.stayed = true")
    page.click("#week-later")
    expect(page.locator("#week-title")).to_contain_text("30 listopada")
    expect(page.locator("#week-title")).to_be_focused()
    assert page.evaluate("window.stayed")
    assert "date=2026-11-30" in page.url
    page.go_back()
    expect(page.locator("#week-title")).to_contain_text("23 listopada")


def test_the_list_is_narrowed_in_place(open_page: OpenPage) -> None:
    page = open_page("/", language="en")
    page.evaluate("window.stayed = true")
    page.fill("#people", "50")
    page.click("text=Show rooms")
    expect(page.locator("#rooms-title")).to_have_text("1 room")
    assert page.evaluate("window.stayed")


def test_a_click_on_free_hours_fills_the_form(open_page: OpenPage) -> None:
    page = open_page("/rooms/sala-cybina")
    page.evaluate("window.stayed = true")
    page.locator(".slots a[href*='date=2026-11-26']").first.click()
    expect(page.locator("#start")).to_be_focused()
    assert page.input_value("form[data-booking] [name=date]") == "2026-11-26"
    assert (page.input_value("#start"), page.input_value("#end")) == ("08:00", "09:00")
    assert page.evaluate("window.stayed")


def test_the_whole_day_needs_no_hours(open_page: OpenPage) -> None:
    page = open_page("/rooms/sala-cybina")
    page.check("#whole_day")
    expect(page.locator("#start")).to_be_disabled()
    page.uncheck("#whole_day")
    expect(page.locator("#start")).to_be_enabled()


def test_an_error_comes_as_its_own_page(open_page: OpenPage) -> None:
    page = open_page("/rooms/sala-cybina")
    page.locator("#week-later").evaluate("(link) => link.setAttribute('hx-get', '/rooms/none')")
    page.click("#week-later")
    expect(page.locator("h1")).to_have_text("Tu nic nie ma")
    assert page.url.endswith("/rooms/none")
