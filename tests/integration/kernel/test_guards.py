"""The guards stand, are told when they do not, and work from an index however much is stored."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from services.kernel.claims import check_guards, find_blocks, find_claims, install_guards
from services.kernel.database import Database
from tests.support.stores import on_postgres, on_sqlite

from .plans import plans_of
from .slots import NOW, OTHER, ROOM, at, block, claim


def faults(database: Database) -> list[str]:
    with database.reading() as session:
        return check_guards(session.connection())


def run(database: Database, *statements: str) -> None:
    with database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


@on_sqlite
def test_a_rebuilt_table_loses_its_guards_and_that_is_told(database: Database) -> None:
    """What Alembic's batch mode does."""
    run(
        database,
        "CREATE TABLE rebuilt AS SELECT * FROM claims",
        "DROP TABLE claims",
        "ALTER TABLE rebuilt RENAME TO claims",
    )
    told = faults(database)
    for name in ("claims_guard_insert", "claims_guard_update", "ck_claims_order"):
        assert f"{name} is missing" in told


@on_sqlite
def test_an_altered_trigger_is_told(database: Database) -> None:
    run(
        database,
        "DROP TRIGGER claims_guard_insert",
        "CREATE TRIGGER claims_guard_insert BEFORE INSERT ON claims WHEN NEW.active BEGIN SELECT 1; END",
        "CREATE TRIGGER surprise AFTER INSERT ON claims BEGIN SELECT 1; END",
    )
    assert faults(database) == ["claims_guard_insert is not what it should be", "surprise is not known"]


@on_postgres
@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("ALTER TABLE claims DISABLE TRIGGER claims_guard", "claims_guard is not what it should be"),
        ("ALTER TABLE claims DROP CONSTRAINT claims_no_overlap", "claims_no_overlap is missing"),
        ("ALTER TABLE blocks DROP CONSTRAINT ck_blocks_order", "ck_blocks_order is missing"),
        ("DROP TRIGGER blocks_guard ON blocks", "blocks_guard is missing"),
        (
            "CREATE OR REPLACE FUNCTION claims_guard_function() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'",
            "claims_guard_function is not what it should be",
        ),
    ],
    ids=["disabled trigger", "no exclusion", "no check", "no trigger", "other function"],
)
def test_every_weakened_guard_is_told_and_mended(database: Database, statement: str, fault: str) -> None:
    run(database, statement)
    assert faults(database) == [fault]
    if "ck_" not in fault:
        with database.engine.begin() as connection:
            install_guards(connection)
        assert faults(database) == []


@on_sqlite
@pytest.mark.parametrize(
    "change",
    [
        "starts_at = '2026-03-02 09:00:00+00:00'",
        "ends_at = '2026-03-02T19:00:00Z'",
        "ends_at = '2026-03-02T19:00:00.000000+00:00'",
        "unit = '00000000-0000-0000-0000-000000000001'",
        "unit = 'ABCDEF00000000000000000000000001'",
    ],
)
@pytest.mark.parametrize("table", ["claims", "blocks"])
def test_another_way_of_writing_a_unit_or_an_instant_is_refused(
    database: Database, table: str, change: str
) -> None:
    """It would compare wrongly, and slip past the guards."""
    with database.unit_of_work() as session:
        (claim if table == "claims" else block)(session, 1, 9)
    with pytest.raises(IntegrityError, match="one width"):
        run(database, f"UPDATE {table} SET {change}")


@on_postgres
@pytest.mark.parametrize("write", [claim, block])
def test_only_read_committed_may_write(database: Database, write) -> None:  # type: ignore[no-untyped-def]
    engine = database.engine.execution_options(isolation_level="REPEATABLE READ")
    with Session(engine) as session, pytest.raises(ProgrammingError, match="READ COMMITTED"):
        write(session, 1, 2)


@on_sqlite
def test_replacing_is_no_way_round(database: Database) -> None:
    with database.unit_of_work() as session:
        claim(session, 1, 9)
        claim(session, 9, 10)
    for verb in ("INSERT OR REPLACE", "INSERT OR IGNORE"):
        with pytest.raises(IntegrityError, match="slot_taken"):
            run(
                database,
                f"{verb} INTO claims SELECT '{'0' * 32}', unit, starts_at, '{NOW:%Y-%m-%d}T23:00:00.000000Z',"
                " kind, owner_id, 1, 1, NULL, created_at FROM claims LIMIT 1",
            )


@on_sqlite
def test_the_neighbour_and_the_asked_time_are_found_by_the_index(database: Database) -> None:
    neighbour = (
        "SELECT ends_at FROM claims WHERE unit = 'x' AND active AND starts_at < 'x' AND id <> 'x'"
        " ORDER BY starts_at DESC LIMIT 1"
    )
    assert plans_of(database, lambda session: session.execute(text(neighbour))) == [
        "SEARCH claims USING INDEX ix_claims_active (unit=? AND starts_at<?)"
    ]
    asked = plans_of(database, lambda session: find_claims(session, [ROOM, OTHER], at(0), at(1), now=NOW))
    assert "SEARCH claims USING INDEX ix_claims_active (unit=? AND starts_at>? AND starts_at<?)" in asked
    blocked = plans_of(database, lambda session: find_blocks(session, [ROOM], at(0), at(1)))
    assert any("ix_blocks_time (unit=? AND ends_at>?)" in step for step in blocked)
