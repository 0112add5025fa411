"""Staff refuse a request, with the reason that its owner is told."""

from services.booking.db.models import Reservation
from services.booking.domain.reservation import Status
from services.booking.usecases.decide import Decision, end_decision
from services.booking.usecases.tell import tell_person
from services.kernel.claims import release_claims
from services.kernel.errors import Conflict


def decline_reservation(decision: Decision, *, reason: str) -> Reservation:
    """Give the hours back and tell its contact why; to decline again changes nothing.

    Raises Conflict (`already_decided`).
    """
    reservation, now = decision.reservation, decision.now
    if reservation.status == Status.DECLINED:
        return reservation
    if not reservation.awaits_staff:
        raise Conflict(
            "already_decided", "This does not wait for a decision.", reservation_status=reservation.status
        )
    before = reservation.status
    reservation.status, reservation.awaiting = Status.DECLINED, None
    reservation.decision_reason = reason
    release_claims(decision.session, reservation.id)
    tell_person(
        decision.session,
        reservation,
        "reservation_declined",
        centre=decision.centre,
        links=decision.visitor.links,
        now=now,
        reason=reason,
    )
    return end_decision(decision, "reservation.decline", before=before, why=reason)
