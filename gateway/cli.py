"""The commands of the gateway: python -m gateway.cli migrate|seed-demo|create-admin|set-password."""

import argparse
import getpass
import sys
from collections.abc import Sequence

from gateway.db.queries import find_account_even_closed
from gateway.identity.accounts import change_password, create_account, normal_email
from gateway.identity.demo import seed_demo
from gateway.readiness import migrations_of
from gateway.settings import StoreSettings, store_settings_from_environment
from services.kernel.database import Database
from services.kernel.errors import Invalid, Problem, Unavailable
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


def set_password(database: Database, settings: StoreSettings, given: argparse.Namespace) -> None:
    """Give an account a new password, asked for as above; whoever is logged in with it is logged out."""
    email = normal_email(given.email)
    with database.reading() as session:
        account = find_account_even_closed(session, email)
    if account is None:
        raise CommandError(f"there is no account with the e-mail {email}")
    change_password(database, account.id, settings.admin_password or _ask_password())
    print(f"password changed: {email}")


COMMANDS = {
    "migrate": migrate,
    "seed-demo": seed,
    "create-admin": create_admin,
    "set-password": set_password,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when it did its work, 1 with one line on standard error for each fault."""
    given = _parser().parse_args(arguments)
    try:
        settings = store_settings_from_environment()
        configure_logs("gateway", "CRITICAL")  # one line for whoever typed the command, on standard error
        database = Database(settings.database_url)
        try:
            if given.command != "migrate":
                _refuse_other_revisions(database)
            COMMANDS[given.command](database, settings, given)
        finally:
            database.dispose()
    except (SettingsError, CommandError, Problem) as error:
        print("\n".join(_lines(error)), file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("stopped; nothing was made", file=sys.stderr)
        return 130
    return 0


def _lines(error: Exception) -> list[str]:
    """What is said of an error, a line for each fault."""
    if isinstance(error, Invalid):
        return [f"{fault['field']}: {fault['detail']}" for fault in error.particulars["errors"]]
    if isinstance(error, Unavailable):
        return [f"{error.detail} Start the database, or correct GATEWAY_DATABASE_URL."]
    return [error.detail or error.code if isinstance(error, Problem) else str(error)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m gateway.cli", description=__doc__)
    chosen = parser.add_subparsers(dest="command", required=True)
    chosen.add_parser("migrate", help=migrate.__doc__)
    chosen.add_parser("seed-demo", help=seed.__doc__)
    admin = chosen.add_parser("create-admin", help=create_admin.__doc__)
    admin.add_argument("--email", required=True)
    admin.add_argument("--name", default="Administrator")
    admin.add_argument("--language", choices=LANGUAGES, default="pl")
    password = chosen.add_parser("set-password", help=set_password.__doc__)
    password.add_argument("--email", required=True)
    return parser


def _refuse_other_revisions(database: Database) -> None:
    if not migrations_of(database).is_at_head():
        raise CommandError("the database is not as this code needs it; run python -m gateway.cli migrate")


def _ask_password() -> str:
    if not sys.stdin.isatty():
        raise CommandError("set CAMP_ADMIN_PASSWORD, or run this in a terminal to type the password")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Once more: "):
        raise CommandError("the two passwords differ; nothing was made")
    return first


if __name__ == "__main__":
    sys.exit(main())
