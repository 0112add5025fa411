"""The frame of every decision about a reservation: hold the row, check who comes, note what changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.booking.db.models import CentreRow, Reservation
from services.booking.db.queries import get_centre, lock_reservation
from services.booking.usecases.access import Visitor, require_access
from services.booking.usecases.tell import tell_change
from services.kernel.audit import note

MatchVersion = Callable[[int], None]


@dataclass(frozen=True)
class Decision:
    """One decision in progress: the reservation is held until the transaction ends."""

    session: Session
    reservation: Reservation
    centre: CentreRow
    visitor: Visitor
    now: datetime


def begin_decision(
    session: Session, reservation_id: UUID, *, visitor: Visitor, match: MatchVersion, now: datetime
) -> Decision:
    """Hold the reservation, for those who may see it; `match` holds its version against If-Match."""
    reservation = lock_reservation(session, reservation_id)
    require_access(reservation, visitor)
    match(reservation.version)
    return Decision(session, reservation, get_centre(session), visitor, now)


def end_decision(decision: Decision, action: str, *, before: str, why: str = "") -> Reservation:
    """Note and tell what was decided; the reservation as it now stands."""
    reservation, now = decision.reservation, decision.now
    reservation.updated_at = now
    tell_change(decision.session, reservation, now=now)
    note(
        decision.session,
        caller=decision.visitor.caller,
        action=action,
        entity="reservation",
        entity_id=reservation.id,
        before={"status": before},
        after={"status": reservation.status},
        why=why,
        now=now,
    )
    decision.session.flush()
    return reservation
