"""The rules of a reservation, one function each; None means that the rule is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.booking.domain.broken_rule import BrokenRule
from services.booking.domain.hours import OpeningHours
from services.booking.domain.interval import Interval
from services.booking.domain.lead_time import earliest_start, latest_date
from services.booking.domain.policy import Policy
from services.booking.domain.public_holidays import PublicHolidays
from services.booking.domain.room import Seating
from services.booking.domain.slot import SlotRequest
from services.booking.domain.wall_clock import MINUTE, local_date


def check_order(request: SlotRequest) -> BrokenRule | None:
    """The end comes after the start."""
    if request.start is not None and request.end is not None and request.end <= request.start:
        return BrokenRule("end_before_start", "The end must be after the start.")
    return None


def check_whole_day_offered(request: SlotRequest, policy: Policy) -> BrokenRule | None:
    """Whole days are given only where the policy says so."""
    if request.whole_day and not policy.whole_day:
        return BrokenRule("whole_day_not_offered", "This room is not given for a whole day.")
    return None


def check_layout(request: SlotRequest, seating: Seating) -> BrokenRule | None:
    """The layout asked for is one of the room's."""
    if request.layout is None or request.layout in seating.layouts:
        return None
    return BrokenRule(
        "layout_unknown",
        "This room has no layout “%(layout)s”.",
        {"layout": request.layout, "layouts": list(seating.layouts)},
    )


def check_capacity(request: SlotRequest, seating: Seating) -> BrokenRule | None:
    """The people fit into the layout, or into the room where no known layout is named."""
    capacity = seating.layouts.get(request.layout or "", seating.capacity)
    if request.participants is None or request.participants <= capacity:
        return None
    return BrokenRule(
        "over_capacity",
        "At most %(capacity)d people fit, not %(participants)d.",
        {"capacity": capacity, "participants": request.participants},
    )


def check_not_past(slot: Interval, now: datetime, zone: ZoneInfo) -> BrokenRule | None:
    """The slot starts now or later."""
    if slot.start >= now:
        return None
    return BrokenRule("in_the_past", "The start is in the past.", {"now": _local(now, zone)})


def check_lead_time(
    slot: Interval, policy: Policy, holidays: PublicHolidays, now: datetime, zone: ZoneInfo
) -> BrokenRule | None:
    """The reservation is made long enough ahead; a start in the past is another rule's to tell."""
    earliest = earliest_start(policy.lead_time, holidays, now, zone)
    if not now <= slot.start < earliest:
        return None
    return BrokenRule(
        "lead_time",
        "This room must be reserved further ahead; the first possible start is %(earliest)s.",
        {"earliest": _local(earliest, zone), **policy.lead_time.as_dict()},
    )


def check_horizon(slot: Interval, policy: Policy, now: datetime, zone: ZoneInfo) -> BrokenRule | None:
    """The slot does not start later than the horizon."""
    latest = latest_date(policy.horizon_days, now, zone)
    if local_date(slot.start, zone) <= latest:
        return None
    return BrokenRule(
        "beyond_horizon",
        "Reservations are taken up to %(latest)s only.",
        {"latest": latest.isoformat(), "horizon_days": policy.horizon_days},
    )


def check_start_step(slot: Interval, policy: Policy, zone: ZoneInfo) -> BrokenRule | None:
    """The wall clock shows a multiple of the step since midnight; the end is on a whole minute."""
    start = slot.start.astimezone(zone)
    minutes = start.hour * 60 + start.minute
    whole = not (start.second or start.microsecond or slot.duration % MINUTE)
    if whole and minutes % policy.start_step_minutes == 0:
        return None
    return BrokenRule(
        "start_step",
        "A reservation starts every %(start_step_minutes)d minutes from midnight and lasts whole minutes.",
        {"start_step_minutes": policy.start_step_minutes},
    )


def check_min_length(slot: Interval, policy: Policy) -> BrokenRule | None:
    """The slot is not shorter than the policy's minimum, in elapsed time."""
    if slot.duration >= timedelta(minutes=policy.min_minutes):
        return None
    return BrokenRule(
        "too_short",
        "A reservation lasts at least %(min_minutes)d minutes.",
        {"min_minutes": policy.min_minutes, "minutes": slot.duration // MINUTE},
    )


def check_max_length(slot: Interval, policy: Policy) -> BrokenRule | None:
    """The slot is not longer than the policy's maximum, in elapsed time."""
    if slot.duration <= timedelta(minutes=policy.max_minutes):
        return None
    return BrokenRule(
        "too_long",
        "A reservation lasts at most %(max_minutes)d minutes.",
        {"max_minutes": policy.max_minutes, "minutes": slot.duration // MINUTE},
    )


def check_opening_hours(slot: Interval, opening: OpeningHours, zone: ZoneInfo) -> BrokenRule | None:
    """The slot lies within one stretch of opening hours."""
    first = local_date(slot.start, zone)
    open_ = opening.open_intervals(first, local_date(slot.end, zone), zone)
    if any(interval.covers(slot) for interval in open_):
        return None
    return _outside_hours(first, opening, zone)


def check_day_open(day: date, opening: OpeningHours, zone: ZoneInfo) -> BrokenRule | None:
    """The day has opening hours at all."""
    return None if opening.whole_day(day, zone) else _outside_hours(day, opening, zone)


def _outside_hours(day: date, opening: OpeningHours, zone: ZoneInfo) -> BrokenRule:
    hours = opening.on(day)
    open_ = opening.open_intervals(day, day, zone)
    particulars = {
        "date": day.isoformat(),
        "open": [{"start": _local(span.start, zone), "end": _local(span.end, zone)} for span in open_],
        "because": hours.source,
        "reason": dict(hours.reason),
    }
    message = "This is outside the opening hours of %(date)s." if open_ else "The room is closed on %(date)s."
    return BrokenRule("outside_opening_hours", message, particulars)


def _local(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat()
