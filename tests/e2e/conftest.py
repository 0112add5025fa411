"""One running suite for all journeys, and Debian's Chromium to make them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from deploy.embedded.setup.frontend import FOR_TESTS, install_frontend
from tests.e2e.api import Api
from tests.integration.launcher.camp import Camp

CHROMIUM = Path("/usr/bin/chromium")
CLOCK = "2026-11-24T11:20:00+01:00"  # a Tuesday in the centre's opening hours
PASSWORD = "demo-demo-demo"
PATIENT = {"GATEWAY_LOGINS_PER_MINUTE": "10000", "GATEWAY_GUEST_BOOKINGS_PER_HOUR": "10000"}

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever is here drives a browser against real processes."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Camp]:
    """The suite with the demo centre and every front-end library, brought up by the launcher."""
    assert install_frontend(purpose=FOR_TESTS) is None
    camp = Camp(tmp_path_factory.mktemp("suite") / "var", settings={"CAMP_CLOCK": CLOCK, **PATIENT})
    with camp.running():
        yield camp


@pytest.fixture(scope="session")
def api(suite: Camp) -> Api:
    """The suite's API, to prepare what a journey needs."""
    return Api(suite)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the machine."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not there (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(suite: Camp, chromium: Browser) -> Iterator[OpenPage]:
    """Opens a page in a browser of its own; at the end no page may have complained in its console."""
    contexts, complaints = [], []

    def note(message: Any) -> None:
        # a page for an error answers with its status, and the browser tells of that
        if message.type == "error" and "the server responded with a status of" not in message.text:
            complaints.append(message.text)

    def open_(address: str = "/", *, language: str = "pl", width: int = 1280, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=suite.url,
            locale=language,
            viewport={"width": width, "height": 800},
            timezone_id="America/New_York",  # the centre's clock counts, not the reader's
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def log_in(page: Page, email: str) -> None:
    """Log in with a demo account."""
    page.goto("/login")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main form .button")
