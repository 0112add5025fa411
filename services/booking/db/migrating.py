"""The migrations of this service's database."""

from pathlib import Path

from services.kernel.database import Database
from services.kernel.migrations import Migrations

FOLDER = Path(__file__).parent / "migrations"


def migrations_of(database: Database) -> Migrations:
    """The migrations, ready to be applied to the database."""
    return Migrations(FOLDER, database)
