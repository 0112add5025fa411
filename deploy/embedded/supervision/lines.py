"""Reading a child's output line by line without ever waiting for it."""

import os
from collections import deque
from collections.abc import Iterator

CHUNK = 65536
LONGEST_LINE = 1024 * 1024


class LineReader:
    """Splits what arrives on a file descriptor into lines, and remembers the last few."""

    def __init__(self, descriptor: int, *, remember: int = 20) -> None:
        self.descriptor = descriptor
        self.last: deque[str] = deque(maxlen=remember)
        self.at_end = False
        self._rest = b""
        os.set_blocking(descriptor, False)

    def read(self) -> Iterator[bytes]:
        """Yield the whole lines that have arrived; sets `at_end` once the child closed its side."""
        while not self.at_end:
            try:
                chunk = os.read(self.descriptor, CHUNK)
            except BlockingIOError:
                return
            if not chunk:
                self.at_end = True
                break
            self._rest += chunk
            *lines, self._rest = self._rest.split(b"\n")
            if len(self._rest) > LONGEST_LINE:
                lines.append(self._rest)
                self._rest = b""
            yield from self._remembered(lines)
        if self._rest:
            yield from self._remembered([self._rest])
            self._rest = b""

    def _remembered(self, lines: list[bytes]) -> Iterator[bytes]:
        for line in lines:
            if line.strip():
                self.last.append(line.decode("utf-8", "replace"))
            yield line
