"""Erase what old deliveries tell about people; that they happened stays."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from services.notifications.db.models import Delivery
from services.notifications.db.queries import to_be_erased


def erase_personal_data(session: Session, *, older_than: datetime, now: datetime, limit: int = 500) -> int:
    """Erase addresses and contents of up to `limit` closed deliveries made before `older_than`; how many."""
    chosen = list(session.scalars(to_be_erased(older_than).limit(limit)))
    session.execute(
        update(Delivery)
        .where(Delivery.id.in_(chosen))
        .values(
            recipient_name=None,
            recipient_email=None,
            recipient_phone=None,
            subject=None,
            text=None,
            html=None,
            calendar_method=None,
            calendar=None,
            last_error=None,  # mail servers repeat the address in what they say
            erased_at=now,
        )
    )
    return len(chosen)
