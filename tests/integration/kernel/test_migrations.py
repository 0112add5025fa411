"""Migrations run as a whole or not at all, on both stores, and tell where a database stands."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from services.kernel.database import Database
from services.kernel.errors import Unavailable
from services.kernel.migrations import Migrations

STEPS = Path(__file__).resolve().parents[2] / "support" / "steps"


@pytest.fixture
def database(store: str):  # type: ignore[no-untyped-def]
    """An empty one, without the kernel's tables."""
    opened = Database(store)
    yield opened
    opened.dispose()


@pytest.fixture
def migrations(database: Database) -> Migrations:
    return Migrations(STEPS, database)


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def put_a_book_on_a_shelf(database: Database) -> None:
    with database.unit_of_work() as session:
        session.execute(text("INSERT INTO shelves (id) VALUES (1)"))
        session.execute(text("INSERT INTO books (id, shelf_id) VALUES (1, 1)"))


def count_books(database: Database) -> int | None:
    with database.reading() as session:
        return session.scalar(text("SELECT count(*) FROM books"))


def test_where_a_database_stands(database: Database, migrations: Migrations) -> None:
    assert (migrations.current(), migrations.head()) == (None, "0003")
    assert database.file is None or not database.file.exists()  # asking makes nothing
    migrations.upgrade("0002")
    assert migrations.current() == "0002"
    assert not migrations.is_at_head()
    assert not migrations.is_newer()
    with database.unit_of_work() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '2099'"))
    assert migrations.is_newer()


def test_up_and_down_and_up(database: Database, migrations: Migrations) -> None:
    migrations.upgrade("0002")
    migrations.downgrade()
    assert tables(database) <= {"alembic_version"}
    migrations.upgrade("0002")
    assert tables(database) == {"alembic_version", "shelves", "books"}


def test_rebuilding_a_table_keeps_what_points_at_it(database: Database, migrations: Migrations) -> None:
    migrations.upgrade("0001")
    put_a_book_on_a_shelf(database)
    migrations.upgrade("0002")
    assert count_books(database) == 1
    with database.unit_of_work() as session:  # and foreign keys hold as before
        session.execute(text("DELETE FROM shelves"))
    assert count_books(database) == 0


def test_a_step_that_fails_leaves_nothing_behind(database: Database, migrations: Migrations) -> None:
    migrations.upgrade("0001")
    put_a_book_on_a_shelf(database)
    with pytest.raises(ArithmeticError):
        migrations.upgrade()
    assert migrations.current() == "0001"
    assert tables(database) == {"alembic_version", "shelves", "books"}
    assert [each["name"] for each in inspect(database.engine).get_columns("shelves")] == ["id"]
    assert count_books(database) == 1


def test_where_it_stands_is_told_while_another_writes(database: Database, migrations: Migrations) -> None:
    migrations.upgrade("0001")
    with database.unit_of_work() as session:
        session.execute(text("INSERT INTO shelves (id) VALUES (1)"))
        answers: list[str | None] = []
        asker = threading.Thread(target=lambda: answers.append(migrations.current()))
        asker.start()
        asker.join(10)
        assert answers == ["0001"]


def test_a_store_that_is_away_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        Migrations(STEPS, Database("postgresql://camp@127.0.0.1:1/none")).upgrade()
