"""Drives ./camp as a person does: as a program, with settings in the environment."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[3]
OURS = ("CAMP_", "BOOKING_", "NOTIFICATIONS_", "GATEWAY_", "SMTP_URL", "REDIS_URL", "CALLER_")


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], Any], seconds: float = 20.0) -> Any:
    """What the condition gave once it gave something; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"nothing came within {seconds} s")


@dataclass(frozen=True)
class Answer:
    """An answer over HTTP; `json` where the body is JSON."""

    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Camp:
    """One instance: a data folder, a port, and the commands over them."""

    data: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the gateway is reached."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Our environment without settings of the suite, then this instance's."""
        ours = {name: text for name, text in os.environ.items() if not name.startswith(OURS)}
        chosen = {"CAMP_DATA": str(self.data), "CAMP_PORT": str(self.port), "CAMP_PYTHON": sys.executable}
        return ours | chosen | self.settings

    def run(self, *arguments: str, seconds: float = 120, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; its output is captured."""
        command = [str(CHECKOUT / "camp"), *arguments]
        environment = self.environment() | settings
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=seconds)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command that goes on; its output is one stream."""
        command = [str(CHECKOUT / "camp"), *arguments]
        return subprocess.Popen(
            command, env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def up(self) -> str:
        """Start in the background; what it told."""
        done = self.run("up", "--detach")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def down(self) -> float:
        """Stop; the seconds that it took."""
        began = time.monotonic()
        done = self.run("down")
        assert done.returncode == 0, done.stdout + done.stderr
        return time.monotonic() - began

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Up for the block, and down after it; gives what `up` told."""
        try:
            yield self.up()
        finally:
            self.run("down")

    def state(self) -> dict[str, Any]:
        """What the supervisor tells about itself."""
        try:
            return json.loads((self.data / "run" / "state.json").read_text())
        except (OSError, ValueError):
            return {}

    def supervisor_pid(self) -> int:
        """The supervisor's process id."""
        return int((self.data / "run" / "camp.pid").read_text())

    def part_pid(self, name: str) -> int | None:
        """A part's process id, None while it is away."""
        return next((part["pid"] for part in self.state().get("parts", []) if part["name"] == name), None)

    def processes(self) -> set[int]:
        """Every process of this instance: the supervisor, the parts, and what they started."""
        parts = {part["pid"] for part in self.state()["parts"] if part["pid"]}  # Valkey renames itself
        return parts | {self.supervisor_pid()} | set(processes_naming(str(self.data)))

    def ask(
        self, path: str, body: Any = None, *, method: str | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Ask the gateway; a body makes it a POST of JSON."""
        data = None if body is None else json.dumps(body).encode()
        told = {"Content-Type": "application/json"} if data is not None else {}
        request = urllib.request.Request(self.url + path, data, told | (headers or {}), method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(answer.status, answer.read(), dict(answer.headers))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read(), dict(error.headers))

    def mails(self) -> list[Path]:
        """The messages that were kept instead of sent, oldest first."""
        return sorted((self.data / "mail").rglob("*.eml"), key=lambda path: path.stat().st_mtime_ns)


def is_alive(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def processes_naming(text: str) -> dict[int, str]:
    """Every living process in whose command line or environment the text occurs, with its command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (folder / "cmdline").read_bytes()
            environment = (folder / "environ").read_bytes()
            if text.encode() in command + environment and is_alive(int(folder.name)):
                found[int(folder.name)] = command.replace(b"\0", b" ").decode("utf-8", "replace")
    found.pop(os.getpid(), None)
    return found
