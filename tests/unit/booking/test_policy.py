"""Policies as values that are kept."""

import json
from dataclasses import replace

import pytest

from services.booking.domain.policy import LeadTime, Policy


@pytest.mark.parametrize(
    "policy",
    [
        Policy(),
        Policy(version=7, lead_time=LeadTime(hours=48), approval="staff", reminder_hours_before=None),
        Policy(lead_time=LeadTime(working_days=2), claims_while_requested=False, whole_day=False),
    ],
)
def test_a_policy_survives_being_kept_as_json(policy: Policy) -> None:
    assert Policy.from_dict(json.loads(json.dumps(policy.as_dict()))) == policy


def test_a_rule_that_an_old_policy_did_not_know_has_its_default() -> None:
    kept = Policy(version=3, min_minutes=90).as_dict()
    del kept["hold_minutes"], kept["lead_time"]
    assert Policy.from_dict(kept) == Policy(version=3, min_minutes=90)


def test_a_new_version_with_the_same_rules_is_recognised() -> None:
    policy = Policy(version=1, min_minutes=60)
    assert policy.same_rules(replace(policy, version=2))
    assert not policy.same_rules(replace(policy, min_minutes=90))


def test_the_public_part_names_no_inner_workings() -> None:
    assert set(Policy().public()) == {
        "start_step_minutes",
        "min_minutes",
        "max_minutes",
        "whole_day",
        "lead_time",
        "horizon_days",
        "buffer_before_minutes",
        "buffer_after_minutes",
        "approval",
    }


@pytest.mark.parametrize(
    ("lead_time", "told"),
    [
        (LeadTime(), {"hours": 0}),
        (LeadTime(hours=3), {"hours": 3}),
        (LeadTime(working_days=0), {"working_days": 0}),
    ],
)
def test_a_lead_time_is_told_in_its_own_unit(lead_time: LeadTime, told: dict[str, int]) -> None:
    assert lead_time.as_dict() == told


def test_a_lead_time_has_one_unit() -> None:
    with pytest.raises(ValueError, match="not in both"):
        LeadTime(hours=1, working_days=1)
