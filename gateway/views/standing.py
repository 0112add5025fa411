"""Where a room stands on one day, in a form that a sentence is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.views.moments import Span
from gateway.views.week import DayView


@dataclass(frozen=True, slots=True)
class Standing:
    """`code` picks the sentence, `state` the colour; `spans` are what the sentence speaks of.

    Codes: unknown, closed, over, full, too_soon, free_now_until, free_from, free_all_day, free_spans.
    """

    code: str
    state: str
    spans: tuple[Span, ...] = ()

    @property
    def has_room(self) -> bool:
        """Whether something can still be booked on the day."""
        return bool(self.spans)


UNKNOWN = Standing("unknown", "closed")


def standing_today(day: DayView, now: datetime) -> Standing:
    """Where the room stands right now and for the rest of today."""
    if not day.open:
        return Standing("closed", "closed")
    if day.open[-1].end <= now:
        return Standing("over", "closed")
    if not day.left:
        return Standing("full", "full")
    if day.left[0].start <= now:
        return Standing("free_now_until", "free", day.left)
    return Standing("free_from", "partial" if day.busy else "free", day.left)


def standing_on(day: DayView) -> Standing:
    """Where the room stands on a day that is not today."""
    if not day.open:
        return Standing("closed", "closed")
    if not day.left:
        return Standing("full", "full")
    if not day.bookable:
        return Standing("too_soon", "closed")
    if day.state == "free":
        return Standing("free_all_day", "free", day.bookable)
    return Standing("free_spans", "partial", day.bookable)
