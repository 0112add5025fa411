"""Bringing every service's database to the newest migration."""

from collections.abc import Iterator, Mapping

from deploy.embedded.composition import ALL_SERVICES, Service
from deploy.embedded.faults import Fault
from deploy.embedded.settings import CHECKOUT
from services.kernel.database import Database
from services.kernel.errors import Problem
from services.kernel.migrations import Migrations


def migrations_of(service: Service, database: Database) -> Migrations:
    """The migrations of a service."""
    folder = CHECKOUT.joinpath(*service.package.split(".")) / "db" / "migrations"
    return Migrations(folder, database)


def migrate_all(environ: Mapping[str, str]) -> Iterator[str]:
    """Migrate each database that is behind, yielding a line for each. Raises Fault."""
    for service in ALL_SERVICES:
        database = Database(environ[service.database_setting])
        try:
            migrations = migrations_of(service, database)
            if migrations.is_newer():
                raise Fault(_newer(service, migrations.current()))
            if not migrations.is_at_head():
                migrations.upgrade()
                yield f"Migrated the database of {service.name}"
        except Problem as problem:
            raise Fault(
                f"The database of {service.name} cannot be used ({problem.detail}); "
                f"look at {service.database_setting}"
            ) from problem
        finally:
            database.dispose()


def _newer(service: Service, revision: str | None) -> str:
    return (
        f"The database of {service.name} was migrated by a newer version of the suite (revision {revision}); "
        "update the checkout, or go back to a backup of the database"
    )
