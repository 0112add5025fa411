"""How SQLite means to answer what the code asks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from services.kernel.database import Database


def plans_of(database: Database, work: Callable[[Session], object]) -> list[str]:
    """The steps of every query that `work` makes, in SQLite's words."""
    with database.reading() as session:
        connection = session.connection()
        with _remembered(connection) as statements:
            work(session)
        return [
            row[3]
            for statement, parameters in statements
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


@contextmanager
def _remembered(connection: Connection) -> Iterator[list[tuple[str, Any]]]:
    statements: list[tuple[str, Any]] = []

    def remember(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statements.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", remember)
    try:
        yield statements
    finally:
        event.remove(connection, "before_cursor_execute", remember)
