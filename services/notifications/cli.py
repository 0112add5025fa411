"""The commands of the service: python -m services.notifications.cli migrate|worker|scan."""

import argparse
import sys
from collections.abc import Sequence

from services.kernel.centre import CentreFileError
from services.kernel.database import Database
from services.kernel.errors import Problem, Unavailable
from services.kernel.logs import configure_logs
from services.kernel.settings import SettingsError
from services.notifications.app import NAME
from services.notifications.db.migrating import migrations_of
from services.notifications.jobs.scans import attempt_due
from services.notifications.jobs.working import work
from services.notifications.runtime import build_parts
from services.notifications.settings import settings_from_environment, store_settings_from_environment


class CommandError(Exception):
    """A command could not do its work; the text is what its user is told."""


def migrate() -> None:
    """Bring the database to the newest revision."""
    settings = store_settings_from_environment()
    configure_logs(NAME, settings.log_level)
    database = Database(settings.database_url)
    try:
        migrations = migrations_of(database)
        if migrations.is_newer():
            raise CommandError(
                "the database was migrated by newer code; start that version, or restore a backup"
            )
        migrations.upgrade()
    finally:
        database.dispose()


def worker() -> None:
    """Work on the queue until told to stop."""
    settings = settings_from_environment()
    configure_logs(NAME, settings.log_level)
    parts = build_parts(settings)
    _require_migrated(parts.database)
    work(parts, settings.redis_url)


def scan() -> None:
    """Attempt once what is due, and erase what has grown old."""
    settings = settings_from_environment()
    configure_logs(NAME, settings.log_level)
    parts = build_parts(settings)
    try:
        _require_migrated(parts.database)
        print(f"attempts: {attempt_due(parts)}")
    finally:
        parts.database.dispose()


COMMANDS = {"migrate": migrate, "worker": worker, "scan": scan}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when it did its work, 1 with one line on standard error for each fault."""
    parser = argparse.ArgumentParser(prog="python -m services.notifications.cli", description=__doc__)
    chosen = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        chosen.add_parser(name, help=command.__doc__)
    try:
        COMMANDS[parser.parse_args(arguments).command]()
    except (SettingsError, CentreFileError, CommandError, Problem) as error:
        print(_said(error), file=sys.stderr)
        return 1
    return 0


def _require_migrated(database: Database) -> None:
    if not migrations_of(database).is_at_head():
        raise CommandError("the database is not migrated; run python -m services.notifications.cli migrate")


def _said(error: Exception) -> str:
    if isinstance(error, Unavailable):
        return f"{error.detail} Start it, or correct NOTIFICATIONS_DATABASE_URL."
    return (error.detail or error.code) if isinstance(error, Problem) else str(error)


if __name__ == "__main__":
    sys.exit(main())
