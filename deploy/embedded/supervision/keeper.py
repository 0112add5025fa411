"""Keeping one part alive: starting, watching, starting again, holding, ending."""

import math
import subprocess
import time
from pathlib import Path

from deploy.embedded.supervision.lines import LineReader
from deploy.embedded.supervision.logfile import LogFile
from deploy.embedded.supervision.part import Part
from deploy.embedded.supervision.process import describe_end, has_ended, kill_group, spawn, tell
from deploy.embedded.supervision.restarts import Restarts
from deploy.embedded.supervision.terminal import Terminal


class Keeper:
    """Runs one part. `turn` is called often and never waits.

    `state` is one of: new, running, waiting (crashed, to be started again), stopping, stopped.
    `held` means that someone wants the part stopped until further notice.
    """

    def __init__(self, part: Part, folder: Path, log: LogFile, terminal: Terminal) -> None:
        self.part = part
        self.state = "new"
        self.held = False
        self.restarts = Restarts()
        self.reader: LineReader | None = None
        self._folder = folder
        self._log = log
        self._terminal = terminal
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._next_start = 0.0
        self._kill_at = 0.0
        self._last_words: list[str] = []

    @property
    def pid(self) -> int | None:
        """The process id while there is a process."""
        return self._process.pid if self._process else None

    @property
    def is_gone(self) -> bool:
        """Whether there is no process now."""
        return self._process is None

    def start(self) -> None:
        """Start the part; a program that cannot be started counts as a crash at once."""
        self._started_at = time.monotonic()
        try:
            self._process = spawn(self.part.command, self.part.environment, self._folder)
        except OSError as error:
            self._last_words = [f"{self.part.command[0]}: {error.strerror}"]
            self._plan_restart("could not be started")
            return
        assert self._process.stdout is not None
        self.reader = LineReader(self._process.stdout.fileno())
        self.state = "running"

    def stop(self) -> None:
        """Ask the part to end; `turn` kills it once its grace is over."""
        if self._process is None:
            self.state = "stopped"
        elif self.state != "stopping":
            self.state = "stopping"
            self._kill_at = time.monotonic() + self.part.grace
            tell(self._process, self.part.stop_signal)

    def kill(self) -> None:
        """End the part and all it started at once."""
        if self._process is not None:
            self.state = "stopping"
            self._kill_at = math.inf
            kill_group(self._process)

    def turn(self) -> None:
        """Take in the output, notice an end, start again or kill what is due."""
        self.take_output()
        now = time.monotonic()
        if self._process is not None and has_ended(self._process):
            self._note_end(self._process.returncode, now)
        elif self.state == "stopping" and now >= self._kill_at:
            self._terminal.say(f"{self.part.name} did not end within {self.part.grace:g} s and is killed")
            self.kill()
        if self.held and self.state in ("running", "waiting"):
            self.stop()
        elif not self.held and self.state == "waiting" and now >= self._next_start:
            self.start()

    def take_output(self) -> None:
        """Bring the lines that arrived to the log file and, when they matter, to the terminal."""
        if self.reader is None:
            return
        for line in self.reader.read():
            self._log.write(line)
            self._terminal.show_part_line(self.part.name, line)

    def last_words(self) -> list[str]:
        """The last lines that the part wrote before it ended."""
        return list(self._last_words)

    def resume(self) -> None:
        """Start a part again that was held; its crashes are forgotten."""
        self.restarts = Restarts()
        if self._process is None:
            self.start()

    def _note_end(self, returncode: int, now: float) -> None:
        self.take_output()
        if self.reader is not None:
            self._last_words = list(self.reader.last)
            self.reader = None
        assert self._process is not None
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None
        if self.state == "stopping":
            self.state = "stopped"
            return
        self._plan_restart(f"ended ({describe_end(returncode)}) after {now - self._started_at:.1f} s")

    def _plan_restart(self, how: str) -> None:
        delay = self.restarts.note_crash(time.monotonic() - self._started_at)
        self.state = "waiting"
        self._next_start = time.monotonic() + delay
        if self.restarts.just_broke:
            self._terminal.say(
                f"{self.part.name} {how}, the {self.restarts.at_once}th time at once; trying again every "
                f"{delay:.0f} s. Its last lines ({self._log.path}):"
            )
            for line in self._last_words[-8:]:
                self._terminal.say(f"    {line}")
        elif not self.restarts.is_broken:
            self._terminal.say(f"{self.part.name} {how}; starting it again in {delay:.1f} s")
