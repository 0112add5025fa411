"""The commands of the gateway: python -m gateway.cli migrate|seed-demo|create-admin."""

import argparse
import getpass
import sys
from collections.abc import Sequence

from gateway.identity.accounts import create_account
from gateway.identity.demo import seed_demo
from gateway.readiness import migrations_of
from gateway.settings import StoreSettings, store_settings_from_environment
from services.kernel.database import Database
from services.kernel.errors import Invalid, Problem
from services.kernel.languages import LANGUAGES
from services.kernel.logs import configure_logs
from services.kernel.settings import SettingsError


class CommandError(Exception):
    """A command could not do its work; the text is what its user is told."""


def migrate(database: Database, _settings: StoreSettings, _given: argparse.Namespace) -> None:
    """Bring the database to the newest revision."""
    migrations = migrations_of(database)
    if migrations.is_newer():
        raise CommandError("the database was migrated by newer code; start that version, or restore a backup")
    migrations.upgrade()


def seed(database: Database, settings: StoreSettings, _given: argparse.Namespace) -> None:
    """Make the demo accounts that are missing."""
    made = seed_demo(database, now=settings.clock())
    print(f"demo accounts made: {', '.join(made) or 'none'}")


def create_admin(database: Database, settings: StoreSettings, given: argparse.Namespace) -> None:
    """Make an administrator's account; the password is asked for, or taken from CAMP_ADMIN_PASSWORD."""
    account = create_account(
        database,
        email=given.email,
        name=given.name,
        password=settings.admin_password or _ask_password(),
        roles=("admin", "staff"),
        language=given.language,
        now=settings.clock(),
    )
    print(f"administrator made: {account.email}")


COMMANDS = {"migrate": migrate, "seed-demo": seed, "create-admin": create_admin}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when it did its work, 1 with one line on standard error for each fault."""
    given = _parser().parse_args(arguments)
    try:
        settings = store_settings_from_environment()
        configure_logs("gateway", "WARNING")
        database = Database(settings.database_url)
        try:
            COMMANDS[given.command](database, settings, given)
        finally:
            database.dispose()
    except Invalid as invalid:
        lines = [f"{error['field']}: {error['detail']}" for error in invalid.particulars["errors"]]
        print("\n".join(lines) or invalid.detail, file=sys.stderr)
        return 1
    except (SettingsError, CommandError, Problem) as error:
        print((error.detail or error.code) if isinstance(error, Problem) else error, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("stopped; nothing was made", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m gateway.cli", description=__doc__)
    chosen = parser.add_subparsers(dest="command", required=True)
    chosen.add_parser("migrate", help=migrate.__doc__)
    chosen.add_parser("seed-demo", help=seed.__doc__)
    admin = chosen.add_parser("create-admin", help=create_admin.__doc__)
    admin.add_argument("--email", required=True)
    admin.add_argument("--name", default="Administrator")
    admin.add_argument("--language", choices=LANGUAGES, default="pl")
    return parser


def _ask_password() -> str:
    if not sys.stdin.isatty():
        raise CommandError("set CAMP_ADMIN_PASSWORD, or run this in a terminal to type the password")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Once more: "):
        raise CommandError("the two passwords differ; nothing was made")
    return first


if __name__ == "__main__":
    sys.exit(main())
