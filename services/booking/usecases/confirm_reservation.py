"""A guest confirms by the mailed link what was booked without an account."""

from services.booking.db.models import Reservation
from services.booking.domain.reservation import Awaiting, Status
from services.booking.usecases.confirming import settle_as_confirmed, tell_confirmed
from services.booking.usecases.decide import Decision, end_decision
from services.booking.usecases.tell import tell_person
from services.kernel.claims import confirm_claims
from services.kernel.errors import Conflict, Gone


def confirm_reservation(decision: Decision) -> Reservation:
    """Make the hold last; where the rules ask for it, staff decide next. To confirm again changes nothing.

    Raises Gone (`hold_expired`) when the time to confirm has passed, Conflict when it is over.
    """
    reservation, now = decision.reservation, decision.now
    if reservation.status in (Status.CONFIRMED, Status.CHECKED_IN) or reservation.awaits_staff:
        return reservation
    if reservation.status == Status.EXPIRED:
        raise _expired()
    if not reservation.awaits_email:
        raise Conflict("not_confirmable", "This reservation is over.", reservation_status=reservation.status)
    if reservation.confirm_by is None or reservation.confirm_by <= now:
        raise _expired()
    before = reservation.status
    if _has_claim(reservation) and not confirm_claims(decision.session, reservation.id, kind="reservation"):
        raise _expired()
    if reservation.rules.approval == "staff":
        reservation.awaiting, reservation.confirm_by = Awaiting.STAFF, None
        tell_person(
            decision.session,
            reservation,
            "reservation_requested",
            centre=decision.centre,
            links=decision.visitor.links,
            now=now,
        )
    else:
        settle_as_confirmed(reservation, now=now)
        tell_confirmed(
            decision.session, reservation, centre=decision.centre, links=decision.visitor.links, now=now
        )
    return end_decision(decision, "reservation.confirm", before=before)


def _has_claim(reservation: Reservation) -> bool:
    rules = reservation.rules
    return rules.approval == "none" or rules.claims_while_requested


def _expired() -> Gone:
    return Gone("hold_expired", "The time to confirm has passed, and the hours were given back.")
