"""How policies are written in a centre file: a default one, and others that say only what differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, validates_schema

from services.booking.domain.policy import LeadTime, Policy
from services.kernel.centre.fields import CentreSchema, OneOf, Part, Whole, YesNo

DEFAULT = "default"
_DAY = 24 * 60
_MONTH = 31 * _DAY
_YEAR_HOURS = 366 * 24


class LeadTimeSchema(CentreSchema):
    """Hours, or working days of the centre."""

    hours = Whole(0, _YEAR_HOURS)
    working_days = Whole(0, 60)

    @validates_schema
    def check_one(self, data: dict[str, Any], **_: Any) -> None:
        """Exactly one of the two."""
        if ("hours" in data) == ("working_days" in data):
            raise ValidationError("needs either hours or working_days")


class PolicySchema(CentreSchema):
    """The rules of a policy, each of which may be left out."""

    start_step_minutes = Whole(1, _DAY)
    min_minutes = Whole(1, _MONTH)
    max_minutes = Whole(1, _MONTH)
    whole_day = YesNo()
    lead_time = Part(LeadTimeSchema)
    horizon_days = Whole(1, 1830)
    buffer_before_minutes = Whole(0, _DAY)
    buffer_after_minutes = Whole(0, _DAY)
    approval = OneOf("none", "staff")
    claims_while_requested = YesNo()
    hold_minutes = Whole(5, 7 * _DAY)
    reminder_hours_before = Whole(1, 14 * 24, allow_none=True)


def read_policy(name: str, policies: Mapping[str, Mapping[str, Any]]) -> Policy:
    """The policy called `name`; what it leaves out, the default policy says, and after it the suite."""
    said = {**policies.get(DEFAULT, {}), **policies[name]}
    if "lead_time" in said:
        said["lead_time"] = LeadTime(**said["lead_time"])
    return Policy(**said)
