"""Why a slot cannot be had, and what else could: worked out after the refusal, outside of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.booking.db.models import Room
from services.booking.db.queries import find_rooms
from services.booking.domain.alternatives import Alternative, Candidate, propose, window
from services.booking.domain.hours import OpeningHours
from services.booking.domain.policy import Policy
from services.booking.domain.reservation import with_buffers
from services.booking.usecases.occupancy import Occupancy, find_occupancy
from services.booking.usecases.plan_reservation import Plan, seating_of


@dataclass(frozen=True)
class Explanation:
    """What stands in the way, and slots like the one asked for that are free and keep every rule."""

    clashes: Sequence[Occupancy]
    alternatives: Sequence[tuple[Room, Alternative]]


def find_clashes(session: Session, plan: Plan, *, now: datetime) -> list[Occupancy]:
    """What stands in the way of a plan, with buffers on both sides."""
    if plan.slot is None:
        return []
    return find_occupancy(session, [plan.room.id], with_buffers(plan.slot, plan.policy), now=now)


def explain_clash(session: Session, plan: Plan, *, now: datetime) -> Explanation:
    """Clashes and alternatives of a plan; none that would itself be refused."""
    return Explanation(find_clashes(session, plan, now=now), _alternatives(session, plan, now))


def told(explanation: Explanation, plan: Plan) -> dict[str, Any]:
    """The explanation as particulars of a problem."""
    return {
        "conflicts": told_clashes(explanation.clashes, plan),
        "alternatives": [
            {
                "room_id": str(room.id),
                "room": {"slug": room.slug, "name": room.name},
                "start": alternative.slot.start.astimezone(plan.zone).isoformat(),
                "end": alternative.slot.end.astimezone(plan.zone).isoformat(),
            }
            for room, alternative in explanation.alternatives
        ],
    }


def told_clashes(clashes: Sequence[Occupancy], plan: Plan) -> list[dict[str, str]]:
    """When the room is kept, never by whom or why."""
    return [
        {
            "kind": clash.kind,
            "start": clash.interval.start.astimezone(plan.zone).isoformat(),
            "end": clash.interval.end.astimezone(plan.zone).isoformat(),
        }
        for clash in clashes
    ]


def _alternatives(session: Session, plan: Plan, now: datetime) -> list[tuple[Room, Alternative]]:
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
