"""Close a delivery: no attempt follows."""

from services.notifications.db.models import Delivery
from services.notifications.domain.states import State
from services.notifications.domain.texts import one_line, shorten

MAX_ERROR = 1_000


def close_delivery(delivery: Delivery, state: State, *, why: str | None = None) -> None:
    """Leave the delivery in `state` for good; `why` is written down, without it the last error stays."""
    delivery.state = state
    delivery.next_attempt_at = delivery.claimed_until = None
    if why is not None:
        delivery.last_error = storable(why)


def storable(reason: str) -> str:
    """What others said, as one line that every store takes."""
    return shorten(one_line(reason), MAX_ERROR)
