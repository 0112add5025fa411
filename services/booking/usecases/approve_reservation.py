"""Staff give the room that was requested."""

from services.booking.db.models import Reservation
from services.booking.domain.reservation import Status
from services.booking.usecases.claim_slot import claim_slot
from services.booking.usecases.confirming import settle_as_confirmed, tell_confirmed
from services.booking.usecases.decide import Decision, end_decision
from services.kernel.errors import Conflict


def approve_reservation(decision: Decision) -> Reservation:
    """Confirm a request; one that competed claims its room now. To approve again changes nothing.

    Raises Conflict (`already_decided`; `in_the_past` once its time is over), SlotTaken or SlotBlocked.
    """
    reservation, now = decision.reservation, decision.now
    if reservation.status == Status.CONFIRMED:
        return reservation
    if not reservation.awaits_staff:
        raise Conflict(
            "already_decided", "This does not wait for a decision.", reservation_status=reservation.status
        )
    if reservation.ends_at <= now:
        raise Conflict("in_the_past", "Its time is over: there is no room left to give.")
    before = reservation.status
    settle_as_confirmed(reservation, now=now)
    if not reservation.rules.claims_while_requested:
        claim_slot(decision.session, reservation, now=now)
    tell_confirmed(
        decision.session, reservation, centre=decision.centre, links=decision.visitor.links, now=now
    )
    return end_decision(decision, "reservation.approve", before=before)
