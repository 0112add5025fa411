"""A database with the kernel's own tables and guards, on each store in turn."""

from collections.abc import Iterator

import pytest

from services.kernel.audit import AuditEntry
from services.kernel.claims import install_guards
from services.kernel.database import Database
from services.kernel.idempotency import IdempotencyKey
from services.kernel.outbox import OutboxEvent
from services.kernel.tables import KernelBase
from tests.support.stores import Stores

NEEDED = (AuditEntry, IdempotencyKey, OutboxEvent)  # imported, so that their tables are known


def make_tables(url: str) -> None:
    """The kernel's tables and guards."""
    database = Database(url)
    with database.engine.begin() as connection:
        KernelBase.metadata.create_all(connection)
        install_guards(connection)
    database.dispose()


@pytest.fixture
def database(store_name: str, stores: Stores) -> Iterator[Database]:
    with stores.migrated(store_name, "kernel", make_tables) as url:
        opened = Database(url)
        yield opened
        opened.dispose()
