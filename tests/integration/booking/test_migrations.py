"""The migrations make what the models say, have one head, and go both ways on both stores."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect

from services.booking.db.migrating import FOLDER, migrations_of
from services.booking.db.models import KERNEL_TABLES, Base
from services.kernel.claims import check_guards


@pytest.fixture
def store(store_name, stores):
    with stores.empty(store_name) as url:
        yield url


def expected() -> MetaData:
    metadata = MetaData()
    for table in (*Base.metadata.tables.values(), *(model.__table__ for model in KERNEL_TABLES)):
        table.to_metadata(metadata)
    return metadata


def test_the_migrated_database_is_what_the_models_say(database):
    migrations_of(database).upgrade()
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, expected()) == []


def test_the_guards_and_the_named_checks_stand(database):
    migrations_of(database).upgrade()
    with database.engine.connect() as connection:
        assert check_guards(connection) == []
    checks = {
        check["name"]
        for table in ("centre", "reservations")
        for check in inspect(database.engine).get_check_constraints(table)
    }
    assert {"ck_centre_single", "ck_reservations_order", "ck_reservations_status"} <= checks


def test_up_down_and_up_again(database):
    migrations = migrations_of(database)
    migrations.upgrade()
    migrations.downgrade()
    assert inspect(database.engine).get_table_names() in ([], ["alembic_version"])
    migrations.upgrade()
    assert migrations.is_at_head()
    with database.engine.connect() as connection:
        assert check_guards(connection) == []


def test_there_is_one_head():
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1
