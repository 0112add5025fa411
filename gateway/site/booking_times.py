"""Wall-clock times of the booking form, and the instants that they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
FIRST_HOUR, LAST_HOUR = 6, 23


class NoSuchTime(ValueError):
    """The clocks skip this time on that day."""


def read_clock(text: str | None) -> int | None:
    """Minutes since midnight of HH:MM; 24:00 is the midnight that ends the day. None for anything else."""
    if not text or not _CLOCK.fullmatch(text):
        return None
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def write_clock(minutes: int) -> str:
    """HH:MM of minutes since midnight."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def instant_on(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The instant at which the wall clock shows that time on `day`; the first where it does so twice."""
    naive = datetime.combine(day, time.min) + timedelta(minutes=minutes)
    instant = naive.replace(tzinfo=zone)
    if instant.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise NoSuchTime
    return instant


def clock_choices(step: int, opened: range, kept: str | None) -> list[str]:
    """The times to choose from, every `step` minutes of `opened`, and the one that is chosen already."""
    choices = {
        write_clock(minutes)
        for minutes in range(0, 24 * 60 + 1, step)
        if opened.start <= minutes <= opened.stop
    }
    if read_clock(kept) is not None:
        choices.add(str(kept))
    return sorted(choices)


def hours_of(availability: Mapping[str, Any]) -> range:
    """From the earliest opening to the latest closing of the days, in minutes since midnight."""
    opens = [read_clock(span["start"][11:16]) or 0 for day in availability["days"] for span in day["open"]]
    ends = [
        24 * 60 if span["end"][:10] > day["date"] else read_clock(span["end"][11:16]) or 0
        for day in availability["days"]
        for span in day["open"]
    ]
    if not opens:
        return range(FIRST_HOUR * 60, LAST_HOUR * 60)
    return range(min(opens), max(ends))
