"""What the relay and the worker do for the services: outboxes to tell, scans to run, queues to work on."""

from collections.abc import Mapping

from services.booking.events import SUBSCRIPTIONS as BOOKING_SUBSCRIPTIONS
from services.kernel.outbox import Subscription

# Whose outbox, by service name, and who hears of each of its events.
OUTBOXES: Mapping[str, Mapping[str, Subscription | None]] = {"booking": BOOKING_SUBSCRIPTIONS}


def queue_names() -> list[str]:
    """Every queue that some event is put on."""
    heard = [one for events in OUTBOXES.values() for one in events.values() if one is not None]
    return sorted({subscription.queue for subscription in heard})
