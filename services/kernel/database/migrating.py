"""The one transaction in which migrations run."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, NullPool, event, text

from .engines import parse_url, sqlite_engine
from .failures import told_in_our_errors
from .unit_of_work import Database

_PATIENCE = (  # changing a table may take long, and waits for those who use it
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL lock_timeout = '60s'",
    "SELECT pg_advisory_xact_lock(7233173901)",  # one migration at a time
)


@contextmanager
def migrating(database: Database) -> Iterator[Connection]:
    """A transaction for changes of the schema: all of them or none, and only one at a time."""
    with told_in_our_errors(), database.turn():
        if database.dialect == "sqlite":
            with _sqlite_transaction(database) as connection:
                yield connection
        else:
            with database.engine.begin() as connection:
                for statement in _PATIENCE:
                    connection.execute(text(statement))
                yield connection


@contextmanager
def _sqlite_transaction(database: Database) -> Iterator[Connection]:
    """Without foreign keys: where they are enforced, rebuilding a table empties those that point at it."""
    engine = sqlite_engine(parse_url(database.url), writing=True, poolclass=NullPool)
    event.listen(engine, "connect", _ignore_foreign_keys)
    with engine.begin() as connection:
        yield connection
        adrift = connection.execute(text("PRAGMA foreign_key_check")).all()
        if adrift:
            raise RuntimeError(
                f"the migration leaves {len(adrift)} rows of {adrift[0][0]} that point nowhere"
            )


def _ignore_foreign_keys(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = OFF").close()
