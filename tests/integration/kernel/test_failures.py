"""What goes wrong in a store is told in the suite's own errors, and what is our mistake stays one."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from services.kernel.database import Database
from services.kernel.errors import Busy, Unavailable
from tests.support import postgres
from tests.support.stores import on_postgres, on_sqlite

from .slots import claim
from .test_unit_of_work import count_notes, write_note


def write_much(database: Database) -> None:
    with database.unit_of_work() as session:
        session.execute(text("CREATE TABLE much (body TEXT)"))
        session.execute(text("INSERT INTO much VALUES (:body)"), {"body": "x" * 1_000_000})


@on_sqlite
def test_a_full_disk_is_unavailable_and_takes_all_back(database: Database) -> None:
    with database.unit_of_work() as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages + 10}"))
    with pytest.raises(Unavailable) as caught:
        write_much(database)
    assert not isinstance(caught.value, Busy)
    write_note(database)
    assert count_notes(database) == 1


@on_sqlite
def test_a_store_that_is_no_database_is_unavailable(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("not a database " * 1000)
    with pytest.raises(Unavailable):
        Database(f"sqlite:///{file}").ping()


@on_sqlite
def test_a_lock_that_a_stranger_holds_is_busy(database: Database) -> None:
    """Someone with the sqlite3 shell, who takes no turn."""
    write_note(database)
    assert database.file is not None
    stranger = sqlite3.connect(database.file, isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Busy) as caught:
            write_note(database)
        assert caught.value.retry_after
        assert count_notes(database) == 1  # reading goes on
    finally:
        stranger.close()
    write_note(database)


def test_reading_makes_no_file(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/none.db")
    with pytest.raises(Unavailable):
        database.ping()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_signs_in_its_name_serves(tmp_path: Path) -> None:
    folder = tmp_path / "50% of #1?& łódź"
    folder.mkdir()
    database = Database(f"sqlite:///{str(folder).replace('%', '%25').replace('?', '%3F')}/x.db")
    with database.unit_of_work() as session:
        session.execute(text("CREATE TABLE things (name TEXT)"))
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM things")) == 0
    assert (folder / "x.db").exists()


@on_sqlite
def test_writers_wait_for_the_disk_and_keep_to_foreign_keys(database: Database) -> None:
    with database.unit_of_work() as session:
        told = [
            session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert told == ["wal", 2, 1]


@on_postgres
def test_a_lost_connection_is_unavailable_once(database: Database) -> None:
    def end_own_session() -> None:
        with database.unit_of_work() as session:
            claim(session, 1, 2)
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(Unavailable):
        end_own_session()
    write_note(database)
    assert count_notes(database) == 1


@on_postgres
def test_connections_that_went_stale_in_the_pool_are_renewed(database: Database) -> None:
    write_note(database)
    postgres.execute(
        database.url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    write_note(database)
    assert count_notes(database) == 2


@on_postgres
@pytest.mark.parametrize(
    ("limit", "statement"),
    [
        ("SET LOCAL lock_timeout = '50ms'", "LOCK TABLE audit"),
        ("SET LOCAL statement_timeout = '50ms'", "SELECT pg_sleep(5)"),
    ],
    ids=["lock", "statement"],
)
def test_waiting_too_long_is_busy(database: Database, limit: str, statement: str) -> None:
    def wait() -> None:
        with database.unit_of_work() as session:
            session.execute(text(limit))
            session.execute(text(statement))

    with database.unit_of_work() as holder:
        holder.execute(text("LOCK TABLE audit"))
        with pytest.raises(Busy):
            wait()


@on_postgres
def test_a_database_that_is_not_there_is_unavailable(database: Database) -> None:
    with pytest.raises(Unavailable):
        Database(database.url + "_not_there").ping()


@on_postgres
def test_isolation_and_limits_are_set(database: Database) -> None:
    with database.unit_of_work() as session:
        assert session.scalar(text("SHOW transaction_isolation")) == "read committed"
        assert session.scalar(text("SHOW lock_timeout")) == "5s"
        assert session.scalar(text("SHOW timezone")) == "UTC"
    with database.reading() as session:
        assert session.scalar(text("SHOW transaction_isolation")) == "repeatable read"
        assert session.scalar(text("SHOW transaction_read_only")) == "on"


@pytest.mark.parametrize("statement", ["SELECT nonsense", "INSERT INTO audit (id) VALUES (NULL)"])
def test_a_mistake_of_ours_stays_one(database: Database, statement: str) -> None:
    with pytest.raises(DBAPIError), database.unit_of_work() as session:
        session.execute(text(statement))


def test_a_claim_that_ends_before_it_starts_is_a_mistake(database: Database) -> None:
    with pytest.raises(IntegrityError, match="ck_claims_order"):
        database.write(lambda session: claim(session, 2, 1))


def test_one_view_is_read_whatever_is_written_meanwhile(database: Database) -> None:
    with database.reading() as session:
        before = session.scalar(text("SELECT count(*) FROM claims"))
        database.write(lambda writer: claim(writer, 1, 2))
        assert session.scalar(text("SELECT count(*) FROM claims")) == before == 0
