"""A reminder before the start, once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.booking.db.queries import get_centre, lock_reservation
from services.booking.domain.reservation import Status
from services.booking.usecases.links import Links
from services.booking.usecases.tell import tell_person


def remind(session: Session, reservation_id: UUID, *, links: Links, now: datetime) -> bool:
    """Request the reminder if it is still due; whether it was. A start that has passed needs none."""
    reservation = lock_reservation(session, reservation_id)
    due = reservation.remind_at
    if reservation.status != Status.CONFIRMED or due is None or due > now:
        return False
    reservation.remind_at = None
    if reservation.starts_at <= now:
        return False
    tell_person(
        session,
        reservation,
        "reservation_reminder",
        centre=get_centre(session),
        links=links,
        now=now,
        not_after=reservation.starts_at,
    )
    return True
