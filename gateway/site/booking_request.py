"""The body of a booking request, made of a valid form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from gateway.site.booking_form import BookingForm
from gateway.site.booking_times import instant_on, read_clock

DAY_MINUTES = 24 * 60


def request_body(
    form: BookingForm, room: Mapping[str, Any], zone: ZoneInfo, language: str, nights: frozenset[date]
) -> dict[str, Any]:
    """The body for the API; NoSuchTime when the clocks skip a time.

    `nights` are the days whose opening hours run on into the next: there, an end before the start is
    the next day's.
    """
    return {
        "room_id": room["id"],
        **_slot(form, zone, nights),
        "title": form.title.data,
        "participants": int(form.participants.data),
        "charges_participants": bool(form.charges_participants.data),
        "contact": _contact(form),
        "language": language,
        **_given(
            purpose=form.purpose.data, layout=form.layout.data, organization_id=form.organization_id.data
        ),
    }


def nights_of(availability: Mapping[str, Any]) -> frozenset[date]:
    """The days of an availability answer that are open past midnight."""
    days = availability["days"]
    return frozenset(
        date.fromisoformat(day["date"])
        for day, after in zip(days, days[1:], strict=False)
        if day["open"] and after["open"] and day["open"][-1]["end"] == after["open"][0]["start"]
    )


def _slot(form: BookingForm, zone: ZoneInfo, nights: frozenset[date]) -> dict[str, Any]:
    day = date.fromisoformat(form.date.data)
    if form.whole_day.data:
        return {"date": day.isoformat(), "whole_day": True}
    start, end = read_clock(form.start.data), read_clock(form.end.data)
    assert start is not None  # the form is valid
    assert end is not None
    if end <= start and day in nights:
        end += DAY_MINUTES
    return {
        "start": instant_on(day, start, zone).isoformat(),
        "end": instant_on(day, end, zone).isoformat(),
    }


def _contact(form: BookingForm) -> dict[str, Any]:
    return {
        "name": form.contact_name.data,
        **_given(email=form.contact_email.data, phone=form.contact_phone.data),
    }


def _given(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
