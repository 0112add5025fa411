"""Settle an attempt: write down what came of it, and when the next one is due."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications.db.models import Delivery
from services.notifications.domain.backoff import pause_after
from services.notifications.domain.outcomes import Kept, Outcome, Refused, Sent, TryLater
from services.notifications.domain.states import OPEN, State
from services.notifications.usecases.close_delivery import close_delivery, storable


def settle_attempt(
    session: Session, delivery_id: UUID, attempt: int, outcome: Outcome, *, now: datetime, chance: float
) -> Delivery:
    """The delivery after the attempt of that number.

    Who sent it is always believed; a refusal counts only for the latest attempt of what is still open.
    """
    delivery = session.get_one(Delivery, delivery_id, with_for_update=True)
    if isinstance(outcome, Sent | Kept):
        close_delivery(delivery, State.SENT if isinstance(outcome, Sent) else State.KEPT)
        delivery.sent_at = now
    elif delivery.attempts == attempt and delivery.state in OPEN:
        _refuse(delivery, outcome, now, chance)
    return delivery


def _refuse(delivery: Delivery, outcome: Refused | TryLater, now: datetime, chance: float) -> None:
    if isinstance(outcome, Refused):
        close_delivery(delivery, State.FAILED, why=outcome.reason)
        return
    pause = pause_after(delivery.tries, chance)
    if pause is None:
        why = f"given up after {delivery.attempts} attempts: {outcome.reason}"
        close_delivery(delivery, State.FAILED, why=why)
        return
    delivery.state = State.RETRYING
    delivery.last_error = storable(outcome.reason)
    delivery.next_attempt_at = now + pause
    delivery.claimed_until = None
