"""Why a slot cannot be had, and what else could: worked out after the refusal, outside of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.booking.db.models import Room
from services.booking.db.queries import find_rooms
from services.booking.domain.alternatives import Alternative, Candidate, propose, window
from services.booking.domain.hours import OpeningHours
from services.booking.domain.policy import Policy
from services.booking.domain.reservation import with_buffers
from services.booking.usecases.occupancy import Occupancy, find_occupancy
from services.booking.usecases.plan_reservation import Plan, seating_of

Offer = tuple[Room, Alternative]


def find_clashes(session: Session, plan: Plan, *, now: datetime) -> list[Occupancy]:
    """What stands in the way of a plan, with buffers on both sides."""
    if plan.slot is None:
        return []
    return find_occupancy(session, [plan.room.id], with_buffers(plan.slot, plan.policy), now=now)


def find_alternatives(session: Session, plan: Plan, *, now: datetime) -> list[Offer]:
    """Slots like the one asked for, none of which would itself be refused."""
    around = window(plan.request, plan.zone)
    if around is None:
        return []
    rooms = {room.id: room for room in find_rooms(session)}
    kept = find_occupancy(session, list(rooms), around, now=now)
    candidates = [
        Candidate(
            room_id=room.id,
            seating=seating_of(room),
            policy=Policy.from_dict(room.policy),
            opening=OpeningHours.from_dict(room.hours),
            busy=[each.interval for each in kept if each.room_id == room.id],
        )
        for room in rooms.values()
    ]
    found = propose(plan.request, plan.room.id, candidates, now, plan.zone)
    return [(rooms[alternative.room_id], alternative) for alternative in found]
