"""The events of booking, and who hears of each."""

from collections.abc import Mapping

from services.kernel.outbox import Subscription

MESSAGE_REQUESTED = "message.requested"
RESERVATION_CHANGED = "reservation.changed"

SUBSCRIPTIONS: Mapping[str, Subscription | None] = {
    MESSAGE_REQUESTED: Subscription(
        "notifications", "services.notifications.jobs.accept_message.accept_message"
    ),
    RESERVATION_CHANGED: None,  # nobody yet
}
