"""The API over a database that knows the test centre, on each store in turn."""

from collections.abc import Iterator

import pytest
from flask import Flask

from services.booking.app import NAME, compose
from services.kernel.caller import CallerVerifier
from services.kernel.database import Database
from services.kernel.queue import Queues
from tests.support.booking import LINKS, PUBLIC, BookingApi, MovingClock, migrate_and_load
from tests.support.stores import Stores


@pytest.fixture
def store(store_name: str, stores: Stores) -> Iterator[str]:
    """The address of a migrated and loaded database."""
    with stores.migrated(store_name, "booking with a centre", migrate_and_load) as url:
        yield url


@pytest.fixture
def clock() -> MovingClock:
    """The service's clock."""
    return MovingClock()


@pytest.fixture
def app(database: Database, clock: MovingClock) -> Flask:
    """The app, with a queue that is away: nothing that people do may need it."""
    verifier = CallerVerifier({"gateway": PUBLIC}, NAME)
    return compose(database, clock, verifier, Queues("redis://127.0.0.1:1/0"), LINKS)


@pytest.fixture
def api(app: Flask) -> BookingApi:
    """The API as people call it."""
    return BookingApi(app.test_client())
