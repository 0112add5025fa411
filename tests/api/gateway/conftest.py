"""The gateway on both stores, with services that behave as a test tells them to."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.identity.demo import seed_demo
from gateway.readiness import migrations_of
from gateway.settings import Settings
from services.kernel.caller import CallerVerifier, generate_keypair
from services.kernel.database import Database
from services.kernel.i18n import compile_catalogues
from tests.api.gateway.upstream import Upstream, running_upstream
from tests.support.stores import Stores

PRIVATE, PUBLIC = generate_keypair()
TRANSLATIONS = Path(__file__).resolve().parents[3] / "gateway" / "translations"
START = datetime(2026, 3, 2, 8, tzinfo=UTC)


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, span: timedelta) -> None:
        self.now += span


def prepare(url: str) -> None:
    """The gateway's tables with the demo's accounts."""
    database = Database(url)
    migrations_of(database).upgrade()
    seed_demo(database, now=START)
    database.dispose()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def booking() -> Iterator[Upstream]:
    with running_upstream() as upstream:
        yield upstream


@pytest.fixture
def gateway(
    store_name: str, stores: Stores, valkey_url: str, booking: Upstream, time: Time
) -> Iterator[Flask]:
    compile_catalogues(TRANSLATIONS)
    with stores.migrated(store_name, "gateway", prepare) as url:
        settings = Settings(
            database_url=url,
            redis_url=valkey_url,
            booking_url=booking.url,
            notifications_url="http://127.0.0.1:1",
            public_url="http://camp.test",
            private_key=PRIVATE,
            secret_key="a secret of the tests that is long enough",
            clock=time,
            login_limit=5,
            guest_limit=3,
            read_timeout=0.5,
        )
        yield create_app(settings)


@pytest.fixture
def client(gateway: Flask) -> FlaskClient:
    return gateway.test_client()


@pytest.fixture
def verifier() -> CallerVerifier:
    """What the booking service makes of the gateway's word."""
    return CallerVerifier({"gateway": PUBLIC}, "booking")


def token_of(client: FlaskClient, name: str = "member") -> str:
    """A token of a demo account."""
    body = {"email": f"{name}@demo.test", "password": "demo-demo-demo"}
    return str(client.post("/api/v1/tokens", json=body).json["token"])


def bearer(token: str) -> dict[str, str]:
    """The header that carries a token."""
    return {"Authorization": f"Bearer {token}"}
