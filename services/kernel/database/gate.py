"""A file that one process at a time holds: flock, with a timeout and without harm from forks."""

import fcntl
import os
import time

from services.kernel.errors import Busy, Unavailable


class Gate:
    """A lock between processes. Threads of one process take it one at a time, behind a lock of their own."""

    def __init__(self, path: str, pause: float) -> None:
        """`path` is made where it is not there; a process that waits tries again every `pause` seconds."""
        self._path = path
        self._pause = pause
        self._held: int | None = None

    def enter(self, deadline: float) -> None:
        """Hold it; Busy when it is not free by `deadline`, Unavailable when the file cannot be opened."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise Unavailable("database_unavailable", "The store cannot be written.") from error
        try:
            while not _locked(descriptor):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise Busy()
                time.sleep(min(self._pause, left))
        except BaseException:
            os.close(descriptor)
            raise
        self._held = descriptor

    def leave(self) -> None:
        """Let the next one in."""
        descriptor, self._held = self._held, None
        if descriptor is not None:
            fcntl.flock(descriptor, fcntl.LOCK_UN)  # said aloud: a child may still hold the descriptor too
            os.close(descriptor)

    def forget(self) -> None:
        """In a child: let go of what a thread of the parent holds, without taking it from the parent."""
        descriptor, self._held = self._held, None
        if descriptor is not None:
            os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
