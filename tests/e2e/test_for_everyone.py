"""Pages for everyone: held against axe in every language and light, by keyboard alone, on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.api import Api
from tests.e2e.conftest import OpenPage, log_in

AXE = Path(__file__).parents[2] / "gateway/frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ROOM = "/rooms/sala-bogdanka"
STAFF_PAGES = ["/staff", "/staff/requests", "/staff/outbox", "mail", "/bookings"]
OPEN_PAGES = [
    "/",
    "/?date=2026-11-25&people=10",
    "/?people=5000",
    ROOM,
    "/login",
    "/bookings/sent",
    "/nothing",
    "/api/docs",
    "link",
]


@pytest.fixture(scope="module")
def prepared(api: Api) -> dict[str, str]:
    """Addresses of pages that need something to show: a mailed link, a message, a request."""
    contact = {"name": "Osoba Przykładowa", "email": "kazdy@example.org", "phone": "+48 600 100 200"}
    api.book("sala-wierzbak", "2026-12-15T10:00:00+01:00", "2026-12-15T12:00:00+01:00", contact=contact)
    api.book("sala-warta", "2026-12-16T10:00:00+01:00", "2026-12-16T12:00:00+01:00", "resident")
    api.book("sala-wierzbak", "2026-11-24T15:00:00+01:00", "2026-11-24T17:00:00+01:00", "resident")
    link = api.mail_link("kazdy@example.org")
    log = api.suite.ask("/api/v1/deliveries", headers=api.token("staff")).json
    return {"link": link, "mail": f"/staff/outbox/{log['items'][0]['id']}"}


def violations(page: Page) -> list[str]:
    """What axe finds on a page."""
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {{runOnly: {RULES}, preload: false}})")
    return [
        f"{fault['id']}: {node['html'][:150]}" for fault in found["violations"] for node in fault["nodes"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def open_pages(page: Page, prepared: dict[str, str]) -> Iterator[str]:
    """Every page that anybody can open, one after the other, with the states that a form can be in."""
    for address in OPEN_PAGES:
        page.goto(prepared.get(address, address))
        yield address
    page.goto(ROOM)
    page.click("form[data-booking] .button")
    yield "a form with mistakes"
    page.goto("/login")
    page.click("main form .button")
    yield "a login with mistakes"


def staff_pages(page: Page, prepared: dict[str, str]) -> Iterator[str]:
    """Every page of the staff."""
    log_in(page, "staff@demo.test")
    for address in STAFF_PAGES:
        page.goto(prepared.get(address, address))
        yield address
    page.goto("/staff/requests")
    page.locator("article .danger").first.click()
    yield "a request declined without a reason"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["pl", "en", "uk"])
@pytest.mark.parametrize("pages", [open_pages, staff_pages])
def test_axe_finds_nothing(
    open_page: OpenPage, prepared: dict[str, str], pages: Any, language: str, scheme: str
) -> None:
    page = open_page(language=language, color_scheme=scheme)
    found = {name: violations(page) for name in pages(page, prepared)}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
@pytest.mark.parametrize("pages", [open_pages, staff_pages])
def test_nothing_is_wider_than_a_small_phone(
    open_page: OpenPage, prepared: dict[str, str], pages: Any, language: str
) -> None:
    page = open_page(language=language, width=360)
    assert {name: sideways(page) for name in pages(page, prepared) if sideways(page)} == {}


@pytest.mark.parametrize("pages", [open_pages, staff_pages])
def test_what_can_be_pressed_is_large_enough(
    open_page: OpenPage, prepared: dict[str, str], pages: Any
) -> None:
    page = open_page(width=360)
    small = """[...document.querySelectorAll('button, select, input, .button, nav a, .slots a, .card h2 a')]
        .filter((one) => one.type !== 'hidden' && !one.closest('.skip-link'))
        .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 80)])
        .filter(([box]) => box.width && (box.height < 24 || box.width < 24)).map(([, html]) => html)"""
    assert {name: page.evaluate(small) for name in pages(page, prepared) if page.evaluate(small)} == {}


def test_a_guest_books_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/", language="en")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "a:has-text('Bogdanka Room')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rooms/sala-bogdanka")
    tab_to(page, ".slots a[href*='date=2026-11-25']")
    page.keyboard.press("Enter")
    expect(page.locator("#start")).to_be_focused()
    page.keyboard.type("18:00")
    tab_to(page, "#end")
    page.keyboard.type("19:00")
    for field, text in (
        ("#title", "Choir"),
        ("#participants", "9"),
        ("#contact_name", "Some Guest"),
        ("#contact_email", "keyboard@example.org"),
    ):
        tab_to(page, field)
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bookings/sent")
    expect(page.locator("main")).to_contain_text("18:00–19:00")


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until the element has the focus, and see that the focus shows."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", css(page, selector)):
            break
    expect(page.locator(selector).first).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", selector


def css(page: Page, selector: str) -> str:
    """A selector that the page itself understands, for one of Playwright's."""
    mark = "data-wanted"
    page.evaluate(f"document.querySelectorAll('[{mark}]').forEach((one) => one.removeAttribute('{mark}'))")
    page.locator(selector).first.evaluate(f"(one) => one.setAttribute('{mark}', '')")
    return f"[{mark}]"


def test_twice_the_size_still_fits(open_page: OpenPage) -> None:
    page = open_page(ROOM, width=640)  # what 1280 pixels are at 200 %
    assert sideways(page) == 0


def test_less_motion_is_respected(open_page: OpenPage) -> None:
    page = open_page("/", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
