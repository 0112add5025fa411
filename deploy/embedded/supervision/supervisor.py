"""The supervisor's loop: one thread that watches every part, and ends them in order."""

import selectors
import subprocess
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from deploy.embedded.supervision.keeper import Keeper
from deploy.embedded.supervision.lines import LineReader
from deploy.embedded.supervision.logfile import LogFile
from deploy.embedded.supervision.part import Part
from deploy.embedded.supervision.process import has_ended, kill_group, spawn, tell
from deploy.embedded.supervision.signals import Signals
from deploy.embedded.supervision.terminal import Terminal

TURN = 0.2  # seconds that one turn waits at most
TASK_GRACE = 2.0


class Stopped(Exception):
    """Someone asked to stop (a signal) while the supervisor was waiting for something else."""


class Supervisor:
    """Starts parts, keeps them alive and stops them.

    `folder` is where they run, `log_folder` holds their logs.
    """

    def __init__(self, folder: Path, log_folder: Path, terminal: Terminal, signals: Signals) -> None:
        self.keepers: dict[str, Keeper] = {}
        self._folder = folder
        self._log_folder = log_folder
        self._terminal = terminal
        self._signals = signals

    def start(self, part: Part) -> None:
        """Start a part and keep it alive from now on."""
        log = LogFile(self._log_folder / f"{part.name}.log")
        keeper = Keeper(part, self._folder, log, self._terminal)
        self.keepers[part.name] = keeper
        keeper.start()

    def turn(self, seconds: float = TURN) -> None:
        """Wait for something to happen, at most so long, and deal with it. Raises nothing of the parts'."""
        self._wait(seconds, [keeper.reader for keeper in self.keepers.values() if keeper.reader])
        for keeper in self.keepers.values():
            keeper.turn()

    def run_until(self, done: Callable[[], bool], *, seconds: float | None = None) -> bool:
        """Turn until `done()`; False when the seconds ran out first. Raises Stopped on a stop signal."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while not done():
            if self._signals.stop_requests:
                raise Stopped
            if deadline is not None and time.monotonic() >= deadline:
                return False
            self.turn()
        return True

    def run_task(self, task: Part, tell_line: Callable[[str], None]) -> int:
        """Run a command to its end while the parts are watched; its lines go to its log and `tell_line`.

        Returns its exit code. Raises Stopped (the task is ended first) on a stop signal, OSError when it
        cannot be started.
        """
        log = LogFile(self._log_folder / f"{task.name}.log")
        process = spawn(task.command, task.environment, self._folder)
        assert process.stdout is not None
        reader = LineReader(process.stdout.fileno())
        try:
            while True:
                ended = has_ended(process)
                for line in reader.read():
                    log.write(line)
                    tell_line(line.decode("utf-8", "replace"))
                if ended:
                    return process.returncode
                if self._signals.stop_requests:
                    raise Stopped
                self._wait(TURN, [reader])
                self.turn(0)
        finally:
            _end(process)
            process.stdout.close()
            log.close()

    def hold(self, names: Collection[str]) -> None:
        """Stop the named parts and keep them stopped; start those that were held and are named no more."""
        for name, keeper in self.keepers.items():
            was_held, keeper.held = keeper.held, name in names
            if keeper.held and not was_held:
                self._terminal.say(f"{name} is stopped by command")
            if was_held and not keeper.held:
                self._terminal.say(f"{name} is started by command")
                keeper.resume()

    def stop_all(self) -> None:
        """Stop every part, rank by rank; a second stop signal kills what is left at once."""
        for rank in sorted({keeper.part.stop_rank for keeper in self.keepers.values()}):
            keepers = [k for k in self.keepers.values() if k.part.stop_rank == rank]
            for keeper in keepers:
                keeper.stop()
            asked = self._signals.stop_requests
            while not all(keeper.is_gone for keeper in keepers):
                self.turn(0.05)
                if self._signals.stop_requests > asked:
                    for keeper in self.keepers.values():
                        keeper.kill()

    def snapshot(self) -> list[dict[str, Any]]:
        """Each part as `status` tells it."""
        return [
            {
                "name": name,
                "state": "held" if keeper.held else keeper.state,
                "pid": keeper.pid,
                "restarts": keeper.restarts.total,
            }
            for name, keeper in self.keepers.items()
        ]

    def _wait(self, seconds: float, readers: list[LineReader]) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._signals.descriptor, selectors.EVENT_READ)
            for reader in readers:
                if not reader.at_end:
                    selector.register(reader.descriptor, selectors.EVENT_READ)
            selector.select(seconds)
        self._signals.drain()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a task that still runs, politely at first."""
    if has_ended(process):
        return
    tell(process, Part.stop_signal)
    deadline = time.monotonic() + TASK_GRACE
    while not has_ended(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    if not has_ended(process):
        kill_group(process)
        process.wait()
