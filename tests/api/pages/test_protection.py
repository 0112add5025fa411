"""What keeps pages from being misused: form tokens, headers, words for every error."""

import re

import pytest
from flask import Flask

from services.kernel.database import Database
from services.kernel.errors import BadGateway, GatewayTimeout, Problem, TooManyRequests, Unavailable
from tests.api.pages.browser import Browser
from tests.support.page_services import MemoryBooking, make_delivery, make_reservation

SOME_ID = make_reservation(1)["id"]
POSTS = [
    "/login",
    "/logout",
    "/rooms/big",
    f"/bookings/{SOME_ID}/confirm",
    f"/bookings/{SOME_ID}/cancel",
    f"/staff/requests/{SOME_ID}/approve",
    f"/staff/requests/{SOME_ID}/decline",
    f"/staff/outbox/{make_delivery(1)['id']}/retry",
]


def test_the_list_of_posts_is_whole(app: Flask) -> None:
    rules = {
        re.sub(r"<[^>]+>", "{}", rule.rule)
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.endpoint.partition(".")[0] in ("site", "staff")
    }
    assert rules == {
        re.sub(r"/big|[0-9a-f-]{36}", lambda m: "/{}" if m[0] == "/big" else "{}", post) for post in POSTS
    }


@pytest.mark.parametrize("address", POSTS)
def test_a_post_without_the_form_s_token_does_nothing(
    staff: Browser, booking: MemoryBooking, address: str
) -> None:
    booking.all_reservations.append(make_reservation(1, status="requested", awaiting="staff"))
    before = list(booking.calls)
    for token in ({}, {"csrf_token": "forged"}):
        page = staff.post(address, {**token, "reason": "x"})
        assert page.status == 400
        assert "The form has grown old" in page.text
    changed = {verb for verb, _ in booking.calls[len(before) :]}
    assert changed <= {"centre", "reservations"}


def test_a_token_of_another_browser_does_nothing(app: Flask, booking: MemoryBooking) -> None:
    theirs = Browser(app).get("/rooms/big").fields("form[data-booking]")
    assert Browser(app).post("/rooms/big", theirs).status == 400
    assert not booking.asked("create")


@pytest.mark.parametrize("address", ["/", "/rooms/big", "/login", "/nothing", "/bookings/sent"])
def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline(browser: Browser, address: str) -> None:
    page = browser.get(address)
    policy = page.headers["Content-Security-Policy"]
    for rule in ("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "object-src 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert not page.soup.select("style, [style], script:not([src])")
    assert not [tag for tag in page.soup.find_all(True) for name in tag.attrs if name.startswith("on")]
    for tag in page.soup.select("script, link[rel=stylesheet], img, iframe"):
        assert str(tag.get("src") or tag.get("href")).startswith("/")


@pytest.mark.parametrize("address", ["/bookings", "/login", "/staff", "/bookings/sent"])
def test_pages_of_one_person_are_kept_by_nobody(staff: Browser, address: str) -> None:
    staff.get("/logout")
    page = staff.get(address)
    if page.status == 200:
        assert page.headers["Cache-Control"] == "no-store"
        assert page.soup.select("meta[name=robots][content=noindex]")


@pytest.mark.parametrize(
    ("problem", "status", "said"),
    [
        (Unavailable("service_unavailable", retry_after=5), 503, "We are away for a moment"),
        (GatewayTimeout("service_timeout"), 504, "This takes too long"),
        (BadGateway(), 502, "A part of us does not answer well"),
        (TooManyRequests(retry_after=3), 429, "Too many tries"),
    ],
)
def test_every_problem_has_a_page_with_the_number_of_the_request(
    browser: Browser, booking: MemoryBooking, problem: Problem, status: int, said: str
) -> None:
    booking.refuses["rooms"] = problem
    page = browser.get("/?people=3")
    assert page.status == status
    assert page.one("h1").get_text() == said
    assert page.headers["X-Request-Id"] == page.one("main code").get_text()
    assert page.one("main .actions a:nth-child(1)")["href"] == "/?people=3"


def test_a_fault_of_ours_shows_nothing_of_the_inside(browser: Browser, booking: MemoryBooking) -> None:
    booking.refuses["rooms"] = ZeroDivisionError("secret detail")  # type: ignore[assignment]
    page = browser.get("/")
    assert page.status == 500
    assert "secret detail" not in page.html
    assert "Something went wrong" in page.text


def test_too_long_a_form_is_refused_with_words(browser: Browser) -> None:
    page = browser.send(browser.get("/rooms/big"), "form[data-booking]", purpose="x" * 2_000_000)
    assert page.status == 413
    assert "larger than we can take" in page.text


def test_a_wrong_method_has_a_page(browser: Browser) -> None:
    assert browser.get("/logout").status == 405


def test_the_api_keeps_its_own_errors_and_needs_no_token(browser: Browser) -> None:
    for page in (browser.get("/api/v1/me"), browser.post("/api/v1/tokens", {})):
        assert page.status in (401, 415, 422)
        assert page.headers["Content-Type"].startswith("application/problem+json")


def test_with_booking_never_seen_the_layout_still_stands(browser: Browser, booking: MemoryBooking) -> None:
    booking.refuses |= {"centre": Unavailable(), "rooms": Unavailable()}
    page = browser.get("/")
    assert page.status == 503
    assert page.one(".brand span").get_text() == "Room booking"


def test_with_accounts_away_there_is_a_page_all_the_same(
    person: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_database: Database) -> None:
        raise Unavailable("store_unavailable")

    monkeypatch.setattr(Database, "reading", away)
    page = person.get("/bookings")
    assert page.status == 503
    assert "We are away for a moment" in page.text


@pytest.mark.parametrize(
    "name", ["../frontend/package.json", "%2e%2e/pages.py", "css/../../pages.py", "none.css"]
)
def test_only_our_own_files_are_served(browser: Browser, name: str) -> None:
    assert browser.get(f"/static/{name}").status == 404


def test_only_listed_files_of_libraries_are_served(browser: Browser) -> None:
    assert browser.get("/vendor/package.json").status == 404
    assert browser.get("/vendor/htmx.js").status in (200, 404)  # as npm has installed it or not


def test_no_link_of_an_error_page_leads_to_another_host(browser: Browser) -> None:
    page = browser.get("//evil.example/nothing?a=1", base_url="http://centre.example.org")
    assert page.status == 404
    for link in page.soup.select("a[href]"):
        assert not str(link["href"]).startswith("//")
