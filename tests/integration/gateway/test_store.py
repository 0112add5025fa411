"""The gateway's migrations, both ways and on both stores, make just what the models say."""

from gateway.db.models import Base
from gateway.readiness import migrations_of
from services.kernel.database import Database
from tests.support.schema import differences


def test_migrations_make_what_the_models_say(database: Database) -> None:
    migrations = migrations_of(database)
    assert not migrations.is_at_head()
    migrations.upgrade()
    assert migrations.is_at_head()
    assert differences(database, Base, []) == []
    migrations.downgrade()
    assert migrations.current() is None
    migrations.upgrade()
    assert differences(database, Base, []) == []
