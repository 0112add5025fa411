"""The job that takes a requested message over: stored once, then tried at once."""

from typing import Any

from services.kernel.logs import current_request_id, get_logger
from services.notifications.domain.states import OPEN
from services.notifications.jobs.attempts import attempt_delivery
from services.notifications.runtime import Parts, current_parts
from services.notifications.usecases.accept_delivery import accept_delivery
from services.notifications.usecases.draft_delivery import draft_delivery

log = get_logger(__name__)


def accept_message(payload: Any) -> str:
    """Run by the queue with a `message.requested` payload; gives the delivery's state.

    Once the delivery is stored, further attempts are its own matter and not the queue's.
    """
    return accept(current_parts(), payload)


def accept(parts: Parts, payload: Any) -> str:
    """Store the delivery of the payload unless it is known, and try it if that is due."""
    draft = draft_delivery(
        payload,
        renderer=parts.renderer,
        language=parts.language,
        request_id=current_request_id(),
        now=parts.clock(),
    )
    accepted = parts.database.write(lambda session: accept_delivery(session, draft))
    if accepted is draft:
        log.info("delivery_accepted", delivery_id=str(draft.id), state=draft.state, error=draft.last_error)
    if accepted.state not in OPEN:
        return str(accepted.state)
    attempt = attempt_delivery(parts, accepted.id)
    return str(attempt.state if attempt is not None else accepted.state)
