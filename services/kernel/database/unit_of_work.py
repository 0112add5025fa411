"""The one place where a transaction begins and ends."""

import os
import random
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from services.kernel.errors import Busy

from .engines import POOL, Dialect, parse_url, postgres_engine, sqlite_engine, sqlite_path
from .failures import may_be_repeated, told_in_our_errors
from .turn import WriterTurn

T = TypeVar("T")

ATTEMPTS = 3
FIRST_PAUSE_SECONDS = 0.02
# SQLite would answer SELECT 1 without a look at its file.
_LOOK = {"sqlite": "PRAGMA schema_version", "postgresql": "SELECT 1"}


class Database:
    """One service's store: a writing and a reading way in, opened on first use and never shared over a fork.

    `url` is sqlite:////folder/file.db or postgresql://…; `turn_timeout` the seconds a SQLite writer
    waits for its turn before Busy; `file` the file of a SQLite store, which the first writer makes.
    """

    def __init__(self, url: str, *, turn_timeout: float = 5.0) -> None:
        parsed = parse_url(url)
        self.url = parsed.render_as_string(hide_password=False)
        self.dialect: Dialect = "sqlite" if parsed.get_backend_name() == "sqlite" else "postgresql"
        self.file: Path | None = None
        self._turn: WriterTurn | None = None
        if self.dialect == "sqlite":
            self.file = sqlite_path(parsed)
            self._turn = WriterTurn(f"{self.file}.turn", turn_timeout)
            self.engine: Engine = sqlite_engine(parsed, writing=True, pool_size=1, max_overflow=2)
            self.reading_engine: Engine = sqlite_engine(parsed, writing=False, **POOL)
        else:
            self.engine = postgres_engine(parsed, **POOL)
            # one snapshot for a whole reading, as on SQLite; the connections are shared with the writers
            self.reading_engine = self.engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        _databases.add(self)

    def turn(self) -> AbstractContextManager[None]:
        """The writer's turn, for work that needs it without a session (migrations); nothing on PostgreSQL."""
        return nullcontext() if self._turn is None else self._turn.taken()

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """One writing transaction: committed when the block ends well, rolled back when it raises.

        Raises Busy when the writer's turn or a lock does not come in time, Unavailable when the store
        cannot be reached or written.
        """
        with (
            self.turn(),
            told_in_our_errors(),
            Session(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a unit of work, up to three times where PostgreSQL broke a deadlock."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self.unit_of_work() as session:
                    return work(session)
            except Busy as busy:
                if attempt == ATTEMPTS or not may_be_repeated(busy.__cause__):
                    raise
            time.sleep(FIRST_PAUSE_SECONDS * 2**attempt * random.random())  # so that rivals part
        raise AssertionError("unreachable")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view of the store; nothing can be written, no turn is taken."""
        with (
            told_in_our_errors(),
            Session(self.reading_engine, expire_on_commit=False, autoflush=False) as session,
            session.begin(),
        ):
            yield session

    def ping(self) -> None:
        """Raise Unavailable when the store does not answer."""
        with self.reading() as session:
            session.execute(text(_LOOK[self.dialect]))

    def dispose(self) -> None:
        """Close every pooled connection; the next use opens new ones."""
        self.engine.dispose()
        self.reading_engine.dispose()

    def _forget_parents_connections(self) -> None:
        for engine in (self.engine, self.reading_engine):
            _inherited.append(engine.pool)
            engine.dispose(close=False)


_databases: "weakref.WeakSet[Database]" = weakref.WeakSet()
# Kept so that they are never closed: closing a SQLite connection that another process opened can
# end that process's locks, and a PostgreSQL one would say goodbye on the parent's socket.
_inherited: list[Pool] = []


def _after_fork() -> None:
    for database in _databases:
        database._forget_parents_connections()


os.register_at_fork(after_in_child=_after_fork)
