"""The writer's turn on SQLite: one writer at a time, waiting in line instead of failing in a crowd."""

import os
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from services.kernel.errors import Busy, Unavailable

POLL_SECONDS = 0.002  # as short as a commit: a freed turn is taken at once


class WriterTurn:
    """A file lock between processes, behind a lock between threads: one thread of a process polls."""

    def __init__(self, path: str, timeout: float) -> None:
        """`path` is the lock file; `timeout` the seconds after which a writer gives up with Busy."""
        self.timeout = timeout
        self._path = path
        self._renew()
        _turns.add(self)

    def _renew(self) -> None:
        """New locks: after a fork the old ones may be held by a thread that is not here."""
        self._file = FileLock(
            self._path,
            thread_local=False,
            poll_interval=POLL_SECONDS,
            fallback_to_soft=False,
            preserve_lock_file=True,
        )
        self._threads = threading.Lock()
        self._holder: int | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the turn; Busy when it does not come in time, Unavailable when the lock cannot be made."""
        if self._holder == threading.get_ident():
            raise RuntimeError("a unit of work was opened inside another one")
        deadline = time.monotonic() + self.timeout
        if not self._threads.acquire(timeout=self.timeout):
            raise Busy()
        try:
            self._lock_file(max(0.0, deadline - time.monotonic()))
            self._holder = threading.get_ident()
            try:
                yield
            finally:
                self._holder = None
                self._file.release()
        finally:
            self._threads.release()

    def _lock_file(self, timeout: float) -> None:
        try:
            self._file.acquire(timeout=timeout)
        except Timeout:
            raise Busy() from None
        except OSError as error:
            raise Unavailable("database_unavailable", "The store cannot be written.") from error


_turns: "weakref.WeakSet[WriterTurn]" = weakref.WeakSet()


def _renew_turns() -> None:
    for turn in _turns:
        turn._renew()


os.register_at_fork(after_in_child=_renew_turns)
