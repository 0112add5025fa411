"""One attempt to deliver: claim it, hand the letter over, settle it; nothing waits inside a transaction."""

import time
from typing import NamedTuple
from uuid import UUID

from services.kernel.errors import Unavailable
from services.kernel.logs import get_logger
from services.notifications.db.models import Delivery
from services.notifications.domain.outcomes import Outcome, Refused, TryLater
from services.notifications.rendering.write_letter import write_letter
from services.notifications.runtime import Parts
from services.notifications.usecases.claim_delivery import claim_delivery
from services.notifications.usecases.settle_attempt import settle_attempt

log = get_logger(__name__)

# A letter that went out must be written down, or it would go out again: the store gets time to come back.
SETTLE_PAUSES_SECONDS = (0.2, 1.0, 5.0)


class Attempt(NamedTuple):
    """What came of an attempt, and the delivery's state after it."""

    outcome: Outcome
    state: str


def attempt_delivery(parts: Parts, delivery_id: UUID) -> Attempt | None:
    """Make the attempt that is due; None when there is nothing to attempt (not due, closed, or another's)."""
    claimed = parts.database.write(
        lambda session: claim_delivery(session, delivery_id, now=parts.clock(), lease=parts.lease)
    )
    if claimed is None:
        return None
    outcome = _hand_over(parts, claimed)
    state = _settle(parts, claimed, outcome)
    log.info(
        "delivery_attempted",
        delivery_id=str(delivery_id),
        attempt=claimed.attempts,
        state=state,
        # what is said of one letter may name its recipient: that stays in the delivery log
        error=outcome.reason if isinstance(outcome, TryLater) and outcome.everyone else None,
    )
    return Attempt(outcome, state)


def _hand_over(parts: Parts, delivery: Delivery) -> Outcome:
    try:
        letter = write_letter(delivery.message(), sender=parts.mail_from, reply_to=parts.reply_to)
    except ValueError as error:
        return Refused(f"the e-mail cannot be written: {error}")
    return parts.sender.deliver(letter)


def _settle(parts: Parts, claimed: Delivery, outcome: Outcome) -> str:
    for pause in (*SETTLE_PAUSES_SECONDS, None):
        try:
            return parts.database.write(
                lambda session: settle_attempt(
                    session, claimed.id, claimed.attempts, outcome, now=parts.clock(), chance=parts.chance()
                )
            ).state
        except Unavailable:
            if pause is None:
                raise
            time.sleep(pause)
    raise AssertionError("unreachable")
