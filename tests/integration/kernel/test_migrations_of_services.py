"""Every service's migrations have one head, go both ways, make what the models say, and leave the guards."""

import importlib

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from deploy.embedded.composition import ALL_SERVICES, Service
from deploy.embedded.settings import CHECKOUT
from deploy.embedded.setup.databases import migrations_of
from services.kernel.claims import check_guards
from services.kernel.database import Database
from tests.support.schema import differences

every_service = pytest.mark.parametrize("service", ALL_SERVICES, ids=lambda service: service.name)


@pytest.fixture
def database(store: str):  # type: ignore[no-untyped-def]
    """An empty one, without the kernel's tables."""
    opened = Database(store)
    yield opened
    opened.dispose()


def faults(database: Database) -> list[str]:
    with database.reading() as session:
        return check_guards(session.connection())


@every_service
def test_up_down_and_up_again_makes_what_the_models_say(database: Database, service: Service) -> None:
    migrations = migrations_of(service, database)
    migrations.upgrade()
    migrations.downgrade()
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    migrations.upgrade()
    assert migrations.is_at_head()
    models = importlib.import_module(f"{service.package}.db.models")
    assert differences(database, models.Base, models.KERNEL_TABLES) == []
    if service.has_claims:
        assert faults(database) == []


@every_service
def test_there_is_one_head(service: Service) -> None:
    config = Config()
    folder = CHECKOUT.joinpath(*service.package.split(".")) / "db" / "migrations"
    config.set_main_option("script_location", str(folder))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1
