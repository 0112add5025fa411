"""The gateway's app with its own database, and services that answer from memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from gateway.app import create_app
from gateway.centre_info import CentreDesk
from gateway.identity.accounts import create_account
from gateway.language import TRANSLATIONS
from gateway.readiness import migrations_of
from gateway.settings import Settings
from services.kernel.caller import ANONYMOUS, generate_keypair
from services.kernel.database import Database
from services.kernel.i18n import compile_catalogues
from services.kernel.web.parts import install_parts
from tests.api.pages.browser import Browser
from tests.support.page_services import NOW, MemoryBooking, MemoryNotifications
from tests.support.stores import Stores

PASSWORD = "a password for tests"
NOBODY = "http://127.0.0.1:9"  # where no service listens
PEOPLE = {"person@example.org": (), "staff@example.org": ("staff",)}


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    """Pages speak from compiled catalogues."""
    compile_catalogues(TRANSLATIONS)


@pytest.fixture
def booking() -> MemoryBooking:
    """Booking, as the pages of this test meet it."""
    return MemoryBooking()


@pytest.fixture
def notifications() -> MemoryNotifications:
    """Notifications, as the pages of this test meet it."""
    return MemoryNotifications()


@pytest.fixture
def app(stores: Stores, booking: MemoryBooking, notifications: MemoryNotifications) -> Iterator[Flask]:
    """The gateway at 11:20 on a Tuesday, with an account for a person and one for the staff."""
    with stores.migrated("sqlite", "gateway with people", _migrate_with_people) as url:
        made = create_app(_settings(url))
        parts = made.extensions["camp.parts"]
        extras = {**parts.extras, "booking": booking, "notifications": notifications}
        install_parts(made, replace(parts, extras=extras))
        made.extensions["centre_desk"] = CentreDesk(lambda: booking.centre(caller=ANONYMOUS()))
        yield made
        parts.database.dispose()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A fresh browser that reads English."""
    return Browser(app)


@pytest.fixture
def person(browser: Browser) -> Browser:
    """A browser in which somebody with an account is logged in."""
    browser.log_in("person@example.org", PASSWORD)
    return browser


@pytest.fixture
def staff(browser: Browser) -> Browser:
    """A browser in which a member of the staff is logged in."""
    browser.log_in("staff@example.org", PASSWORD)
    return browser


def _settings(url: str) -> Settings:
    private_key, _ = generate_keypair()
    return Settings(
        database_url=url,
        clock=lambda: NOW,
        redis_url="redis://127.0.0.1:9",
        booking_url=NOBODY,
        notifications_url=NOBODY,
        public_url="http://centre.example.org",
        private_key=private_key,
        secret_key="s" * 40,
    )


def _migrate_with_people(url: str) -> None:
    database = Database(url)
    try:
        migrations_of(database).upgrade()
        for email, roles in PEOPLE.items():
            create_account(
                database,
                email=email,
                name="Some Person",
                password=PASSWORD,
                now=NOW,
                roles=roles,
                language="en",
            )
    finally:
        database.dispose()
