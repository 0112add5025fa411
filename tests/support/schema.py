"""Whether a migrated database is what the models say."""

from collections.abc import Sequence
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from services.kernel.database import Database


def differences(database: Database, base: type[DeclarativeBase], kernel_tables: Sequence[Any]) -> list[Any]:
    """What Alembic would change to make the database what the models say."""
    metadata = MetaData()
    for table in (*base.metadata.tables.values(), *(model.__table__ for model in kernel_tables)):
        table.to_metadata(metadata)
    with database.engine.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), metadata
        )
    database.dispose()
    return list(found)
