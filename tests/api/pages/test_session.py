"""Logging in and out, and the language that a person reads."""

import pytest
from flask import Flask

from tests.api.pages.browser import Browser
from tests.api.pages.conftest import PASSWORD


def test_logging_in_leads_to_where_one_was_going(browser: Browser) -> None:
    page = browser.get("/login?next=/bookings")
    done = browser.send(page, "main form", email="Person@Example.org", password=PASSWORD)
    assert done.status == 303
    assert done.location == "/bookings"
    assert browser.get("/bookings").status == 200


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "http:evil.example",
        "",
    ],
)
def test_nobody_is_led_away_after_logging_in(browser: Browser, evil: str) -> None:
    page = browser.get("/login", query_string={"next": evil})
    assert page.fields("main form")["next"] == "/"
    done = browser.send(page, "main form", email="person@example.org", password=PASSWORD, next=evil)
    assert done.location == "/"


def test_a_wrong_password_says_no_more_than_that(browser: Browser) -> None:
    for email in ("person@example.org", "nobody@example.org"):
        page = browser.log_in(email, "not the password")
        assert page.status == 401
        assert "E-mail or password is wrong." in page.one("#error-summary").get_text()
        assert page.one("#email")["value"] == email
        assert not page.one("#password")["value"]


def test_empty_fields_are_named(browser: Browser) -> None:
    page = browser.log_in("", "")
    assert page.status == 422
    assert [item.get_text() for item in page.soup.select("#error-summary li")] == [
        "Enter your e-mail address.",
        "Enter your password.",
    ]


def test_logging_out_ends_the_session(person: Browser) -> None:
    done = person.send(person.get("/"), "form[action='/logout']")
    assert done.location == "/"
    assert person.get("/bookings").location.startswith("/login")


def test_trying_too_often_is_refused_with_words(browser: Browser) -> None:
    statuses = [browser.log_in("somebody@example.org", "wrong again!").status for _ in range(12)]
    assert statuses[0] == 401
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [("pl", "pl"), ("uk-UA,uk;q=0.9", "uk"), ("en-US", "en"), ("de", "pl"), ("", "pl")],
)
def test_the_browser_s_language_is_spoken(browser: Browser, accepted: str, spoken: str) -> None:
    browser.language = accepted
    assert browser.get("/").one("html")["lang"] == spoken


def test_a_chosen_language_is_remembered(browser: Browser) -> None:
    assert browser.get("/?lang=uk&people=3").one("html")["lang"] == "uk"
    page = browser.get("/")
    assert page.one("html")["lang"] == "uk"
    assert "Приміщення" in page.text
    assert page.one(".languages [aria-current]").get_text(strip=True).startswith("UK")


def test_a_language_that_is_not_spoken_changes_nothing(browser: Browser) -> None:
    assert browser.get("/?lang=xx").one("html")["lang"] == "en"
    assert browser.client.get_cookie("language") is None


def test_an_account_s_language_is_spoken_until_another_is_chosen(person: Browser) -> None:
    person.language = "uk"
    assert person.get("/").one("html")["lang"] == "en"
    assert person.get("/?lang=pl").one("html")["lang"] == "pl"


def test_the_chosen_language_goes_along_with_the_account(app: Flask) -> None:
    first, second = Browser(app), Browser(app)
    first.get("/?lang=uk")
    first.log_in("person@example.org", PASSWORD)
    second.log_in("person@example.org", PASSWORD)
    assert second.get("/").one("html")["lang"] == "uk"


@pytest.mark.parametrize(
    "query",
    [
        "_external=1&_scheme=javascript",
        "endpoint=x&slug=y&_anchor=z",
        "a=1&a=2&lang=pl",
        "key=%22%3E%3Cscript%3E",
        "%00=%0d%0a",
    ],
)
def test_the_language_links_lead_to_the_same_page_whatever_the_query(browser: Browser, query: str) -> None:
    page = browser.get(f"/rooms/big?{query}")
    for link in page.soup.select(".languages a"):
        assert str(link["href"]).startswith("/rooms/big?")
        assert browser.get(str(link["href"])).one("html")["lang"] == link["hreflang"]


def test_the_language_links_of_a_refused_form_lead_to_its_page(browser: Browser) -> None:
    page = browser.send(browser.get("/rooms/big"), "form[data-booking]")
    assert page.status == 422
    assert page.one(".languages a[hreflang=uk]")["href"] == "/rooms/big?lang=uk"
