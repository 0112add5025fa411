"""The commands of the service: python -m services.booking.cli migrate|load-centre|relay|scan."""

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from services.booking.app import NAME
from services.booking.centre_file import read_booking
from services.booking.db.migrating import migrations_of
from services.booking.events import SUBSCRIPTIONS
from services.booking.jobs.scans import ScanParts, due_work, prune
from services.booking.settings import settings_from_environment, store_settings_from_environment
from services.booking.usecases.links import Links
from services.booking.usecases.load_centre import load_centre
from services.kernel.centre import CentreFileError, load_centre_file
from services.kernel.database import Database
from services.kernel.errors import Problem, Unavailable
from services.kernel.logs import configure_logs
from services.kernel.outbox import Relay
from services.kernel.queue import Queues
from services.kernel.settings import SettingsError

RELAY_SECONDS = 0.5


class CommandError(Exception):
    """A command could not do its work; the text is what its user is told."""


def migrate(_given: argparse.Namespace) -> None:
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


def load(given: argparse.Namespace) -> None:
    """Load a centre file and say what it changed."""
    settings = store_settings_from_environment()
    configure_logs(NAME, settings.log_level)
    centre = load_centre_file(given.file)
    definition = read_booking(centre)
    database = Database(settings.database_url)
    try:
        _require_migrated(database)
        changes = database.write(lambda session: load_centre(session, centre, definition))
        print("\n".join(changes.lines()))
    finally:
        database.dispose()


def scan(_given: argparse.Namespace) -> None:
    """Do once what is due: end unconfirmed reservations, remind, forget what has grown old."""
    parts = _scan_parts()
    try:
        _require_migrated(parts.database)
        print(f"done: {due_work(parts)}; forgotten: {prune(parts)}")
    finally:
        parts.database.dispose()


def relay(_given: argparse.Namespace) -> None:
    """Put events on the queue until told to stop."""
    settings = settings_from_environment()
    configure_logs(NAME, settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    database, queues = Database(settings.database_url), Queues(settings.redis_url)
    told = Relay(database, queues, SUBSCRIPTIONS, settings.clock)
    try:
        _require_migrated(database)
        while not stop.is_set():
            if not told.run_once():
                stop.wait(RELAY_SECONDS)
    finally:
        database.dispose()
        queues.close()


def _require_migrated(database: Database) -> None:
    if not migrations_of(database).is_at_head():
        raise CommandError("the database is not migrated; run python -m services.booking.cli migrate")


def _scan_parts() -> ScanParts:
    settings = settings_from_environment()
    configure_logs(NAME, settings.log_level)
    links = Links(settings.link_secret, settings.public_url)
    return ScanParts(Database(settings.database_url), settings.clock, links)


COMMANDS = {"migrate": migrate, "load-centre": load, "relay": relay, "scan": scan}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when it did its work, 1 with one line on standard error for each fault."""
    parser = argparse.ArgumentParser(prog="python -m services.booking.cli", description=__doc__)
    chosen = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        added = chosen.add_parser(name, help=command.__doc__)
        if name == "load-centre":
            added.add_argument("file", type=Path)
    given = parser.parse_args(arguments)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # what a command prints is for its user
    try:
        COMMANDS[given.command](given)
    except CentreFileError as error:
        print("\n".join(error.lines()), file=sys.stderr)
        return 1
    except (SettingsError, CommandError, Problem) as error:
        print(_said(error), file=sys.stderr)
        return 1
    return 0


def _said(error: Exception) -> str:
    if isinstance(error, Unavailable):
        return f"{error.detail} Start it, or correct BOOKING_DATABASE_URL."
    return (error.detail or error.code) if isinstance(error, Problem) else str(error)


if __name__ == "__main__":
    sys.exit(main())
