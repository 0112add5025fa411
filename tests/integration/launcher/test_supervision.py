"""The supervisor with small fake parts: crashes, order of stopping, stubborn children, its own death."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
SLEEPER = [sys.executable, "-c", "import time; time.sleep(300)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "print('deaf', flush=True); time.sleep(300)",
]
FAMILY = [
    sys.executable,
    "-c",
    "import subprocess, sys, time; child = subprocess.Popen(['sleep', '300']); "
    "print(child.pid, flush=True); time.sleep(300)",
]


def says_goodbye(name: str, journal: Path) -> list[str]:
    """A part that writes its name to the journal when it is told to stop."""
    code = (
        "import pathlib, signal, sys, time\n"
        f"def leave(*_):\n  open({str(journal)!r}, 'a').write({name!r} + ' '); time.sleep(0.2); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, leave)\nprint('ready', flush=True)\ntime.sleep(300)"
    )
    return [sys.executable, "-c", code]


def wait_for(condition: Callable[[], object], seconds: float = 15.0) -> object:
    """What the condition gave once it gave something; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"nothing came within {seconds} s")


def is_alive(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class FakeSuite:
    """A supervisor process with its parts."""

    def __init__(self, folder: Path, parts: list[dict]) -> None:
        self.folder = folder
        module = "tests.integration.launcher.fake_suite"
        command = [sys.executable, "-m", module, str(folder), json.dumps(parts)]
        self.output = (folder / "terminal").open("w+")
        self.process = subprocess.Popen(command, cwd=CHECKOUT, stdout=self.output, stderr=subprocess.STDOUT)

    def parts(self) -> dict[str, dict]:
        """Each part's state by name; empty before the first turn."""
        path = self.folder / "state.json"
        return {p["name"]: p for p in json.loads(path.read_text())} if path.exists() else {}

    def running_pid(self, name: str) -> int:
        """The part's process id once it runs."""
        return int(wait_for(lambda: self.parts().get(name, {}).get("pid")))  # type: ignore[call-overload]

    def terminal(self) -> str:
        """What the supervisor has told so far."""
        return (self.folder / "terminal").read_text()

    def log(self, name: str) -> str:
        """The part's log so far."""
        path = self.folder / f"{name}.log"
        return path.read_text() if path.exists() else ""


@pytest.fixture
def suite(tmp_path: Path) -> Iterator[Callable[[list[dict]], FakeSuite]]:
    """Starts fake suites, and ends what is left of them."""
    started: list[FakeSuite] = []

    def start(parts: list[dict]) -> FakeSuite:
        started.append(FakeSuite(tmp_path, parts))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()
        one.output.close()


def test_a_crashed_part_is_started_again_and_said(suite) -> None:
    fake = suite([{"name": "one", "command": SLEEPER}])
    first = fake.running_pid("one")
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: fake.parts()["one"]["pid"] not in (None, first))
    assert "one ended (signal SIGKILL)" in fake.terminal()
    assert fake.parts()["one"]["restarts"] == 1


def test_a_part_that_dies_at_once_is_called_broken_with_its_last_lines(suite) -> None:
    failing = [sys.executable, "-c", "print('no such table'); raise SystemExit(3)"]
    fake = suite([{"name": "bad", "command": failing}])
    wait_for(lambda: "5th time at once" in fake.terminal())
    assert "    no such table" in fake.terminal()
    assert "exit code 3" in fake.terminal()


def test_a_program_that_does_not_exist_is_said(suite) -> None:
    fake = suite([{"name": "bad", "command": ["/no/such/program"]}])
    wait_for(lambda: "5th time at once" in fake.terminal())
    assert "/no/such/program: No such file or directory" in fake.terminal()


def test_parts_stop_rank_by_rank(suite, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    parts = [
        {"name": name, "rank": rank, "command": says_goodbye(name, journal)}
        for name, rank in [("store", 2), ("service", 1), ("door", 0)]
    ]
    fake = suite(parts)
    wait_for(lambda: all("ready" in fake.log(part["name"]) for part in parts))
    fake.process.send_signal(signal.SIGTERM)
    assert fake.process.wait(10) == 0
    assert journal.read_text().split() == ["door", "service", "store"]


def test_a_stubborn_part_is_killed_after_its_grace(suite) -> None:
    fake = suite([{"name": "deaf", "grace": 0.5, "command": STUBBORN}])
    wait_for(lambda: "deaf" in fake.log("deaf"))
    pid = fake.running_pid("deaf")
    began = time.monotonic()
    fake.process.send_signal(signal.SIGINT)
    assert fake.process.wait(10) == 0
    assert 0.4 < time.monotonic() - began < 4
    assert not is_alive(pid)
    assert "deaf did not end within 0.5 s and is killed" in fake.terminal()


def test_a_second_signal_stops_at_once(suite) -> None:
    fake = suite([{"name": "deaf", "grace": 60, "command": STUBBORN}])
    wait_for(lambda: "deaf" in fake.log("deaf"))
    fake.process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    fake.process.send_signal(signal.SIGINT)
    assert fake.process.wait(5) == 0


def test_killing_the_supervisor_leaves_no_orphan(suite) -> None:
    fake = suite([{"name": "one", "command": SLEEPER}, {"name": "deaf", "command": STUBBORN}])
    wait_for(lambda: "deaf" in fake.log("deaf"))
    pids = [fake.running_pid("one"), fake.running_pid("deaf")]
    fake.process.kill()
    fake.process.wait()
    wait_for(lambda: not any(is_alive(pid) for pid in pids), seconds=5)


def test_what_a_part_started_ends_with_it(suite) -> None:
    fake = suite([{"name": "family", "command": FAMILY}])
    grandchild = int(wait_for(lambda: fake.log("family").strip()))  # type: ignore[call-overload]
    os.kill(fake.running_pid("family"), signal.SIGKILL)
    wait_for(lambda: not is_alive(grandchild), seconds=5)


def test_a_held_part_stays_stopped_until_it_is_started(suite) -> None:
    fake = suite([{"name": "one", "command": SLEEPER}])
    fake.running_pid("one")
    (fake.folder / "held").write_text("one")
    wait_for(lambda: fake.parts()["one"] == {"name": "one", "state": "held", "pid": None, "restarts": 0})
    time.sleep(1)
    assert fake.parts()["one"]["pid"] is None
    (fake.folder / "held").write_text("")
    assert is_alive(fake.running_pid("one"))
