"""Loading the centre file when it is new or has changed, and the demo's accounts where it is a demo."""

from collections.abc import Mapping
from pathlib import Path

from deploy.embedded.composition import BOOKING, GATEWAY
from deploy.embedded.faults import Fault
from deploy.embedded.folders import Folders
from deploy.embedded.setup.report import tell
from deploy.embedded.setup.stamps import Stamp, fingerprint
from gateway.identity.demo import ACCOUNTS, PASSWORD, seed_demo
from services.booking.centre_file import read_booking
from services.booking.db.models import CentreRow
from services.booking.usecases.load_centre import load_centre as store_centre
from services.kernel.centre import Centre, CentreFileError, load_centre_file
from services.kernel.clock import clock_from
from services.kernel.database import Database


def load_centre(environ: Mapping[str, str], folders: Folders) -> None:
    """Read the centre file, store it if it is new or changed, seed a demo; tells what changed.

    Raises Fault.
    """
    path = Path(environ["CAMP_CENTRE"])
    if not path.is_file():
        raise Fault(f"CAMP_CENTRE: there is no file {path}; name a centre file, as in deploy/centres")
    try:
        centre = load_centre_file(path)
        _store(centre, path, environ[BOOKING.database_setting], Stamp(folders.data / "centre.stamp"))
    except CentreFileError as error:
        raise Fault(*error.lines()) from error
    if centre.demo:
        _seed(environ, Stamp(folders.data / "demo.stamp"))


def _store(centre: Centre, path: Path, url: str, stamp: Stamp) -> None:
    definition = read_booking(centre)
    wanted = fingerprint([path], url)
    database = Database(url)
    try:
        with database.reading() as session:
            is_stored = session.get(CentreRow, 1) is not None
        if is_stored and stamp.matches(wanted):
            return
        changes = database.write(lambda session: store_centre(session, centre, definition))
    finally:
        database.dispose()
    stamp.write(wanted)
    tell("step", f"Loaded {path.name}: {'; '.join(changes.lines())}")


def _seed(environ: Mapping[str, str], stamp: Stamp) -> None:
    """Make the demo accounts once for each database: one that was removed later stays away."""
    url = environ[GATEWAY.database_setting]
    wanted = fingerprint([], url)
    if not stamp.matches(wanted):
        database = Database(url)
        try:
            seed_demo(database, now=clock_from(environ.get("CAMP_CLOCK"))())
        finally:
            database.dispose()
        stamp.write(wanted)
    emails = ", ".join(email for email, _, _ in ACCOUNTS)
    tell("demo", f"{emails} (password {PASSWORD})")
