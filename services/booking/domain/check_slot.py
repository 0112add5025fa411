"""All rules of a room held against one request."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.booking.domain import rules
from services.booking.domain.broken_rule import BrokenRule
from services.booking.domain.hours import OpeningHours
from services.booking.domain.interval import Interval
from services.booking.domain.policy import Policy
from services.booking.domain.room import Seating
from services.booking.domain.slot import SlotRequest, find_slot


def check_slot(
    request: SlotRequest,
    seating: Seating,
    policy: Policy,
    opening: OpeningHours,
    now: datetime,
    zone: ZoneInfo,
) -> list[BrokenRule]:
    """Every rule that the request breaks; with an empty list it may be reserved if it is free."""
    slot = find_slot(request, opening, zone)
    broken = [
        rules.check_order(request),
        rules.check_whole_day_offered(request, policy),
        rules.check_layout(request, seating),
        rules.check_capacity(request, seating),
    ]
    if request.day is not None:
        broken.append(rules.check_day_open(request.day, opening, zone))
    if slot is not None:
        broken += _check_when(slot, policy, opening, now, zone)
        if not request.whole_day:
            broken += _check_hours(slot, policy, opening, zone)
    return [rule for rule in broken if rule is not None]


def _check_when(
    slot: Interval, policy: Policy, opening: OpeningHours, now: datetime, zone: ZoneInfo
) -> list[BrokenRule | None]:
    """The rules that look from now at the start."""
    return [
        rules.check_not_past(slot, now, zone),
        rules.check_lead_time(slot, policy, opening.holidays, now, zone),
        rules.check_horizon(slot, policy, now, zone),
    ]


def _check_hours(
    slot: Interval, policy: Policy, opening: OpeningHours, zone: ZoneInfo
) -> list[BrokenRule | None]:
    """The rules that a whole day, being what the room offers, does not have to meet."""
    return [
        rules.check_start_step(slot, policy, zone),
        rules.check_min_length(slot, policy),
        rules.check_max_length(slot, policy),
        rules.check_opening_hours(_reach(slot, policy), opening, zone),
    ]


def _reach(slot: Interval, policy: Policy) -> Interval:
    """As much of the slot as could be reserved: nobody needs the opening hours of a slot of seventy years."""
    return Interval(slot.start, min(slot.end, slot.start + timedelta(minutes=policy.max_minutes)))
