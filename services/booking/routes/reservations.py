"""Making, seeing and listing reservations."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response, make_response
from sqlalchemy.orm import Session

from services.booking.db.models import Reservation
from services.booking.db.queries import (
    RESERVATION_ORDER,
    get_centre,
    get_reservation,
    get_room,
    select_reservations,
)
from services.booking.domain.wall_clock import day_start
from services.booking.routes.shapes import shape_clash, shape_offer, shape_reservation, shape_span
from services.booking.routes.visiting import KEY_PARAMETER, links, visitor
from services.booking.schemas.reservation_requests import ReservationQuerySchema, ReservationRequestSchema
from services.booking.schemas.reservations import (
    AlternativeSchema,
    CheckSchema,
    ClashSchema,
    ReservationPageSchema,
    ReservationSchema,
)
from services.booking.usecases.access import require_access
from services.booking.usecases.create_reservation import create_reservation
from services.booking.usecases.explain_clash import find_alternatives, find_clashes
from services.booking.usecases.plan_reservation import Plan, plan_reservation, require_allowed
from services.kernel.errors import Conflict, SlotBlocked, SlotTaken
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
@blueprint.idempotent
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
                raise SlotTaken()  # nobody has to wait for a turn to hear this
        return plan

    def work(session: Session, plan: Plan) -> tuple[Reservation, ZoneInfo]:
        made = create_reservation(session, plan, caller=caller(), links=links(), now=now())
        return made, plan.zone

    try:
        response = write_once(prepare, work, _dump_made)
    except (SlotTaken, SlotBlocked) as refusal:
        raise _explained(refusal, body) from refusal
    made = response.get_json()
    response.headers["Location"] = f"{blueprint.url_prefix}/{made['id']}"
    return set_etag(response, made["version"])


@blueprint.route("/check", methods=["POST"])
@blueprint.arguments(ReservationRequestSchema)
@blueprint.response(200, CheckSchema)
@blueprint.problems(401, 403, 404, 422, 503)
@allowed("anonymous", "person")
def check(body: dict[str, Any]) -> dict[str, Any]:
    """Every clash and broken rule of a reservation, and what else would fit; nothing is stored."""
    with database().reading() as session:
        plan = plan_reservation(session, body, caller=caller(), now=now())
        clashes = find_clashes(session, plan, now=now())
        ok = not clashes and not plan.broken
        offers = [] if ok else find_alternatives(session, plan, now=now())
    return {
        "ok": ok,
        "slot": plan.slot and shape_span(plan.slot, plan.zone),
        "clashes": [shape_clash(clash, plan.zone) for clash in clashes],
        "rules": [rule.as_dict() for rule in plan.broken],
        "alternatives": [shape_offer(offer, plan.zone) for offer in offers],
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
        starts_from, starts_before = _span(query, zone)
        wanted = select_reservations(
            subject=caller().subject if only_own else None,
            room_id=get_room(session, query["room_id"]).id if query["room_id"] else None,
            status=query["status"],
            starts_from=starts_from,
            starts_before=starts_before,
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
@blueprint.doc(parameters=[KEY_PARAMETER])
@blueprint.problems(404, 503)
@allowed("anonymous")
def read(reservation_id: UUID) -> Response:
    """One reservation, for its owner, staff, or whoever sends its key as Reservation-Key."""
    with database().reading() as session:
        zone = ZoneInfo(get_centre(session).time_zone)
        found = get_reservation(session, reservation_id)
    require_access(found, visitor())
    if not found.awaits_email and is_known(found.version):  # that one lapses without a new version
        return set_etag(make_response("", 304), found.version)
    return answer(found, zone)


def answer(reservation: Reservation, zone: ZoneInfo) -> Response:
    """A reservation with its ETag."""
    body = ReservationSchema().dump(shape_reservation(reservation, zone, now()))
    return set_etag(make_response(body), reservation.version)


def _span(query: dict[str, Any], zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """From and to as instants; a date means the whole of its day."""
    first, last = query["starts_from"], query["starts_before"]
    if first is not None and not isinstance(first, datetime):
        first = day_start(first, zone)
    if last is not None and not isinstance(last, datetime):
        last = day_start(last + timedelta(days=1), zone)
    return first, last


def _explained(refusal: Conflict, body: dict[str, Any]) -> Conflict:
    """The refusal with what stands in the way and what else would fit, as things stand now."""
    with database().reading() as session:
        plan = plan_reservation(session, body, caller=caller(), now=now())
        clashes = find_clashes(session, plan, now=now())
        offers = find_alternatives(session, plan, now=now())
    if clashes:
        refusal = SlotTaken() if any(clash.kind == "claim" for clash in clashes) else SlotBlocked()
    REFUSALS.labels("booking", refusal.code).inc()
    return type(refusal)(
        refusal.code,
        refusal.detail,
        conflicts=ClashSchema(many=True).dump([shape_clash(clash, plan.zone) for clash in clashes]),
        alternatives=AlternativeSchema(many=True).dump([shape_offer(offer, plan.zone) for offer in offers]),
    )


def _dump_made(made: tuple[Reservation, ZoneInfo]) -> Any:
    reservation, zone = made
    return ReservationSchema().dump(shape_reservation(reservation, zone, now()))
