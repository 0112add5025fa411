"""How soon a room can be booked at the earliest, as far as its public policy tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

SATURDAY = 5


def soonest_start(policy: Mapping[str, Any], now: datetime) -> datetime:
    """The earliest start that the policy may allow, on its step.

    Public holidays, which the policy does not tell, can make it later: booking itself has the last word.
    """
    lead = policy["lead_time"]
    if lead.get("working_days"):
        return _after_working_days(now, lead["working_days"])
    return _next_step(now + timedelta(hours=lead.get("hours", 0)), policy["start_step_minutes"])


def _next_step(instant: datetime, step: int) -> datetime:
    midnight = datetime.combine(instant.date(), time.min, instant.tzinfo)
    minutes = -(-(instant - midnight).total_seconds() // 60)
    return midnight + timedelta(minutes=-(-minutes // step) * step)


def _after_working_days(now: datetime, count: int) -> datetime:
    """The midnight after `count` working days, today included."""
    day, left = now.date(), count
    while left:
        left -= day.weekday() < SATURDAY
        day += timedelta(days=1)
    return datetime.combine(day, time.min, now.tzinfo)
