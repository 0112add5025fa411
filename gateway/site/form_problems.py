"""A service's refusal, put where a person can mend it: beside a field, or as clashes with what would fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_wtf import FlaskForm

from gateway.problem_texts import clash_text, field_text, rule_text
from services.kernel.errors import Conflict, Gone, Invalid, Problem, TooManyRequests

MENDABLE = (Invalid, Gone, TooManyRequests)
RULE_FIELDS = {
    "outside_opening_hours": "start",
    "closed_holiday": "date",
    "start_step": "start",
    "too_short": "end",
    "too_long": "end",
    "end_before_start": "end",
    "whole_day_not_offered": "whole_day",
    "lead_time": "date",
    "beyond_horizon": "date",
    "in_the_past": "start",
    "over_capacity": "participants",
    "layout_unknown": "layout",
    "contact_email_required": "contact_email",
    "contact_required": "contact_email",
    "not_a_member": "organization_id",
}
FIELD_NAMES = {
    "contact.email": "contact_email",
    "contact.name": "contact_name",
    "contact.phone": "contact_phone",
    "contact": "contact_email",
}


@dataclass(frozen=True)
class Refused:
    """What could not be put beside a field; `alternatives` are the service's own words for what would fit."""

    general: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()
    alternatives: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def put_on_form(form: FlaskForm, problem: Problem) -> Refused:
    """Tell the problem through the form; raises it again when no person can mend it there."""
    told = problem.particulars
    if isinstance(problem, Conflict):
        return _clashes(problem)
    if told.get("rules"):
        return _beside_fields(
            form, [(RULE_FIELDS.get(rule["code"]), rule_text(rule)) for rule in told["rules"]]
        )
    if told.get("errors"):
        return _beside_fields(form, [(_field_of(fault), field_text(fault)) for fault in told["errors"]])
    if isinstance(problem, MENDABLE) or problem.code in RULE_FIELDS:
        text = rule_text({"code": problem.code, "detail": problem.detail})
        return _beside_fields(form, [(RULE_FIELDS.get(problem.code), text)])
    raise problem


def _field_of(fault: Mapping[str, Any]) -> str | None:
    name = str(fault.get("field") or "")
    return FIELD_NAMES.get(name, name) or RULE_FIELDS.get(str(fault.get("code")))


def _beside_fields(form: FlaskForm, faults: Sequence[tuple[str | None, str]]) -> Refused:
    general = []
    for name, text in faults:
        if name is not None and name in form:
            form[name].errors = [*form[name].errors, text]
        else:
            general.append(text)
    return Refused(general=tuple(general))


def _clashes(problem: Conflict) -> Refused:
    told = problem.particulars.get("conflicts") or ()
    sentences = [clash_text(clash) for clash in told]
    return Refused(
        clashes=tuple(sentences) or (rule_text({"code": problem.code, "detail": problem.detail}),),
        alternatives=tuple(problem.particulars.get("alternatives") or ()),
    )
