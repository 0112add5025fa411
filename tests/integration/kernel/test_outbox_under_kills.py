"""Valkey, relay and worker are killed again and again while events are recorded: every one is told."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from services.kernel.clock import real_time
from services.kernel.database import Database
from services.kernel.outbox import backlog, record
from tests.support.running import CHECKOUT, clean_environment
from tests.support.valkey import Valkey

pytestmark = pytest.mark.slow

RELAY = ["-m", "tests.integration.kernel.relaying"]
WORKER = [
    "-c",
    "import sys; from services.kernel.queue import run_worker; run_worker(sys.argv[1], ['words'])",
]
ROUNDS, EVENTS_A_ROUND, SETTLING_SECONDS = 6, 8, 120


class Part:
    """A process that is started anew after each kill."""

    def __init__(self, arguments: list[str], log: Path) -> None:
        self._arguments, self._log = arguments, log
        self.start()

    def start(self) -> None:
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, *self._arguments],
                cwd=CHECKOUT,
                env=clean_environment({}),
                stdout=output,
                stderr=output,
            )

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def test_every_event_is_told(database: Database, own_valkey: Valkey, tmp_path: Path) -> None:
    log, file = tmp_path / "log", tmp_path / "words"
    relay = Part([*RELAY, database.url, own_valkey.url], log)
    worker = Part([*WORKER, own_valkey.url], log)
    expected = set()
    try:
        for turn in range(ROUNDS):
            victim = (relay, worker, own_valkey)[turn % 3]
            for number in range(EVENTS_A_ROUND):
                word = f"{turn}.{number}"
                expected.add(word)
                payload = {"file": str(file), "word": word}
                database.write(lambda session, p=payload: record(session, "said", p, now=real_time()))  # type: ignore[misc]
                if number == EVENTS_A_ROUND // 2:
                    victim.kill()
            time.sleep(1.0)
            victim.start()
            time.sleep(1.0)
        _wait_until_told(database, log)
    finally:
        relay.kill()
        worker.kill()
    assert set(file.read_text().split()) == expected


def _wait_until_told(database: Database, log: Path) -> None:
    deadline = time.monotonic() + SETTLING_SECONDS
    while True:
        with database.reading() as session:
            waiting = backlog(session, now=real_time()).waiting
        if not waiting:
            return
        assert time.monotonic() < deadline, f"{waiting} events wait:\n{log.read_text()[-4000:]}"
        time.sleep(0.5)
