"""The clock is handed in: real time by default, or time that a demo or a test has moved."""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

_OFFSET = re.compile(r"[+-]\d+(\.\d+)?")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})")


def real_time() -> datetime:
    """The present moment as an aware UTC datetime."""
    return datetime.now(UTC)


def clock_from(value: str | None) -> Clock:
    """The clock that a setting asks for.

    Nothing: real time. "+3600.5" or "-60": seconds away from real time. An RFC 3339 instant: time
    runs on from that instant as of this call. ValueError when the value is neither.
    """
    if value is None or not value.strip():
        return real_time
    offset = _offset(value.strip())
    try:
        real_time() + offset
    except OverflowError:
        raise ValueError(f"{value!r} leads out of the years that can be told") from None
    return lambda: real_time() + offset


def _offset(value: str) -> timedelta:
    if _OFFSET.fullmatch(value):
        seconds = float(value)
        if not math.isfinite(seconds) or abs(seconds) > timedelta.max.total_seconds():
            raise ValueError(f"{value!r} is too far from now")
        return timedelta(seconds=seconds)
    if not _INSTANT.fullmatch(value):
        raise ValueError(
            f"{value!r} is neither an instant such as 2026-03-01T09:00:00+01:00 nor an offset such as +3600"
        )
    return datetime.fromisoformat(value.upper()) - real_time()
