"""`./camp logs [PART] [-f] [-n N]`: the last lines of the log files."""

import os
import time
from collections import deque
from pathlib import Path
from typing import BinaryIO

from deploy.embedded.commands.options import Options, launcher_settings
from deploy.embedded.faults import Fault
from deploy.embedded.folders import Folders

PAUSE = 0.3  # seconds between looks when following


def run(arguments: list[str]) -> int:
    """Print the last lines of one log, or of all with the part's name in front; -f goes on until Ctrl-C."""
    options = Options("logs")
    options.add_argument("part", nargs="?")
    options.add_argument("-f", "--follow", action="store_true")
    options.add_argument("-n", "--lines", type=int, default=50)
    asked = options.parse_args(arguments)
    if asked.lines < 0:
        raise Fault("./camp logs: -n takes a number of lines, 0 or more")
    files = _log_files(Folders(launcher_settings().data).logs, asked.part)
    followers = [Follower(path, named=asked.part is None) for path in files]
    for follower in followers:
        follower.show_last(asked.lines)
    while asked.follow:
        time.sleep(PAUSE)
        for follower in followers:
            follower.show_new()
    return 0


class Follower:
    """Shows one log file; a file that was turned over is opened anew."""

    def __init__(self, path: Path, *, named: bool) -> None:
        self._path = path
        self._prefix = f"{path.stem:<13} | " if named else ""
        self._file: BinaryIO = path.open("rb")

    def show_last(self, count: int) -> None:
        """Print the last lines and stand at the end."""
        for line in deque(self._file, maxlen=count):
            self._show(line)

    def show_new(self) -> None:
        """Print what was appended since."""
        for line in self._file:
            self._show(line)
        try:
            turned_over = self._path.stat().st_ino != _inode(self._file)
        except FileNotFoundError:
            return
        if turned_over:
            self._file.close()
            self._file = self._path.open("rb")

    def _show(self, line: bytes) -> None:
        print(self._prefix + line.decode("utf-8", "replace").rstrip("\n"), flush=True)


def _inode(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_ino


def _log_files(folder: Path, part: str | None) -> list[Path]:
    files = sorted(folder.glob("*.log"))
    if part is None:
        if not files:
            raise Fault(f"There are no logs in {folder} yet; start the suite with ./camp up")
        return files
    for file in files:
        if file.stem == part:
            return [file]
    names = ", ".join(file.stem for file in files) or "none yet"
    raise Fault(f"There is no log of {part!r} in {folder}; there are: {names}")
