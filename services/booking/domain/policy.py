"""The rules under which a room is given out, as a value that is kept with each reservation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

Approval = Literal["none", "staff"]


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How long ahead a reservation must be made: in hours, or in working days of the centre, or neither."""

    hours: int = 0
    working_days: int | None = None

    def __post_init__(self) -> None:
        if self.hours and self.working_days is not None:
            raise ValueError("a lead time is given in hours or in working days, not in both")

    def as_dict(self) -> dict[str, int]:
        """{"hours": n} or {"working_days": n}; no lead time is {"hours": 0}."""
        if self.working_days is not None:
            return {"working_days": self.working_days}
        return {"hours": self.hours}


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a room's rules. Lengths are in minutes unless the name says otherwise.

    `claims_while_requested`: whether a request that waits for staff already keeps others out.
    `hold_minutes`: how long an unconfirmed reservation without an account keeps the slot.
    `reminder_hours_before`: None sends no reminder.
    """

    version: int = 1
    start_step_minutes: int = 15
    min_minutes: int = 30
    max_minutes: int = 720
    whole_day: bool = True
    lead_time: LeadTime = field(default_factory=LeadTime)
    horizon_days: int = 180
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    approval: Approval = "none"
    claims_while_requested: bool = True
    hold_minutes: int = 60
    reminder_hours_before: int | None = 24

    def public(self) -> dict[str, Any]:
        """What the public is told before it books."""
        return {
            "start_step_minutes": self.start_step_minutes,
            "min_minutes": self.min_minutes,
            "max_minutes": self.max_minutes,
            "whole_day": self.whole_day,
            "lead_time": self.lead_time.as_dict(),
            "horizon_days": self.horizon_days,
            "buffer_before_minutes": self.buffer_before_minutes,
            "buffer_after_minutes": self.buffer_after_minutes,
            "approval": self.approval,
        }

    def as_dict(self) -> dict[str, Any]:
        """The whole policy as JSON, for `from_dict`."""
        return {**asdict(self), "lead_time": self.lead_time.as_dict()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Policy:
        """Read what `as_dict` wrote; a rule that an older version did not know has its default."""
        return cls(**{**data, "lead_time": LeadTime(**data.get("lead_time", {}))})

    def same_rules(self, other: Policy) -> bool:
        """Whether the two differ in nothing but their version."""
        return replace(self, version=other.version) == other
