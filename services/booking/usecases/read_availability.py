"""What of a room is open, free and busy on each day of a span."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from services.booking.db.models import Room
from services.booking.domain.availability import Day, days, keep_clear
from services.booking.domain.hours import OpeningHours
from services.booking.domain.policy import Policy
from services.booking.domain.wall_clock import span_of_days
from services.booking.usecases.occupancy import find_occupancy

_DAY = timedelta(days=1)


def read_availability(
    session: Session, room: Room, first: date, last: date, *, zone: ZoneInfo, now: datetime
) -> list[Day]:
    """The days from `first` to `last`, both included; two queries, however many days."""
    policy, opening = Policy.from_dict(room.policy), OpeningHours.from_dict(room.hours)
    before, after = first - _DAY, last + _DAY  # a night that is open counts whole on both its days
    span = span_of_days(before, after, zone)
    kept = [] if span is None else find_occupancy(session, [room.id], span, now=now)
    busy = keep_clear(
        [each.interval for each in kept], policy.buffer_before_minutes, policy.buffer_after_minutes
    )
    open_ = opening.open_intervals(before, after, zone)
    return days(open_, busy, first, last, zone, policy.min_minutes)
