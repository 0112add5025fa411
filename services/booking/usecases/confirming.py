"""What becomes of a reservation once nothing more is awaited."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.booking.db.models import CentreRow, Reservation
from services.booking.domain.reservation import Status
from services.booking.usecases.links import Links
from services.booking.usecases.tell import tell_person


def settle_as_confirmed(reservation: Reservation, *, now: datetime) -> None:
    """It stands: nothing is awaited, and its reminder is due before the start."""
    reservation.status, reservation.awaiting, reservation.confirm_by = Status.CONFIRMED, None, None
    reservation.remind_at = reminder_time(reservation, now=now)


def tell_confirmed(
    session: Session, reservation: Reservation, *, centre: CentreRow, links: Links, now: datetime
) -> None:
    """Tell its contact that it stands, with an entry for the calendar."""
    tell_person(
        session,
        reservation,
        "reservation_confirmed",
        centre=centre,
        links=links,
        now=now,
        calendar="REQUEST",
    )


def reminder_time(reservation: Reservation, *, now: datetime) -> datetime | None:
    """When to remind of it; None where the rules ask for none, or the moment is past already."""
    hours = reservation.rules.reminder_hours_before
    if hours is None:
        return None
    moment = reservation.starts_at - timedelta(hours=hours)
    return moment if moment > now else None
