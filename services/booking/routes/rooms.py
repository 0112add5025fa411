"""The centre, its rooms, and when they are free: for everybody."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, make_response

from services.booking.db.models import CentreRow, Room
from services.booking.db.queries import ROOM_ORDER, get_centre, get_room, select_rooms
from services.booking.routes.shapes import shape_day
from services.booking.schemas.rooms import (
    AvailabilityQuerySchema,
    AvailabilitySchema,
    CentreSchema,
    RoomPageSchema,
    RoomQuerySchema,
    RoomSchema,
)
from services.booking.usecases.read_availability import read_availability
from services.kernel.web import Blueprint, Page, allowed, database, is_known, now, page, set_etag

blueprint = Blueprint("rooms", __name__, url_prefix="/api/v1", description="Rooms and when they are free.")


@blueprint.route("/centre", methods=["GET"])
@blueprint.response(200, CentreSchema)
@blueprint.problems(503)
@allowed("anonymous")
def read_centre() -> CentreRow:
    """The centre: names, time zone, languages, contact."""
    with database().reading() as session:
        return get_centre(session)


@blueprint.route("/rooms", methods=["GET"])
@blueprint.arguments(RoomQuerySchema, location="query")
@blueprint.response(200, RoomPageSchema)
@blueprint.problems(422, 503)
@allowed("anonymous")
def list_rooms(query: dict[str, Any]) -> Page:
    """The rooms in the centre's order, by the number of people and a feature."""
    wanted = select_rooms(capacity=query["capacity"], feature=query["feature"])
    with database().reading() as session:
        return page(session, wanted, by=ROOM_ORDER, limit=query["limit"], cursor=query["cursor"])


@blueprint.route("/rooms/<room>", methods=["GET"])
@blueprint.response(200, RoomSchema)
@blueprint.problems(404, 503)
@allowed("anonymous")
def read_room(room: str) -> Room | Response:
    """One room, by id or slug."""
    with database().reading() as session:
        found = get_room(session, room)
    if is_known(found.version):
        return set_etag(make_response("", 304), found.version)
    return set_etag(make_response(RoomSchema().dump(found)), found.version)


@blueprint.route("/rooms/<room>/availability", methods=["GET"])
@blueprint.arguments(AvailabilityQuerySchema, location="query")
@blueprint.response(200, AvailabilitySchema)
@blueprint.problems(404, 422, 503)
@allowed("anonymous")
def read_room_availability(query: dict[str, Any], room: str) -> dict[str, Any]:
    """What of a room is open, free and busy on each of up to 92 days; never who is there."""
    with database().reading() as session:
        zone = ZoneInfo(get_centre(session).time_zone)
        found = get_room(session, room)
        days = read_availability(session, found, query["first"], query["last"], zone=zone, now=now())
    return {"room_id": found.id, "time_zone": zone.key, "days": [shape_day(day, zone) for day in days]}
