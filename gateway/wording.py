"""The sentences that stand for codes: states, standings, policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext

from gateway.formats import clock, hours, length
from gateway.views.standing import Standing

DAY_STATES = {
    "free": lazy_gettext("free"),
    "partial": lazy_gettext("partly free"),
    "full": lazy_gettext("fully booked"),
    "closed": lazy_gettext("closed"),
}

BOOKING_STATES = {
    "confirmed": lazy_gettext("confirmed"),
    "requested": lazy_gettext("waiting for the centre’s decision"),
    "awaiting_email": lazy_gettext("waiting for your confirmation"),
    "settling": lazy_gettext("being settled"),
    "declined": lazy_gettext("declined"),
    "cancelled": lazy_gettext("cancelled"),
    "expired": lazy_gettext("expired: not confirmed in time"),
    "checked_in": lazy_gettext("taking place"),
    "completed": lazy_gettext("completed"),
    "no_show": lazy_gettext("nobody came"),
}

STAFF_BOOKING_STATES = {
    **BOOKING_STATES,
    "requested": lazy_gettext("to be decided"),
    "awaiting_email": lazy_gettext("not confirmed by e-mail yet"),
}

DELIVERY_STATES = {
    "waiting": (lazy_gettext("waiting"), "partial"),
    "retrying": (lazy_gettext("will be tried again"), "partial"),
    "sent": (lazy_gettext("sent"), "free"),
    "kept": (lazy_gettext("kept in the mail folder"), "free"),
    "failed": (lazy_gettext("failed"), "full"),
    "skipped": (lazy_gettext("not sent: no e-mail address"), "closed"),
    "withdrawn": (lazy_gettext("withdrawn: too late to be of use"), "closed"),
}

EVENT_STATES = {
    "pending": (lazy_gettext("waiting"), "partial"),
    "queued": (lazy_gettext("handed over"), "info"),
    "done": (lazy_gettext("done"), "free"),
}

MAIL_KINDS = {
    "reservation_confirm_link": lazy_gettext("link to confirm"),
    "reservation_requested": lazy_gettext("request received"),
    "reservation_confirmed": lazy_gettext("booking confirmed"),
    "reservation_cancelled": lazy_gettext("booking cancelled"),
    "reservation_declined": lazy_gettext("request declined"),
    "reservation_reminder": lazy_gettext("reminder"),
    "reservation_expired": lazy_gettext("hold expired"),
}


def standing_words(standing: Standing, *, today: bool) -> str:
    """Where a room stands on a day, in a few words."""
    if standing.code == "free_now_until":
        first = standing.spans[0]
        until = "24:00" if first.ends_at_midnight else clock(first.end)
        return gettext("free now, until %(time)s", time=until)
    if standing.code == "free_from":
        return gettext("free from %(time)s", time=clock(standing.spans[0].start))
    if standing.code == "free_spans":
        return gettext("free %(spans)s", spans=", ".join(hours(part) for part in standing.spans))
    if standing.code == "free_all_day":
        return gettext("free all day, %(spans)s", spans=", ".join(hours(part) for part in standing.spans))
    fixed = {
        "closed": gettext("closed today") if today else gettext("closed on that day"),
        "over": gettext("closed for today"),
        "too_soon": gettext("free, but too late to book"),
        "full": gettext("no free hours left today") if today else gettext("no free hours on that day"),
    }
    return fixed.get(standing.code) or gettext("free hours cannot be shown right now")


def policy_sentences(policy: Mapping[str, Any]) -> list[str]:
    """The rules of a room, one plain sentence each."""
    lengths = {"least": length(policy["min_minutes"]), "most": length(policy["max_minutes"])}
    sentences = [
        gettext("You can book from %(least)s to %(most)s at a time.", **lengths),
        _whole_day(policy),
        ngettext(
            "Bookings start every %(num)s minute.",
            "Bookings start every %(num)s minutes.",
            policy["start_step_minutes"],
        ),
        _lead_time(policy["lead_time"]),
        ngettext(
            "You can book up to %(num)s day ahead.",
            "You can book up to %(num)s days ahead.",
            policy["horizon_days"],
        ),
        _buffers(policy["buffer_before_minutes"], policy["buffer_after_minutes"]),
        _approval(policy["approval"]),
    ]
    return [sentence for sentence in sentences if sentence]


def _whole_day(policy: Mapping[str, Any]) -> str:
    return gettext("You can also take the whole day.") if policy["whole_day"] else ""


def _lead_time(lead: Mapping[str, int]) -> str:
    if lead.get("working_days"):
        return ngettext(
            "Please book at least %(num)s working day ahead.",
            "Please book at least %(num)s working days ahead.",
            lead["working_days"],
        )
    if lead.get("hours"):
        return ngettext(
            "Please book at least %(num)s hour ahead.",
            "Please book at least %(num)s hours ahead.",
            lead["hours"],
        )
    return ""


def _buffers(before: int, after: int) -> str:
    if before and after:
        return gettext(
            "We keep the room free for %(before)s before and %(after)s after you, to prepare and tidy it.",
            before=length(before),
            after=length(after),
        )
    if after:
        return gettext("We keep the room free for %(after)s after you, to tidy it.", after=length(after))
    if before:
        return gettext(
            "We keep the room free for %(before)s before you, to prepare it.", before=length(before)
        )
    return ""


def _approval(approval: str) -> str:
    if approval == "staff":
        return gettext("The centre’s staff look at each request and answer by e-mail.")
    return gettext("Your booking stands at once; nobody has to approve it.")
