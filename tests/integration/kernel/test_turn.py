"""The writer's turn goes round among processes, survives forks, and is lost with its holder."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from services.kernel.database.turn import WriterTurn
from services.kernel.errors import Busy, Unavailable

SPAWN = multiprocessing.get_context("spawn")
PATIENCE = 10.0


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "store.db.turn")


def in_a_child(work) -> int:  # type: ignore[no-untyped-def]
    """Run it in a forked process; its exit code: 0 when it ended well, 75 when it was Busy."""
    child = os.fork()
    if child == 0:  # pragma: no cover - ends here, without pytest's leave-taking
        try:
            work()
        except Busy:
            os._exit(75)
        except BaseException:  # noqa: BLE001 - whatever it was, the parent has to hear of it
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@contextmanager
def held_by_a_thread(turn: WriterTurn) -> Iterator[None]:
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        with turn.taken():
            taken.set()
            done.wait(PATIENCE)

    thread = threading.Thread(target=hold)
    thread.start()
    assert taken.wait(PATIENCE)
    try:
        yield
    finally:
        done.set()
        thread.join(PATIENCE)


def take(turn: WriterTurn) -> None:
    with turn.taken():
        pass


def hold_until_killed(path: str, taken: Event) -> None:
    with WriterTurn(path, PATIENCE).taken():
        taken.set()
        time.sleep(PATIENCE)


def take_again_and_again(path: str, started: Event, enough: Event) -> None:
    turn = WriterTurn(path, PATIENCE)

    def greed() -> None:
        while not enough.is_set():
            with turn.taken():
                started.set()
                time.sleep(0.002)

    threads = [threading.Thread(target=greed) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_child_waits_for_the_parents_thread_and_takes_nothing_from_it(path: str) -> None:
    turn = WriterTurn(path, 0.3)
    with held_by_a_thread(turn):
        assert in_a_child(lambda: take(turn)) == 75
        with pytest.raises(Busy):
            take(WriterTurn(path, 0.1))  # the child's end did not end the parent's turn
    assert in_a_child(lambda: take(turn)) == 0
    take(turn)


def test_the_turn_of_a_killed_process_is_free(path: str) -> None:
    taken = SPAWN.Event()
    process = SPAWN.Process(target=hold_until_killed, args=(path, taken))
    process.start()
    assert taken.wait(PATIENCE)
    with pytest.raises(Busy):
        take(WriterTurn(path, 0.1))
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join(PATIENCE)
    take(WriterTurn(path, 1.0))


def test_a_busy_process_leaves_turns_to_others(path: str) -> None:
    started, enough = SPAWN.Event(), SPAWN.Event()
    process = SPAWN.Process(target=take_again_and_again, args=(path, started, enough))
    process.start()
    try:
        assert started.wait(PATIENCE)
        modest = WriterTurn(path, 2.0)
        for _ in range(30):
            take(modest)
    finally:
        enough.set()
        process.join(PATIENCE)


def test_a_turn_within_a_turn_is_a_mistake_and_not_a_wait(path: str) -> None:
    turn = WriterTurn(path, PATIENCE)
    with turn.taken(), pytest.raises(RuntimeError):
        take(turn)
    take(turn)


def test_a_lock_file_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        take(WriterTurn(str(tmp_path / "no such folder" / "store.db.turn"), 0.1))
