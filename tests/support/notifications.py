"""A migrated database of the notifications service, for tests of any kind."""

from services.kernel.database import Database
from services.notifications.db.migrating import migrations_of


def migrate(url: str) -> None:
    """Bring an empty database to the newest revision."""
    database = Database(url)
    try:
        migrations_of(database).upgrade()
    finally:
        database.dispose()
