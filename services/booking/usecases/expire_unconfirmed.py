"""A reservation that its guest did not confirm in time is over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.booking.db.queries import get_centre, lock_reservation
from services.booking.domain.reservation import Status
from services.booking.usecases.links import Links
from services.booking.usecases.tell import tell_change, tell_person
from services.kernel.audit import note
from services.kernel.claims import release_claims


def expire_unconfirmed(session: Session, reservation_id: UUID, *, links: Links, now: datetime) -> bool:
    """End it if it is still unconfirmed and late; whether it was."""
    reservation = lock_reservation(session, reservation_id)
    if not reservation.awaits_email or reservation.confirm_by is None or reservation.confirm_by > now:
        return False
    reservation.status, reservation.awaiting = Status.EXPIRED, None
    reservation.updated_at = now
    release_claims(session, reservation.id)
    tell_person(session, reservation, "reservation_expired", centre=get_centre(session), links=links, now=now)
    tell_change(session, reservation, now=now)
    note(
        session,
        caller=None,
        action="reservation.expire",
        entity="reservation",
        entity_id=reservation.id,
        before={"status": Status.REQUESTED},
        after={"status": Status.EXPIRED},
        now=now,
    )
    return True
