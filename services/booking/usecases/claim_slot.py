"""Claiming a reservation's room, buffers included."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking.db.models import Reservation
from services.booking.domain.reservation import with_buffers
from services.kernel.claims import NewClaim, add_claims


def claim_slot(session: Session, reservation: Reservation, *, now: datetime) -> None:
    """Claim the room; for a guest who has still to confirm it is a hold. Raises SlotTaken, SlotBlocked."""
    kept = with_buffers(reservation.slot, reservation.rules)
    held_until = reservation.confirm_by if reservation.awaits_email else None
    claim = NewClaim(
        unit=reservation.room_id,
        starts_at=kept.start,
        ends_at=kept.end,
        kind="reservation" if held_until is None else "hold",
        owner_id=reservation.id,
        expires_at=held_until,
    )
    add_claims(session, [claim], now=now)
