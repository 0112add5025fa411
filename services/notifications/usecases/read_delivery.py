"""Read what a delivery says: personal data, so that it is noted who did."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.kernel.audit import note
from services.kernel.caller import Caller
from services.notifications.db.models import Delivery
from services.notifications.db.queries import get_delivery


def read_delivery(session: Session, delivery_id: UUID, *, caller: Caller, now: datetime) -> Delivery:
    """The delivery with its message; NotFound when there is none."""
    delivery = get_delivery(session, delivery_id)
    note(session, caller=caller, action="delivery.read", entity="delivery", entity_id=delivery.id, now=now)
    return delivery
