"""Engines for both stores, set so that a transaction means the same on each."""

import re
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

Dialect = Literal["sqlite", "postgresql"]

LOCK_WAIT_SECONDS = 1.0  # for SQLite's own locks: writers wait for their turn, not here
CONNECT_TIMEOUT_SECONDS = 3
STATEMENT_TIMEOUT_MS = 15_000
LOCK_TIMEOUT_MS = 5_000
IDLE_TIMEOUT_MS = 60_000
POOL = {"pool_size": 5, "max_overflow": 5, "pool_timeout": 5.0}


def parse_url(url: str) -> URL:
    """The address of a store, with our driver; ValueError when it is not one we can serve."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ValueError("not a database address") from error
    name = parsed.get_backend_name()
    if name in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if name != "sqlite":
        raise ValueError(f"{name} is not a store that is served: sqlite or postgresql")
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("a SQLite address needs a file: sqlite:////folder/name.db")
    return parsed


def sqlite_path(url: URL) -> Path:
    """The file of a SQLite store."""
    return Path(str(url.database)).absolute()


def sqlite_engine(url: URL, *, writing: bool, **options: Any) -> Engine:
    """An engine on a SQLite file: BEGIN IMMEDIATE for a writer, `query_only` for a reader."""
    mode = "rwc" if writing else "rw"  # a reader never makes the file
    address = URL.create(
        "sqlite", database=f"file:{_quoted(sqlite_path(url))}", query={"mode": mode, "uri": "true"}
    )
    options = {"connect_args": {"timeout": LOCK_WAIT_SECONDS}, **options}
    engine = create_engine(address, **options)
    event.listen(engine, "connect", _prepare_writer if writing else _prepare_reader)
    event.listen(engine, "begin", _begin_immediate if writing else _begin)
    return engine


def postgres_engine(url: URL, **options: Any) -> Engine:
    """An engine on PostgreSQL in READ COMMITTED, with limits on waiting."""
    settings = (
        f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c lock_timeout={LOCK_TIMEOUT_MS} "
        f"-c idle_in_transaction_session_timeout={IDLE_TIMEOUT_MS} -c timezone=UTC"
    )
    given = url.query.get("options", "")
    own = url.difference_update_query(["options"])
    connect_args: dict[str, Any] = {"options": f"{settings} {given}".strip()}
    if "connect_timeout" not in url.query:
        connect_args["connect_timeout"] = CONNECT_TIMEOUT_SECONDS
    return create_engine(
        own, isolation_level="READ COMMITTED", pool_pre_ping=True, connect_args=connect_args, **options
    )


def _quoted(path: Path) -> str:
    """A path inside a `file:` address, where ?, # and % have a meaning of their own."""
    return re.sub(r"[?#%]", lambda found: f"%{ord(found.group()):02X}", str(path))


def _prepare_writer(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by us, not guessed by the driver
    cursor = connection.cursor()
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _prepare_reader(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON").close()


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")
