"""The first and the last moment that may be reserved, seen from now."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.booking.domain.interval import in_utc
from services.booking.domain.policy import LeadTime
from services.booking.domain.public_holidays import PublicHolidays
from services.booking.domain.wall_clock import DAY, day_start, local_date


def earliest_start(lead_time: LeadTime, holidays: PublicHolidays, now: datetime, zone: ZoneInfo) -> datetime:
    """The first instant that leaves the lead time.

    Hours are elapsed hours. Working days are counted from today, today included, up to but without the day
    reserved: with two of them, a Friday's request is in time for Tuesday, a Saturday's for Wednesday.
    """
    if not lead_time.working_days:
        return in_utc(now) + timedelta(hours=lead_time.hours)
    return day_start(_day_after_working_days(local_date(now, zone), lead_time.working_days, holidays), zone)


def latest_date(horizon_days: int, now: datetime, zone: ZoneInfo) -> date:
    """The last local date on which a reservation may start."""
    return local_date(now, zone) + timedelta(days=horizon_days)


def _day_after_working_days(day: date, count: int, holidays: PublicHolidays) -> date:
    while count:
        count -= holidays.is_working_day(day)
        day += DAY
    return day
