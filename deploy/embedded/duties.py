"""What the relay and the worker do for the services: outboxes to tell, scans to run, queues to work on."""

from dataclasses import dataclass

from deploy.embedded.rounds import Round
from services.booking.events import SUBSCRIPTIONS as BOOKING_SUBSCRIPTIONS
from services.booking.jobs.scans import ScanParts, due_work, prune
from services.booking.settings import settings_from_environment as booking_settings
from services.booking.usecases.links import Links
from services.kernel.database import Database
from services.kernel.outbox import Relay
from services.kernel.queue import Queues
from services.notifications.jobs.scans import attempt_due
from services.notifications.runtime import build_parts
from services.notifications.settings import settings_from_environment as notifications_settings

RELAY_SECONDS = 0.5
SCAN_SECONDS = 10.0
PRUNE_SECONDS = 600.0
BATCH = 100
EVENTS = (BOOKING_SUBSCRIPTIONS,)  # of every service that records events


@dataclass(frozen=True)
class Duties:
    """The rounds of the relay; `close` what they hold once they have ended."""

    rounds: list[Round]
    databases: list[Database]
    queues: Queues

    def close(self) -> None:
        """Close every connection."""
        self.queues.close()
        for database in self.databases:
            database.dispose()


def queue_names() -> list[str]:
    """Every queue that some event is put on."""
    heard = [one for events in EVENTS for one in events.values() if one is not None]
    return sorted({subscription.queue for subscription in heard})


def relay_duties() -> Duties:
    """What there is to relay and to scan, from the settings. Raises SettingsError, CentreFileError."""
    booking = booking_settings()
    notifications = build_parts(notifications_settings())
    queues = Queues(booking.redis_url)
    database = Database(booking.database_url)
    scans = ScanParts(database, booking.clock, Links(booking.link_secret, booking.public_url))
    relay = Relay(database, queues, BOOKING_SUBSCRIPTIONS, booking.clock)
    rounds = [
        Round("booking outbox", RELAY_SECONDS, lambda: _empty(relay)),
        Round("booking scans", SCAN_SECONDS, lambda: due_work(scans)),
        Round("booking pruning", PRUNE_SECONDS, lambda: prune(scans)),
        Round("notifications scans", SCAN_SECONDS, lambda: attempt_due(notifications)),
    ]
    return Duties(rounds, [database, notifications.database], queues)


def _empty(relay: Relay) -> None:
    """Go on at once while whole batches are due."""
    while relay.run_once(BATCH) >= BATCH:
        pass
