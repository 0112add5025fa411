"""Saving an event in the transaction of the change that it tells of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.kernel.ids import new_id
from services.kernel.logs import current_request_id

from .tables import PENDING, OutboxEvent


def record(session: Session, event_type: str, payload: dict[str, Any], *, now: datetime) -> UUID:
    """Add an event to the caller's transaction; its id. `payload` is what the consumer gets, as JSON."""
    event = OutboxEvent(
        id=new_id(),
        type=event_type,
        payload=payload,
        request_id=current_request_id(),
        created_at=now,
        state=PENDING,
        next_look_at=now,
    )
    session.add(event)
    return event.id
