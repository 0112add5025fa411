"""The migrations make what the models say, have one head, and go both ways on both stores."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect
from sqlalchemy.exc import IntegrityError

from services.kernel.database import Database
from services.kernel.ids import new_id
from services.notifications.db.migrating import FOLDER, migrations_of
from services.notifications.db.models import KERNEL_TABLES, Base, Delivery
from tests.integration.notifications.conftest import NOW


@pytest.fixture
def store(store_name, stores):
    with stores.empty(store_name) as url:
        yield url


def expected() -> MetaData:
    metadata = MetaData()
    for table in (*Base.metadata.tables.values(), *(model.__table__ for model in KERNEL_TABLES)):
        table.to_metadata(metadata)
    return metadata


def test_the_migrated_database_is_what_the_models_say(database: Database):
    migrations_of(database).upgrade()
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, expected()) == []


def test_the_named_checks_stand(database: Database):
    migrations_of(database).upgrade()
    checks = {check["name"] for check in inspect(database.engine).get_check_constraints("deliveries")}
    assert {"ck_deliveries_state", "ck_deliveries_open", "ck_deliveries_addressed"} <= checks


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "waiting", "recipient_email": "a@b.c"},
        {"state": "retrying", "next_attempt_at": NOW},
        {"state": "sent", "next_attempt_at": NOW, "recipient_email": "a@b.c"},
        {"state": "lost"},
    ],
    ids=["open without a time", "open without an address", "closed with a time", "no such state"],
)
def test_a_delivery_that_would_be_lost_or_sent_again_is_refused(database: Database, fields):
    migrations_of(database).upgrade()
    lost = Delivery(id=new_id(), template="x", language="pl", created_at=NOW, **fields)
    with pytest.raises(IntegrityError):
        database.write(lambda session: session.add(lost))


def test_up_down_and_up_again(database: Database):
    migrations = migrations_of(database)
    migrations.upgrade()
    assert migrations.is_at_head()
    migrations.downgrade()
    assert inspect(database.engine).get_table_names() in ([], ["alembic_version"])
    migrations.upgrade()
    assert migrations.is_at_head()


def test_there_is_one_head():
    config = Config()
    config.set_main_option("script_location", str(Path(FOLDER)))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1
