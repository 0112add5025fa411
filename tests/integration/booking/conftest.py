"""A database that knows the test centre, the API over it, and what the scans need."""

from collections.abc import Iterator

import pytest

from services.booking.app import NAME, compose
from services.booking.jobs.scans import ScanParts
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
def api(database: Database, clock: MovingClock) -> BookingApi:
    """The API, by which tests bring about what the scans then find."""
    verifier = CallerVerifier({"gateway": PUBLIC}, NAME)
    queues = Queues("redis://127.0.0.1:1/0")
    return BookingApi(compose(database, clock, verifier, queues, LINKS).test_client())


@pytest.fixture
def scans(database: Database, clock: MovingClock) -> ScanParts:
    """The scans on the same database and clock."""
    return ScanParts(database, clock, LINKS)
