"""The staff see the day, decide requests, and read what was sent."""

from playwright.sync_api import expect

from tests.e2e.api import Api
from tests.e2e.conftest import OpenPage, log_in

ROOM = "sala-warta"


def test_staff_approve_and_decline_requests(open_page: OpenPage, api: Api) -> None:
    wanted = api.book(ROOM, "2026-12-10T10:00:00+01:00", "2026-12-10T12:00:00+01:00", "resident")
    unwanted = api.book(ROOM, "2026-12-11T10:00:00+01:00", "2026-12-11T12:00:00+01:00", "member")
    page = open_page("/login")
    log_in(page, "staff@demo.test")
    page.goto("/staff/requests")
    page.click(f"#request-{wanted['id']} >> text=Zatwierdź")
    expect(page.locator(".notice.good")).to_contain_text("Zatwierdzone")
    expect(page.locator(f"#request-{wanted['id']}")).to_have_count(0)
    declining = page.locator(f"#request-{unwanted['id']}")
    declining.locator("text=Odrzuć").click()
    expect(declining.locator(".error")).to_contain_text("Podaj powód")
    declining.locator("input[name=reason]").fill("Tego dnia jest remont")
    declining.locator("text=Odrzuć").click()
    expect(page.locator(".notice.good")).to_contain_text("Odrzucone")
    page.goto(f"/bookings/{unwanted['id']}")
    expect(page.locator("dl")).to_contain_text("Tego dnia jest remont")


def test_the_week_shows_who_comes(open_page: OpenPage, api: Api) -> None:
    api.book(
        "sala-wierzbak", "2026-11-26T15:00:00+01:00", "2026-11-26T16:00:00+01:00", "resident", title="Dyżur"
    )
    page = open_page("/login")
    log_in(page, "staff@demo.test")
    page.goto("/staff")
    row = page.locator("tr", has_text="Dyżur")
    expect(row).to_contain_text("15:00–16:00")
    expect(row).to_contain_text("Sala Wierzbak")


def test_the_staff_read_what_was_sent(open_page: OpenPage, api: Api) -> None:
    address = "czytelny@example.org"
    contact = {"name": "Czytelny Gość", "email": address}
    api.book("sala-wierzbak", "2026-11-27T15:00:00+01:00", "2026-11-27T16:00:00+01:00", contact=contact)
    api.mails_to(address)
    page = open_page("/login")
    log_in(page, "staff@demo.test")
    page.goto("/staff/outbox")
    page.locator("tr", has_text=address).locator("a").click()
    expect(page.locator("main")).to_contain_text(address)
    expect(page.locator("pre.mail-text").first).to_contain_text("/bookings/")
    expect(page.frame_locator("iframe").locator("body")).not_to_be_empty()


def test_who_is_not_staff_stays_out(open_page: OpenPage) -> None:
    page = open_page("/login")
    log_in(page, "resident@demo.test")
    assert page.goto("/staff").status == 403  # type: ignore[union-attr]
    expect(page.locator("h1")).to_have_text("To nie jest strona dla Ciebie")
