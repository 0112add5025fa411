"""What the services' problem codes say to a person; the only place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext

from gateway.centre_info import current_centre
from gateway.formats import day_long, hours, instant_long, length, localized
from gateway.views.moments import moment, spans

Particulars = Mapping[str, Any]


def rule_text(rule: Particulars) -> str:
    """The sentence for a broken rule or another refusal; an unknown code keeps the service's own detail."""
    say = _SENTENCES.get(str(rule.get("code")))
    if say is None:
        return str(rule.get("detail") or gettext("This cannot be accepted."))
    try:
        return say(rule)
    except (
        KeyError,
        TypeError,
        ValueError,
    ):  # a particular that is not there: the detail is better than nothing
        return str(rule.get("detail") or gettext("This cannot be accepted."))


def field_text(fault: Particulars) -> str:
    """The sentence for a field that a service could not read, or could not take."""
    code = str(fault.get("code"))
    known = {
        "required": gettext("Fill this in."),
        "null": gettext("Fill this in."),
        "too_long": gettext("This is too long."),
        "control_character": gettext("There is a character here that cannot be used. Type it anew."),
        "invalid_email": gettext("Enter an e-mail address such as anna@example.org."),
        "invalid_phone": gettext("Enter a phone number such as +48 600 000 000."),
        "out_of_range": gettext("This number is too large or too small."),
        "too_large": gettext("This number is too large or too small."),
    }
    return known.get(code) or rule_text(fault)


def clash_text(clash: Particulars) -> str:
    """The sentence for one clash of the slot that was asked for."""
    part = spans([clash], current_centre().zone)[0]
    if clash.get("kind") == "block":
        return gettext("The room is closed %(hours)s.", hours=hours(part))
    return gettext("The room is taken %(hours)s.", hours=hours(part))


def _outside_hours(rule: Particulars) -> str:
    day = day_long(date.fromisoformat(rule["date"]))
    reason = localized(rule.get("reason"))
    because = f" ({reason})" if reason else ""
    if not rule["open"]:
        return gettext("The room is closed on %(day)s%(because)s.", day=day, because=because)
    opened = ", ".join(hours(part) for part in spans(rule["open"], current_centre().zone))
    return gettext(
        "On %(day)s the room is open %(hours)s%(because)s.", day=day, hours=opened, because=because
    )


def _lead_time(rule: Particulars) -> str:
    earliest = instant_long(moment(rule["earliest"], current_centre().zone))
    return gettext(
        "This room has to be booked further ahead. The first possible start is %(time)s.", time=earliest
    )


def _start_step(rule: Particulars) -> str:
    return ngettext(
        "Bookings start every %(num)s minute, counted from the full hour.",
        "Bookings start every %(num)s minutes, counted from the full hour.",
        rule["start_step_minutes"],
    )


def _over_capacity(rule: Particulars) -> str:
    return ngettext(
        "At most %(num)s person fits into the room in this layout.",
        "At most %(num)s people fit into the room in this layout.",
        rule["capacity"],
    )


_SENTENCES: dict[str, Callable[[Particulars], str]] = {
    "outside_opening_hours": _outside_hours,
    "closed_holiday": _outside_hours,
    "lead_time": _lead_time,
    "start_step": _start_step,
    "over_capacity": _over_capacity,
    "beyond_horizon": lambda rule: gettext(
        "Bookings are taken up to %(day)s.", day=day_long(date.fromisoformat(rule["latest"]))
    ),
    "too_short": lambda rule: gettext(
        "A booking lasts at least %(length)s.", length=length(rule["min_minutes"])
    ),
    "too_long": lambda rule: gettext(
        "A booking lasts at most %(length)s.", length=length(rule["max_minutes"])
    ),
    "whole_day_not_offered": lambda _: gettext("This room is not given for a whole day. Choose the hours."),
    "in_the_past": lambda _: gettext("This time has already passed."),
    "end_before_start": lambda _: gettext("The end has to be after the start."),
    "layout_unknown": lambda _: gettext("The room does not have this layout. Choose another."),
    "slot_taken": lambda _: gettext("Somebody else has this time."),
    "slot_blocked": lambda _: gettext("The room is closed at this time."),
    "contact_email_required": lambda _: gettext("Enter your e-mail address: we send a link to confirm."),
    "already_decided": lambda _: gettext("Somebody has decided this already."),
    "not_cancellable": lambda _: gettext("This booking can no longer be cancelled."),
    "not_confirmable": lambda _: gettext("This booking can no longer be confirmed."),
    "contact_required": lambda _: gettext("Enter an e-mail address or a phone number."),
    "not_a_member": lambda _: gettext("You can book only for organizations that you belong to."),
    "too_many_requests": lambda _: gettext("Too many tries. Wait a moment, then try again."),
    "busy": lambda _: gettext("Many people are booking right now. Try again in a moment."),
    "hold_expired": lambda _: gettext(
        "The time to confirm has passed, so the slot was released. Please book again."
    ),
    "idempotency_key_reused": lambda _: gettext(
        "This form was already used for a booking. To make another one, send it again."
    ),
}
