"""The outbox: what happened is saved with the change and told afterwards, at least once."""

from .deciding import Subscription
from .recording import record
from .relay import Relay
from .tables import OutboxEvent
from .waiting import Backlog, backlog, prune_done, select_waiting

__all__ = [
    "Backlog",
    "OutboxEvent",
    "Relay",
    "Subscription",
    "backlog",
    "prune_done",
    "record",
    "select_waiting",
]
