"""Signals that end the supervisor or tell of a child's end, turned into something a loop can wait for."""

import os
import signal
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM)


class Signals:
    """Counts the requests to stop; `descriptor` becomes readable whenever a signal has arrived.

    To be made in the main thread, before the first child is started. A hang-up (the terminal was closed)
    asks to stop as well, except where `detached`.
    """

    def __init__(self, *, detached: bool = False) -> None:
        self.stop_requests = 0
        self.descriptor, self._writing = os.pipe()
        os.set_blocking(self.descriptor, False)
        os.set_blocking(self._writing, False)
        signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        for number in ENDING:
            signal.signal(number, self._count)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)  # only a Python handler wakes the loop
        signal.signal(signal.SIGHUP, signal.SIG_IGN if detached else self._count)

    def drain(self) -> None:
        """Forget the wake-ups that were seen."""
        try:
            while os.read(self.descriptor, 512):
                pass
        except BlockingIOError:
            return

    def close(self) -> None:
        """Give the signals back to their defaults."""
        signal.set_wakeup_fd(-1)
        for number in (*ENDING, signal.SIGCHLD, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.close(self.descriptor)
        os.close(self._writing)

    def _count(self, number: int, frame: FrameType | None) -> None:
        self.stop_requests += 1
