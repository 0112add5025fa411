"""The gateway's store on both databases, migrated and empty."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from gateway.db.models import Account
from gateway.identity.accounts import create_account
from gateway.readiness import migrations_of
from services.kernel.database import Database
from tests.support.stores import Stores

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
EMAIL, PASSWORD = "person@example.org", "a password for tests"


def migrate(url: str) -> None:
    """Make the gateway's tables."""
    database = Database(url)
    migrations_of(database).upgrade()
    database.dispose()


@pytest.fixture
def people(store_name: str, stores: Stores) -> Iterator[Database]:
    """The gateway's tables without anybody in them."""
    with stores.migrated(store_name, "gateway without people", migrate) as url:
        database = Database(url)
        yield database
        database.dispose()


@pytest.fixture
def person(people: Database) -> Account:
    """The one account."""
    return create_account(people, email=EMAIL, name="Person", password=PASSWORD, now=START)
