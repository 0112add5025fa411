"""The life of a reservation: its states, which of them keep the room, and the time that it keeps."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from services.booking.domain.interval import Interval
from services.booking.domain.policy import Policy


class Status(StrEnum):
    """Where a reservation stands."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    SETTLING = "settling"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    CHECKED_IN = "checked_in"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    EXPIRED = "expired"


class Awaiting(StrEnum):
    """Whom a requested reservation waits for."""

    EMAIL = "email"
    STAFF = "staff"


MOVES: dict[Status, frozenset[Status]] = {
    Status.REQUESTED: frozenset(
        {Status.CONFIRMED, Status.SETTLING, Status.DECLINED, Status.CANCELLED, Status.EXPIRED}
    ),
    Status.SETTLING: frozenset({Status.CONFIRMED, Status.CANCELLED, Status.EXPIRED}),
    Status.CONFIRMED: frozenset(
        {Status.SETTLING, Status.CANCELLED, Status.CHECKED_IN, Status.COMPLETED, Status.NO_SHOW}
    ),
    Status.CHECKED_IN: frozenset({Status.COMPLETED}),
    Status.NO_SHOW: frozenset({Status.CONFIRMED, Status.CHECKED_IN}),  # while the slot is unclaimed
    Status.DECLINED: frozenset(),
    Status.CANCELLED: frozenset(),
    Status.COMPLETED: frozenset(),
    Status.EXPIRED: frozenset(),
}
"""From each status, where it may go."""

_ALWAYS_HOLDING = frozenset({Status.CONFIRMED, Status.SETTLING, Status.CHECKED_IN})


def may_move(current: Status, to: Status) -> bool:
    """Whether a reservation may go from `current` to `to`; staying where it is is no move."""
    return to in MOVES[current]


def holds_claim(status: Status, policy: Policy) -> bool:
    """Whether a reservation in this status keeps others out; a request does only where the policy says so.

    One that is over (completed, no_show) leaves a claim cut to the moment it ended, which needs no keeping.
    """
    return status in _ALWAYS_HOLDING or (status is Status.REQUESTED and policy.claims_while_requested)


def with_buffers(interval: Interval, policy: Policy) -> Interval:
    """The time that the claim keeps: the reservation with the policy's buffers."""
    return Interval(
        interval.start - timedelta(minutes=policy.buffer_before_minutes),
        interval.end + timedelta(minutes=policy.buffer_after_minutes),
    )
