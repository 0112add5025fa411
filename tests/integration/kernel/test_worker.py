"""The worker outlives outages of its queue and ends when it is told to, whatever it is at."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.kernel.queue import Queues
from tests.support.running import CHECKOUT, clean_environment
from tests.support.valkey import Valkey

pytestmark = pytest.mark.slow

WRITE_DOWN = "tests.integration.kernel.jobs.write_down"
PROGRAM = "import sys; from services.kernel.queue import run_worker; run_worker(sys.argv[1], ['words'])"
ENDS_SECONDS = 5


@contextmanager
def worker(url: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process until the block ends."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, url],
            cwd=CHECKOUT,
            env=clean_environment({}),
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(condition: Callable[[], bool], log: Path, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


def say(url: str, file: Path, word: str) -> None:
    queues = Queues(url)
    queues.enqueue(
        queue="words", function=WRITE_DOWN, args=[{"file": str(file), "word": word}], job_id=f"job-{word}"
    )
    queues.close()


def heard(file: Path) -> list[str]:
    return file.read_text().split() if file.exists() else []


def ends_well(process: subprocess.Popen[bytes]) -> bool:
    process.send_signal(signal.SIGTERM)
    return process.wait(ENDS_SECONDS) == 0


def test_it_works_through_an_outage_and_ends_when_told(own_valkey: Valkey, tmp_path: Path) -> None:
    file, log = tmp_path / "words", tmp_path / "log"
    with worker(own_valkey.url, log) as process:
        say(own_valkey.url, file, "before")
        wait_until(lambda: heard(file) == ["before"], log)
        own_valkey.kill()
        time.sleep(3)
        assert process.poll() is None, log.read_text()
        own_valkey.start()
        say(own_valkey.url, file, "after")
        wait_until(lambda: heard(file) == ["before", "after"], log)
        assert ends_well(process), log.read_text()


def test_it_ends_while_its_queue_is_away(own_valkey: Valkey, tmp_path: Path) -> None:
    file, log = tmp_path / "words", tmp_path / "log"
    with worker(own_valkey.url, log) as process:
        say(own_valkey.url, file, "before")
        wait_until(lambda: heard(file) == ["before"], log)
        own_valkey.kill()
        time.sleep(2)
        assert ends_well(process), log.read_text()
    assert "Traceback" not in log.read_text()


def test_it_starts_before_its_queue(own_valkey: Valkey, tmp_path: Path) -> None:
    file, log = tmp_path / "words", tmp_path / "log"
    own_valkey.stop()
    with worker(own_valkey.url, log) as process:
        time.sleep(3)
        assert process.poll() is None, log.read_text()
        own_valkey.start()
        say(own_valkey.url, file, "late")
        wait_until(lambda: heard(file) == ["late"], log)
        assert ends_well(process), log.read_text()
