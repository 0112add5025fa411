"""Have a delivery tried again now, at the wish of staff."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.kernel.audit import note
from services.kernel.caller import Caller
from services.kernel.errors import Conflict
from services.notifications.db.models import Delivery
from services.notifications.db.queries import get_delivery
from services.notifications.domain.states import RETRYABLE, State


def retry_delivery(session: Session, delivery_id: UUID, *, caller: Caller, now: datetime) -> Delivery:
    """The delivery, due now, with the whole schedule of retries before it again.

    An attempt under way keeps its claim: the next waits for its end. Raises NotFound, or Conflict when
    there is nothing to try again.
    """
    delivery = get_delivery(session, delivery_id, to_change=True)
    if delivery.state not in RETRYABLE:
        raise Conflict("not_retryable", "Only what failed or waits for a retry can be tried again.")
    if not delivery.has_message:
        raise Conflict("nothing_to_send", "There is no message to send, or nobody to send it to.")
    before = {"state": delivery.state}
    delivery.state = State.RETRYING
    delivery.tries = 0
    delivery.next_attempt_at = now
    after = {"state": delivery.state}
    note(
        session,
        caller=caller,
        action="delivery.retry",
        entity="delivery",
        entity_id=delivery.id,
        now=now,
        before=before,
        after=after,
    )
    return delivery
