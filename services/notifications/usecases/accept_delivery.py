"""Accept a delivery once, however often it is asked for."""

from sqlalchemy.orm import Session

from services.kernel.database import serialize
from services.notifications.db.models import Delivery


def accept_delivery(session: Session, draft: Delivery) -> Delivery:
    """Store the draft, or give the delivery that was accepted before under the same id."""
    serialize(session, f"delivery:{draft.id}")  # two workers may have got the same request
    known = session.get(Delivery, draft.id)
    if known is not None:
        return known
    session.add(draft)
    return draft
