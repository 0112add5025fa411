"""Confirming, cancelling, approving and declining a reservation; to repeat one changes nothing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response
from sqlalchemy.orm import Session

from services.booking.db.models import Reservation
from services.booking.db.queries import get_centre, get_reservation
from services.booking.domain.reservation import with_buffers
from services.booking.routes.reservations import answer, blueprint
from services.booking.routes.shapes import shape_clash
from services.booking.routes.visiting import KEY_PARAMETER, VERSION_PARAMETER, visitor
from services.booking.schemas.reservation_requests import NeededReasonSchema, ReasonSchema
from services.booking.schemas.reservations import ClashSchema, ReservationSchema
from services.booking.usecases.access import require_access
from services.booking.usecases.approve_reservation import approve_reservation
from services.booking.usecases.cancel_reservation import cancel_reservation
from services.booking.usecases.confirm_reservation import confirm_reservation
from services.booking.usecases.decide import Decision, begin_decision
from services.booking.usecases.decline_reservation import decline_reservation
from services.booking.usecases.occupancy import find_occupancy
from services.kernel.errors import Conflict, SlotBlocked, SlotTaken
from services.kernel.metrics import REFUSALS
from services.kernel.web import EmptyBodySchema, allowed, database, now, require_match


@blueprint.route("/<uuid:reservation_id>/confirm", methods=["POST"])
@blueprint.arguments(EmptyBodySchema, required=False)
@blueprint.response(200, ReservationSchema)
@blueprint.doc(parameters=[KEY_PARAMETER, VERSION_PARAMETER])
@blueprint.problems(404, 409, 410, 412, 422, 503)
@allowed("anonymous")
def confirm(_body: dict[str, Any], reservation_id: UUID) -> Response:
    """Confirm what was booked without an account, with its key as Reservation-Key."""
    return _decide(reservation_id, confirm_reservation)


@blueprint.route("/<uuid:reservation_id>/cancel", methods=["POST"])
@blueprint.arguments(ReasonSchema, required=False)
@blueprint.response(200, ReservationSchema)
@blueprint.doc(parameters=[KEY_PARAMETER, VERSION_PARAMETER])
@blueprint.problems(404, 409, 412, 422, 503)
@allowed("anonymous")
def cancel(body: dict[str, Any], reservation_id: UUID) -> Response:
    """Cancel, as its owner, staff, or with its key as Reservation-Key; the hours are free at once."""
    return _decide(reservation_id, lambda decision: cancel_reservation(decision, reason=body["reason"]))


@blueprint.route("/<uuid:reservation_id>/approve", methods=["POST"])
@blueprint.arguments(EmptyBodySchema, required=False)
@blueprint.response(200, ReservationSchema)
@blueprint.doc(parameters=[VERSION_PARAMETER])
@blueprint.problems(401, 403, 404, 409, 412, 422, 503)
@allowed("staff")
def approve(_body: dict[str, Any], reservation_id: UUID) -> Response:
    """Give the room that was requested."""
    return _decide(reservation_id, approve_reservation)


@blueprint.route("/<uuid:reservation_id>/decline", methods=["POST"])
@blueprint.arguments(NeededReasonSchema)
@blueprint.response(200, ReservationSchema)
@blueprint.doc(parameters=[VERSION_PARAMETER])
@blueprint.problems(401, 403, 404, 409, 412, 422, 503)
@allowed("staff")
def decline(body: dict[str, Any], reservation_id: UUID) -> Response:
    """Refuse a request, with the reason that its owner is told."""
    return _decide(reservation_id, lambda decision: decline_reservation(decision, reason=body["reason"]))


def _decide(reservation_id: UUID, decide: Callable[[Decision], Reservation]) -> Response:
    with database().reading() as session:  # those who may not see it wait for no turn
        require_access(get_reservation(session, reservation_id), visitor())

    def work(session: Session) -> tuple[Reservation, ZoneInfo]:
        decision = begin_decision(session, reservation_id, visitor=visitor(), match=require_match, now=now())
        return decide(decision), ZoneInfo(decision.centre.time_zone)

    try:
        reservation, zone = database().write(work)
    except (SlotTaken, SlotBlocked) as refusal:
        raise _explained(refusal, reservation_id) from refusal
    return answer(reservation, zone)


def _explained(refusal: Conflict, reservation_id: UUID) -> Conflict:
    """The refusal with what stands in the way of a request that competed for its room."""
    with database().reading() as session:
        zone = ZoneInfo(get_centre(session).time_zone)
        reservation = get_reservation(session, reservation_id)
        kept = with_buffers(reservation.slot, reservation.rules)
        clashes = find_occupancy(session, [reservation.room_id], kept, now=now())
    REFUSALS.labels("booking", refusal.code).inc()
    conflicts = ClashSchema(many=True).dump([shape_clash(clash, zone) for clash in clashes])
    return type(refusal)(refusal.code, refusal.detail, conflicts=conflicts, alternatives=[])
