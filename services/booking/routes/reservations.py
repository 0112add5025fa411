"""Making, seeing and listing reservations."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response, make_response, request

from services.booking.db.models import Reservation
from services.booking.db.queries import (
    RESERVATION_ORDER,
    get_centre,
    get_reservation,
    get_room,
    select_reservations,
)
from services.booking.routes.shapes import shape_reservation, shape_span
from services.booking.routes.visiting import links, visitor
from services.booking.schemas.reservation_requests import ReservationQuerySchema, ReservationRequestSchema
from services.booking.schemas.reservations import CheckSchema, ReservationPageSchema, ReservationSchema
from services.booking.usecases.access import require_access
from services.booking.usecases.create_reservation import create_reservation
from services.booking.usecases.explain_clash import explain_clash, find_clashes, told
from services.booking.usecases.plan_reservation import Plan, plan_reservation, require_allowed
from services.kernel.errors import SlotBlocked, SlotTaken
from services.kernel.metrics import REFUSALS
from services.kernel.web import (
    Blueprint,
    allowed,
    caller,
    database,
    is_known,
    now,
    page,
    set_etag,
    write_once,
)

blueprint = Blueprint(
    "reservations", __name__, url_prefix="/api/v1/reservations", description="Booking a room."
)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(ReservationRequestSchema)
@blueprint.response(201, ReservationSchema)
@blueprint.problems(401, 403, 404, 409, 422, 503)
@allowed("anonymous", "person")
def create(body: dict[str, Any]) -> Response:
    """Book a room, once for each Idempotency-Key.

    Without an account it waits, held, for the mailed link to be followed. Where the room's rules ask
    for it, it waits for the staff.
    """

    def prepare() -> Plan:
        with database().reading() as session:
            plan = plan_reservation(session, body, caller=caller(), now=now())
            require_allowed(plan, caller=caller())
            if find_clashes(session, plan, now=now()):
                raise _explained(SlotTaken(), plan)
        return plan

    def work(session: Any, plan: Plan) -> tuple[Reservation, ZoneInfo]:
        try:
            made = create_reservation(session, plan, caller=caller(), links=links(), now=now())
        except (SlotTaken, SlotBlocked) as refusal:
            raise _Refused(refusal, plan) from refusal
        session.flush()
        return made, plan.zone

    try:
        return write_once(prepare, work, _dump_made)
    except _Refused as refused:
        raise _explained(refused.problem, refused.plan) from refused


@blueprint.route("/check", methods=["POST"])
@blueprint.arguments(ReservationRequestSchema)
@blueprint.response(200, CheckSchema)
@blueprint.problems(401, 403, 404, 422, 503)
@allowed("anonymous", "person")
def check(body: dict[str, Any]) -> dict[str, Any]:
    """Every clash and broken rule of a reservation, and what else would fit; nothing is stored."""
    with database().reading() as session:
        plan = plan_reservation(session, body, caller=caller(), now=now())
        explanation = explain_clash(session, plan, now=now())
    ok = not explanation.clashes and not plan.broken
    return {
        "ok": ok,
        "slot": plan.slot and shape_span(plan.slot, plan.zone),
        "clashes": [
            {"kind": clash.kind, **shape_span(clash.interval, plan.zone)} for clash in explanation.clashes
        ],
        "rules": [rule.as_dict() for rule in plan.broken],
        "alternatives": []
        if ok
        else [
            {"room_id": room.id, "room": room, **shape_span(alternative.slot, plan.zone)}
            for room, alternative in explanation.alternatives
        ],
    }


@blueprint.route("", methods=["GET"])
@blueprint.arguments(ReservationQuerySchema, location="query")
@blueprint.response(200, ReservationPageSchema)
@blueprint.problems(401, 404, 422, 503)
@allowed("person")
def list_reservations(query: dict[str, Any]) -> dict[str, Any]:
    """A person's own reservations; staff see all, or with mine=true their own."""
    only_own = query["mine"] or not caller().is_staff
    with database().reading() as session:
        zone = ZoneInfo(get_centre(session).time_zone)
        wanted = select_reservations(
            subject=caller().subject if only_own else None,
            room_id=get_room(session, query["room_id"]).id if query["room_id"] else None,
            status=query["status"],
            starts_from=query["starts_from"],
            starts_before=query["starts_before"],
        )
        found = page(
            session,
            wanted,
            by=RESERVATION_ORDER,
            limit=query["limit"],
            cursor=query["cursor"],
            descending=query["order"] == "desc",
        )
    return {"items": [shape_reservation(each, zone, now()) for each in found.items], "next": found.next}


@blueprint.route("/<uuid:reservation_id>", methods=["GET"])
@blueprint.response(200, ReservationSchema)
@blueprint.problems(404, 503)
@allowed("anonymous")
def read(reservation_id: UUID) -> Response:
    """One reservation, for its owner, staff, or whoever sends its key as Reservation-Key."""
    with database().reading() as session:
        zone = ZoneInfo(get_centre(session).time_zone)
        found = get_reservation(session, reservation_id)
    require_access(found, visitor())
    if request.headers.get("If-None-Match") and is_known(found.version):
        return set_etag(make_response("", 304), found.version)
    return answer(found, zone)


def answer(reservation: Reservation, zone: ZoneInfo) -> Response:
    """A reservation with its ETag."""
    body = ReservationSchema().dump(shape_reservation(reservation, zone, now()))
    return set_etag(make_response(body), reservation.version)


class _Refused(Exception):  # noqa: N818 - carries the refusal out of the transaction that it ended
    def __init__(self, problem: SlotTaken | SlotBlocked, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        super().__init__(problem.code)


def _explained(problem: SlotTaken | SlotBlocked, plan: Plan) -> SlotTaken | SlotBlocked:
    """The refusal with what stands in the way and what else would fit."""
    with database().reading() as session:
        explanation = explain_clash(session, plan, now=now())
    if all(clash.kind == "block" for clash in explanation.clashes) and explanation.clashes:
        problem = SlotBlocked()
    REFUSALS.labels("booking", problem.code).inc()
    return type(problem)(problem.code, problem.detail, **told(explanation, plan))


def _dump_made(made: tuple[Reservation, ZoneInfo]) -> Any:
    reservation, zone = made
    return ReservationSchema().dump(shape_reservation(reservation, zone, now()))
