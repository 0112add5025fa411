"""What must be well for the service to be ready, and what is measured of it."""

from services.booking.db.migrating import migrations_of
from services.booking.db.queries import count_lapsed, count_to_remind, get_centre
from services.kernel.claims import check_guards
from services.kernel.clock import Clock
from services.kernel.database import Database
from services.kernel.health import Check, Fault
from services.kernel.metrics import Gauges
from services.kernel.outbox import backlog
from services.kernel.queue import Queues


def checks_of(database: Database, queues: Queues) -> tuple[Check, ...]:
    """The store with its guards and a centre are needed; without the queue people are told later."""
    return (
        Check("database", database.ping, "Start the database, or correct BOOKING_DATABASE_URL."),
        Check("migrations", migrations_of(database).check, "Run python -m services.booking.cli migrate."),
        Check("guards", lambda: _check_guards(database), "Run python -m services.booking.cli migrate."),
        Check(
            "centre", lambda: _check_centre(database), "Run python -m services.booking.cli load-centre FILE."
        ),
        Check(
            "queue", queues.ping, "Start Redis or Valkey, or correct REDIS_URL; messages wait.", needed=False
        ),
    )


def gauges_of(database: Database, clock: Clock) -> Gauges:
    """The events that wait to be told, the age of the oldest in seconds, and what is due to be scanned."""

    def read() -> dict[str, float]:
        with database.reading() as session:
            now = clock()
            standing = backlog(session, now=now)
            unconfirmed, reminders = count_lapsed(session, now=now), count_to_remind(session, now=now)
        return {
            "camp_outbox_waiting": float(standing.waiting),
            "camp_outbox_oldest_seconds": standing.oldest_seconds,
            "camp_reservations_to_expire": float(unconfirmed),
            "camp_reservations_to_remind": float(reminders),
        }

    return read


def _check_guards(database: Database) -> None:
    with database.reading() as session:
        faults = check_guards(session.connection())
    if faults:
        raise Fault("The guards of claims do not stand: " + "; ".join(faults))


def _check_centre(database: Database) -> None:
    with database.reading() as session:
        get_centre(session)
