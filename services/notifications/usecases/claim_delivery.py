"""Claim a delivery for one attempt, so that no other worker sends it meanwhile."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications.db.models import Delivery
from services.notifications.domain.backoff import SCHEDULE
from services.notifications.domain.states import OPEN, State
from services.notifications.usecases.close_delivery import close_delivery


def claim_delivery(
    session: Session, delivery_id: UUID, *, now: datetime, lease: timedelta
) -> Delivery | None:
    """The delivery, claimed for `lease`; None when it is not due, is claimed already or no longer to be sent.

    A worker that dies leaves its claim to lapse: the attempt is then taken up again.
    """
    delivery = session.get(Delivery, delivery_id, with_for_update=True)
    if delivery is None or not _is_due(delivery, now):
        return None
    if delivery.not_after is not None and delivery.not_after <= now:
        close_delivery(delivery, State.WITHDRAWN, why="it would have come too late to be of use")
        return None
    if delivery.tries > len(SCHEDULE):
        why = f"given up: {delivery.attempts} attempts, of the last no end is known"
        close_delivery(delivery, State.FAILED, why=why)
        return None
    delivery.attempts += 1
    delivery.tries += 1
    delivery.claimed_until = now + lease
    return delivery


def _is_due(delivery: Delivery, now: datetime) -> bool:
    due = delivery.state in OPEN and delivery.next_attempt_at is not None and delivery.next_attempt_at <= now
    return due and (delivery.claimed_until is None or delivery.claimed_until <= now)
