"""The parts that jobs work with, on a migrated database, at a clock of the test's own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.kernel.database import Database
from services.notifications.clients.null import NullSender
from services.notifications.db.models import Delivery
from services.notifications.domain.message import Person
from services.notifications.rendering.renderer import Renderer
from services.notifications.runtime import Parts
from tests.support.notifications import migrate
from tests.support.stores import Stores
from tests.unit.notifications.centre import CENTRE

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.fixture
def store(store_name: str, stores: Stores) -> Iterator[str]:
    """The address of a migrated database, on each store in turn."""
    with stores.migrated(store_name, "notifications", migrate) as url:
        yield url


@pytest.fixture
def parts(database: Database) -> Parts:
    """The parts at `NOW`, with a sender that takes everything and no spread in the pauses."""
    return Parts(
        database=database,
        clock=lambda: NOW,
        renderer=Renderer(CENTRE),
        sender=NullSender(),
        mail_from=Person("Centrum CAMP", "camp@example.org"),
        reply_to=None,
        language="pl",
        chance=lambda: 0.5,
    )


@pytest.fixture
def later() -> Callable[[Parts, timedelta], Parts]:
    """The same parts some time later."""

    def move(parts: Parts, time: timedelta) -> Parts:
        now = parts.clock() + time
        return replace(parts, clock=lambda: now)

    return move


@pytest.fixture
def stored(database: Database) -> Callable[[dict[str, Any]], Delivery]:
    """The stored delivery of a request."""

    def read(request: dict[str, Any]) -> Delivery:
        with database.reading() as session:
            return session.get_one(Delivery, UUID(request["message_id"]))

    return read


@pytest.fixture
def found(database: Database) -> Callable[[], list[Delivery]]:
    """Everything that is stored."""

    def read() -> list[Delivery]:
        with database.reading() as session:
            return list(session.scalars(select(Delivery)))

    return read
