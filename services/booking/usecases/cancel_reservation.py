"""Cancelling a reservation: its hours are free at once."""

from services.booking.db.models import Reservation
from services.booking.domain.reservation import Status, may_move
from services.booking.usecases.decide import Decision, end_decision
from services.booking.usecases.tell import tell_person
from services.kernel.claims import release_claims
from services.kernel.errors import Conflict


def cancel_reservation(decision: Decision, *, reason: str) -> Reservation:
    """Give the hours back and tell its contact; to cancel again changes nothing.

    Raises Conflict (`not_cancellable`) once it is decided otherwise or has ended.
    """
    reservation, now = decision.reservation, decision.now
    if reservation.status == Status.CANCELLED:
        return reservation
    before = Status(reservation.status)
    if not may_move(before, Status.CANCELLED) or reservation.ends_at <= now:
        raise Conflict("not_cancellable", "This reservation is over.", reservation_status=reservation.status)
    reservation.status, reservation.awaiting, reservation.confirm_by = Status.CANCELLED, None, None
    reservation.cancel_reason, reservation.remind_at = reason or None, None
    release_claims(decision.session, reservation.id)
    was_in_calendars = before == Status.CONFIRMED
    if was_in_calendars:
        reservation.sequence += 1
    tell_person(
        decision.session,
        reservation,
        "reservation_cancelled",
        centre=decision.centre,
        links=decision.visitor.links,
        now=now,
        calendar="CANCEL" if was_in_calendars else None,
        reason=reason,
    )
    return end_decision(decision, "reservation.cancel", before=before, why=reason)
