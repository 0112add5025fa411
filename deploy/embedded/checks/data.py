"""Checks of the data folder: rights, secrets, the centre file, the databases and their guards."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from deploy.embedded.checks.finding import Finding
from deploy.embedded.composition import ALL_SERVICES, Service
from deploy.embedded.folders import Folders
from deploy.embedded.setup.databases import migrations_of
from services.kernel.centre import CentreFileError, load_centre_file
from services.kernel.claims.guards import check_guards
from services.kernel.clock import real_time
from services.kernel.database import Database
from services.kernel.errors import Problem
from services.kernel.outbox import Backlog, backlog
from services.notifications.db.queries import count_by_state
from services.notifications.domain.states import State

OLDEST_EVENT = timedelta(minutes=5)


def check_data(told: Mapping[str, str], folders: Folders) -> Iterator[Finding]:
    """All findings about what this instance keeps; `told` has every setting as a text."""
    yield _rights(folders)
    yield _centre(Path(told["CAMP_CENTRE"]))
    for service in ALL_SERVICES:
        yield from _database(service, told[service.database_setting])


def _rights(folders: Folders) -> Finding:
    loose = [path for path in (folders.secrets, *folders.secrets.iterdir()) if path.stat().st_mode & 0o077]
    if loose:
        names = " ".join(str(path) for path in loose)
        return Finding("data folder", f"others can read {names}", f"chmod go= {names}")
    return Finding("data folder", f"{folders.data} can be written, its secrets are the owner's alone")


def _centre(path: Path) -> Finding:
    try:
        centre = load_centre_file(path)
    except CentreFileError as error:
        return Finding("centre", error.lines()[0], "mend the file, or choose another with CAMP_CENTRE")
    return Finding("centre", f"{centre.slug} from {path}")


def _database(service: Service, url: str) -> Iterator[Finding]:
    subject = f"{service.name} db"
    parsed = make_url(url)
    if parsed.database and parsed.get_backend_name() == "sqlite" and not Path(parsed.database).exists():
        yield Finding(subject, "not made yet; ./camp up makes it")
        return
    database = Database(url)
    try:
        yield from _reachable_database(subject, service, database)
    except Problem as problem:
        yield Finding(subject, problem.detail, f"start the database, or correct {service.database_setting}")
    except SQLAlchemyError as error:
        yield Finding(subject, f"damaged ({error.args[0]})", "restore a backup of the database")
    finally:
        database.dispose()


def _reachable_database(subject: str, service: Service, database: Database) -> Iterator[Finding]:
    migrations = migrations_of(service, database)
    if migrations.is_newer():
        yield Finding(subject, "migrated by newer code", "update the checkout, or restore a backup")
        return
    if not migrations.is_at_head():
        yield Finding(subject, "not migrated", "run ./camp up, which migrates it")
        return
    yield Finding(subject, f"reachable ({database.dialect}), migrated to {migrations.current()}")
    if service.has_claims:
        yield _guards(database)
        yield _outbox(database)
    if service.name == "notifications":
        yield _deliveries(database)


def _guards(database: Database) -> Finding:
    with database.reading() as session:
        faults = check_guards(session.connection())
    if faults:
        return Finding("guards", "; ".join(faults), "restore a backup of the database")
    return Finding("guards", "all stand against double bookings")


def _outbox(database: Database) -> Finding:
    with database.reading() as session:
        waiting: Backlog = backlog(session, now=real_time())
    told = f"{waiting.waiting} events wait, the oldest for {waiting.oldest_seconds:.0f} s"
    if waiting.oldest_seconds > OLDEST_EVENT.total_seconds():
        return Finding("outbox", told, "see whether valkey, relay and worker run: ./camp status")
    return Finding("outbox", told)


def _deliveries(database: Database) -> Finding:
    with database.reading() as session:
        failed = count_by_state(session).get(State.FAILED, 0)
    if failed:
        return Finding("deliveries", f"{failed} failed", "see why at /staff/outbox, and try again there")
    return Finding("deliveries", "none failed")
