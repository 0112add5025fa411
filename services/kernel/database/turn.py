"""The writer's turn on SQLite: one writer at a time, waiting in line instead of failing in a crowd."""

import os
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

from services.kernel.errors import Busy

from .gate import Gate

# How often a process that waits looks again: first to be the next one, then, alone, for its turn.
LINE_PAUSE_SECONDS, TURN_PAUSE_SECONDS = 0.002, 0.0005


class WriterTurn:
    """A lock between processes, behind one between threads, so that one thread of a process waits for others.

    There are two gates, the turn and the place of who is next. A process that has just written cannot
    take the turn again before those who wait: it would have to be next first.
    """

    def __init__(self, path: str, timeout: float) -> None:
        """`path` is the lock file; `timeout` the seconds after which a writer gives up with Busy."""
        self.timeout = timeout
        self._next = Gate(f"{path}.next", LINE_PAUSE_SECONDS)
        self._turn = Gate(path, TURN_PAUSE_SECONDS)
        self._renew()
        _turns.add(self)

    def _renew(self) -> None:
        """After a fork what stood before may be held by a thread that is not here."""
        self._next.forget()
        self._turn.forget()
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
            self._wait_in_line(deadline)
            self._holder = threading.get_ident()
            try:
                yield
            finally:
                self._holder = None
                self._turn.leave()
        finally:
            self._threads.release()

    def _wait_in_line(self, deadline: float) -> None:
        self._next.enter(deadline)
        try:
            self._turn.enter(deadline)
        finally:
            self._next.leave()


_turns: "weakref.WeakSet[WriterTurn]" = weakref.WeakSet()


def _renew_turns() -> None:
    for turn in _turns:
        turn._renew()


os.register_at_fork(after_in_child=_renew_turns)
