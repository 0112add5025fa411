"""What someone asks for, and the interval that it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.booking.domain.hours import OpeningHours
from services.booking.domain.interval import Interval, in_utc


@dataclass(frozen=True, slots=True)
class SlotRequest:
    """A wish: from `start` to `end`, aware and kept in UTC, or the whole of `day`.

    It may break any rule; its end may even come before its start.
    """

    start: datetime | None = None
    end: datetime | None = None
    day: date | None = None
    participants: int | None = None
    layout: str | None = None

    def __post_init__(self) -> None:
        given = (self.start is not None, self.end is not None, self.day is not None)
        if given not in ((True, True, False), (False, False, True)):
            raise ValueError("a slot has a start and an end, or a day")
        if self.start is not None and self.end is not None:
            object.__setattr__(self, "start", in_utc(self.start))
            object.__setattr__(self, "end", in_utc(self.end))

    @property
    def whole_day(self) -> bool:
        """Whether a whole day is asked for."""
        return self.day is not None


def find_slot(request: SlotRequest, opening: OpeningHours, zone: ZoneInfo) -> Interval | None:
    """The time that the request would take, without buffers.

    None when it ends before it starts, or asks for the whole of a day that is closed.
    """
    if request.day is not None:
        return opening.whole_day(request.day, zone)
    if request.start is None or request.end is None or request.start >= request.end:
        return None
    return Interval(request.start, request.end)
