"""A part's log file: appended to, turned over by size, a few old ones kept."""

from pathlib import Path
from typing import BinaryIO

MEGABYTE = 1024 * 1024


class LogFile:
    """Appends lines to `path`; past `max_bytes` it becomes `path.1`, and so on up to `keep` old files."""

    def __init__(self, path: Path, *, max_bytes: int = 10 * MEGABYTE, keep: int = 3) -> None:
        self.path = path
        self._max_bytes = max_bytes
        self._keep = keep
        self._file: BinaryIO = path.open("ab", buffering=0)
        self._size = path.stat().st_size

    def write(self, line: bytes) -> None:
        """Append one line (a newline is added). A full disk loses the line rather than the supervisor."""
        data = line + b"\n"
        if self._size and self._size + len(data) > self._max_bytes:
            self._turn_over()
        try:
            self._file.write(data)
        except OSError:
            return
        self._size += len(data)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _turn_over(self) -> None:
        self._file.close()
        for number in range(self._keep, 0, -1):
            older = self._old(number)
            newer = self._old(number - 1) if number > 1 else self.path
            if newer.exists():
                newer.replace(older)
        self._file = self.path.open("ab", buffering=0)
        self._size = 0

    def _old(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")
