"""Loading a centre file: can be repeated, says what it changed, deletes nothing."""

from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.booking.db.models import CentreRow, Room
from services.booking.domain.policy import Policy
from services.booking.domain.room import BookingDefinition, BuildingDefinition, RoomDefinition
from services.kernel.centre import Centre
from services.kernel.database import serialize
from services.kernel.ids import new_id


@dataclass
class CentreChanges:
    """What loading did; rooms by slug. A withdrawn room keeps its reservations and takes no new ones."""

    centre: str = "unchanged"
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The changes, a line for each kind that there is."""
        kinds = ("added", "changed", "withdrawn", "unchanged")
        rooms = [f"rooms {kind}: {', '.join(getattr(self, kind))}" for kind in kinds if getattr(self, kind)]
        return [f"centre {self.centre}", *rooms]


def load_centre(session: Session, centre: Centre, definition: BookingDefinition) -> CentreChanges:
    """Bring the stored centre and rooms to what the file says."""
    serialize(session, "centre")
    changes = CentreChanges(centre=_load_common(session, centre))
    known = {room.slug: room for room in session.scalars(select(Room))}
    buildings = {building.slug: _building(building) for building in definition.buildings}
    for position, room in enumerate(definition.rooms):
        values = {"position": position, "active": True, **_room(room, buildings[room.building])}
        _load_room(session, known.pop(room.slug, None), room, values, changes)
    for row in known.values():
        if row.active:
            row.active = False
            changes.withdrawn.append(row.slug)
    return changes


def _load_common(session: Session, centre: Centre) -> str:
    values = {
        "slug": centre.slug,
        "name": dict(centre.name),
        "time_zone": centre.time_zone,
        "languages": list(centre.languages),
        "contact": {
            "name": dict(centre.contact.name),
            "email": centre.contact.email,
            "phone": centre.contact.phone,
            "address": centre.contact.address,
            "url": centre.contact.url,
        },
        "demo": centre.demo,
    }
    row = session.get(CentreRow, 1)
    if row is None:
        session.add(CentreRow(id=1, **values))
        return "added"
    return "changed" if _assign(row, values) else "unchanged"


def _load_room(
    session: Session,
    row: Room | None,
    room: RoomDefinition,
    values: dict[str, Any],
    changes: CentreChanges,
) -> None:
    if row is None:
        session.add(Room(id=new_id(), slug=room.slug, policy=room.policy.as_dict(), **values))
        changes.added.append(room.slug)
        return
    policy = Policy.from_dict(row.policy)
    if not policy.same_rules(room.policy):
        policy = replace(room.policy, version=policy.version + 1)
    changed = _assign(row, {**values, "policy": policy.as_dict()})
    (changes.changed if changed else changes.unchanged).append(room.slug)


def _assign(row: Any, values: dict[str, Any]) -> bool:
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _room(room: RoomDefinition, building: dict[str, Any]) -> dict[str, Any]:
    return {
        "capacity": room.capacity,
        "name": dict(room.name),
        "description": dict(room.description),
        "building": building,
        "layouts": [
            {"slug": layout.slug, "name": dict(layout.name), "capacity": layout.capacity}
            for layout in room.layouts
        ],
        "features": [{"slug": each.slug, "name": dict(each.name)} for each in room.features],
        "feature_slugs": "".join(f"|{each.slug}" for each in room.features) + "|",
        "accessibility": [{"slug": each.slug, "name": dict(each.name)} for each in room.accessibility],
        "photos": [{"src": photo.source, "alt": dict(photo.alt)} for photo in room.photos],
        "hours": room.hours.as_dict(),
    }


def _building(building: BuildingDefinition) -> dict[str, Any]:
    return {
        "slug": building.slug,
        "name": dict(building.name),
        "address": building.address,
        "directions": dict(building.directions),
    }
