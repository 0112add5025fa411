"""Reading and checking all that a reservation needs, before anybody waits for a turn to write."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from services.booking.db.models import CentreRow, Room
from services.booking.db.queries import get_centre, get_room
from services.booking.domain.broken_rule import BrokenRule
from services.booking.domain.check_slot import check_slot
from services.booking.domain.hours import OpeningHours
from services.booking.domain.interval import Interval
from services.booking.domain.policy import Policy
from services.booking.domain.room import Seating
from services.booking.domain.slot import SlotRequest, find_slot
from services.booking.usecases.access import require_membership
from services.kernel.caller import Caller
from services.kernel.errors import Forbidden, Invalid, RulesBroken

HARD_RULES = frozenset({"end_before_start", "layout_unknown"})  # no reason makes these right


@dataclass(frozen=True)
class Plan:
    """A reservation that may be tried: `wish` is the body of the request."""

    centre: CentreRow
    zone: ZoneInfo
    room: Room
    policy: Policy
    request: SlotRequest
    slot: Interval | None
    broken: tuple[BrokenRule, ...]
    wish: dict[str, Any]

    @property
    def certain_slot(self) -> Interval:
        """The slot of a plan that was allowed."""
        if self.slot is None:
            raise RulesBroken(rules=[rule.as_dict() for rule in self.broken])
        return self.slot


def plan_reservation(session: Session, wish: dict[str, Any], *, caller: Caller, now: datetime) -> Plan:
    """Room, slot and broken rules of a wish. Raises NotFound, Forbidden; rules are only noted."""
    require_membership(caller, wish["organization_id"])
    if wish["override_reason"] and not caller.is_staff:
        raise Forbidden("override_not_allowed", "Only staff may set rules aside.")
    if wish["for_subject"] and not caller.is_staff:
        raise Forbidden("for_subject_not_allowed", "Only staff may book for another account.")
    centre = get_centre(session)
    zone = ZoneInfo(centre.time_zone)
    room = get_room(session, wish["room_id"])
    policy, opening = Policy.from_dict(room.policy), OpeningHours.from_dict(room.hours)
    request = SlotRequest(
        start=wish["start"],
        end=wish["end"],
        day=wish["date"],
        participants=wish["participants"],
        layout=wish["layout"],
    )
    return Plan(
        centre=centre,
        zone=zone,
        room=room,
        policy=policy,
        request=request,
        slot=find_slot(request, opening, zone),
        broken=tuple(check_slot(request, seating_of(room), policy, opening, now, zone)),
        wish=wish,
    )


def require_allowed(plan: Plan, *, caller: Caller) -> None:
    """Raise Invalid for a guest without e-mail, RulesBroken for rules that nobody set aside."""
    if caller.is_anonymous and not plan.wish["contact"]["email"]:
        detail = "Without an account an e-mail address is needed: the link to confirm goes there."
        raise Invalid(
            "invalid_body",
            errors=[{"field": "contact.email", "code": "contact_email_required", "detail": detail}],
        )
    overridden = bool(plan.wish["override_reason"])
    broken = [rule for rule in plan.broken if not overridden or rule.code in HARD_RULES or plan.slot is None]
    if broken:
        raise RulesBroken(rules=[rule.as_dict() for rule in broken])


def seating_of(room: Room) -> Seating:
    """How many people fit into a room."""
    return Seating(room.capacity, {layout["slug"]: layout["capacity"] for layout in room.layouts})
