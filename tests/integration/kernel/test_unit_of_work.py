"""One transaction at a time for SQLite's writers, all or nothing on both stores."""

import multiprocessing
import threading
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from services.kernel.audit import AuditEntry, note
from services.kernel.database import Database, serialize
from services.kernel.errors import Busy, Unavailable

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ENTITY = UUID(int=7)


def write_note(database: Database) -> None:
    database.write(
        lambda session: note(session, caller=None, action="test", entity="thing", entity_id=ENTITY, now=NOW)
    )


def count_notes(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def write_notes(url: str, times: int) -> None:
    database = Database(url)
    for _ in range(times):
        write_note(database)
    database.dispose()


def test_an_error_takes_all_back(database: Database) -> None:
    def work(session) -> None:  # type: ignore[no-untyped-def]
        note(session, caller=None, action="test", entity="thing", entity_id=uuid4(), now=NOW)
        session.flush()
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        database.write(work)
    assert count_notes(database) == 0


def test_readers_cannot_write(database: Database) -> None:
    def write() -> None:
        with database.reading() as session:
            note(session, caller=None, action="test", entity="thing", entity_id=uuid4(), now=NOW)
            session.flush()

    with pytest.raises(Unavailable):
        write()
    assert count_notes(database) == 0


def test_threads_and_processes_all_get_their_turn(database: Database) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=write_notes, args=(database.url, 25)) for _ in range(3)]
    threads = [threading.Thread(target=lambda: [write_note(database) for _ in range(10)]) for _ in range(5)]
    for each in (*processes, *threads):
        each.start()
    for each in (*processes, *threads):
        each.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert count_notes(database) == 3 * 25 + 5 * 10


@pytest.mark.parametrize("store_name", ["sqlite"], indirect=True)
def test_a_turn_that_does_not_come_is_busy(database: Database) -> None:
    impatient = Database(database.url, turn_timeout=0.2)
    with database.unit_of_work(), pytest.raises(Busy) as caught:
        write_note(impatient)
    assert caught.value.retry_after
    write_note(impatient)


def test_a_store_that_is_away_is_unavailable(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for url in (f"sqlite:///{tmp_path}/no/folder/x.db", "postgresql://nobody@127.0.0.1:1/none"):
        with pytest.raises(Unavailable):
            Database(url).ping()


def test_serialize_lets_one_pass_at_a_time(database: Database) -> None:
    passed: list[int] = []
    inside = threading.Event()

    def work(number: int) -> None:
        with database.unit_of_work() as session:
            serialize(session, "a key", "another")
            if number == 0:
                inside.set()
                threading.Event().wait(0.3)
            passed.append(number)

    first = threading.Thread(target=work, args=(0,))
    first.start()
    inside.wait(10)
    work(1)
    first.join(10)
    assert passed == [0, 1]
