"""One running instance for each data folder: its lock, and what it tells about itself."""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from deploy.embedded.faults import Fault
from deploy.embedded.folders import Folders


class Instance:
    """What stands in `run/`: camp.pid (locked while we run), state.json, held/ (the parts kept stopped)."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._lock_path = folders.run / "camp.pid"
        self._state_path = folders.run / "state.json"
        self._held = folders.run / "held"

    @contextlib.contextmanager
    def running_alone(self) -> Iterator[None]:
        """Be the one instance of this data folder; raises Fault where one runs already.

        The lock is the kernel's: it is free again however this process ends.
        """
        with self._lock_path.open("a+") as lock:
            if not _lock(lock):
                raise Fault(
                    f"The suite already runs with the data folder {self._folders.data} (process "
                    f"{self.pid()}); stop it with ./camp down, or choose another CAMP_DATA and CAMP_PORT"
                )
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            self._forget()
            try:
                yield
            finally:
                self._forget()
                lock.truncate(0)

    def is_running(self) -> bool:
        """Whether a supervisor holds the lock now."""
        try:
            lock = self._lock_path.open("r")
        except OSError:
            return False
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def pid(self) -> int | None:
        """The supervisor's process id, as it wrote it."""
        try:
            return int(self._lock_path.read_text())
        except (OSError, ValueError):
            return None

    def write_state(self, state: dict[str, Any]) -> None:
        """Tell `status` and the others how things are; replaced as a whole, for the owner only."""
        fresh = self._state_path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(state, file)
        fresh.replace(self._state_path)

    def read_state(self) -> dict[str, Any]:
        """What the running instance last told, {} when it has told nothing."""
        try:
            state = json.loads(self._state_path.read_text())
        except (OSError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def hold(self, part: str) -> None:
        """Ask the supervisor to keep a part stopped."""
        self._held.mkdir(mode=0o700, exist_ok=True)
        (self._held / part).touch()

    def release(self, part: str) -> None:
        """Ask the supervisor to start a held part again."""
        (self._held / part).unlink(missing_ok=True)

    def held(self) -> frozenset[str]:
        """The parts that are to be kept stopped."""
        try:
            return frozenset(os.listdir(self._held))
        except OSError:
            return frozenset()

    def _forget(self) -> None:
        self._state_path.unlink(missing_ok=True)
        for part in self.held():
            self.release(part)


def _lock(file: IO[str]) -> bool:
    """Take the lock; tries for a moment, since someone who asks `is_running` holds it for an instant."""
    for _ in range(5):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


def instance_of(data: Path) -> Instance:
    """The instance of a data folder, running or not."""
    return Instance(Folders(data))
