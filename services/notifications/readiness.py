"""What must be well for the service to be ready, and what is measured of it."""

import time

from services.kernel.clock import Clock
from services.kernel.database import Database
from services.kernel.health import Check, Fault
from services.kernel.metrics import Gauges
from services.notifications.clients.sender import Sender
from services.notifications.db.migrating import migrations_of
from services.notifications.db.queries import count_by_state, oldest_open
from services.notifications.domain.states import State

MAIL_CHECK_SECONDS = 30.0


def checks_of(database: Database, sender: Sender) -> tuple[Check, ...]:
    """The store is needed; without the way out for mail, messages wait."""
    return (
        Check("database", database.ping, "Start the database, or correct NOTIFICATIONS_DATABASE_URL."),
        Check(
            "migrations", migrations_of(database).check, "Run python -m services.notifications.cli migrate."
        ),
        Check("mail", _MailCheck(sender), "See to SMTP_URL or CAMP_MAIL_DIR; messages wait.", needed=False),
    )


def gauges_of(database: Database, clock: Clock) -> Gauges:
    """The deliveries in each state, and for how long the oldest open one has waited, in seconds."""

    def read() -> dict[str, float]:
        with database.reading() as session:
            counted, oldest = count_by_state(session), oldest_open(session)
        measured = {f"camp_deliveries_{state}": float(counted.get(state, 0)) for state in State}
        waited = (clock() - oldest).total_seconds() if oldest is not None else 0.0
        return measured | {"camp_deliveries_oldest_open_seconds": max(0.0, waited)}

    return read


class _MailCheck:
    """Mail can go out; asked at most every half minute, so that nobody's server is pestered."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._fault: str | None = None
        self._asked_at: float | None = None

    def __call__(self) -> None:
        """Raise Fault when it cannot."""
        now = time.monotonic()
        if self._asked_at is None or now - self._asked_at >= MAIL_CHECK_SECONDS:
            self._asked_at, self._fault = now, self._sender.fault()
        if self._fault is not None:
            raise Fault(self._fault)
