"""The choices after a refusal: each a slot that would fit, with everything that was entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import url_for
from flask_babel import gettext

from gateway.centre_info import centre_now, current_centre
from gateway.formats import hours, localized, when
from gateway.site.booking_form import BookingForm
from gateway.site.booking_times import write_clock
from gateway.views.moments import Span, span, wall_minutes

KEPT_FIELDS = (
    "title",
    "purpose",
    "participants",
    "layout",
    "organization_id",
    "contact_name",
    "contact_email",
    "contact_phone",
)


@dataclass(frozen=True)
class Choice:
    """A button: its words, where it posts to, and the values that it sends."""

    words: str
    address: str
    values: Mapping[str, str]


def make_choices(
    alternatives: Iterable[Mapping[str, Any]],
    form: BookingForm,
    room: Mapping[str, Any],
    rooms: Iterable[Mapping[str, Any]],
) -> list[Choice]:
    """A choice for each alternative whose room is known."""
    by_id = {other["id"]: other for other in [*rooms, room]}
    return [
        _choice(alternative, form, room, by_id[alternative["room_id"]])
        for alternative in alternatives
        if alternative["room_id"] in by_id
    ]


def _choice(
    alternative: Mapping[str, Any], form: BookingForm, room: Mapping[str, Any], other: Mapping[str, Any]
) -> Choice:
    slot = span(alternative, current_centre().zone)
    return Choice(
        words=_words(slot, form, other if other["id"] != room["id"] else None),
        address=url_for("site.book", slug=other["slug"]),
        values=_values(slot, form, other, same_room=other["id"] == room["id"]),
    )


def _words(slot: Span, form: BookingForm, other: Mapping[str, Any] | None) -> str:
    same_day = slot.one_day and slot.start.date().isoformat() == form.date.data
    time = hours(slot) if same_day else when(slot, centre_now().date())
    if other is None:
        return time
    return gettext("%(room)s, %(time)s", room=localized(other["name"]), time=time)


def _values(slot: Span, form: BookingForm, other: Mapping[str, Any], *, same_room: bool) -> dict[str, str]:
    kept = {name: str(form[name].data or "") for name in KEPT_FIELDS}
    layouts = {layout["slug"] for layout in other.get("layouts") or []}
    if not same_room and kept["layout"] not in layouts:
        kept["layout"] = ""
    day = slot.start.date()
    end_of_day = wall_minutes(slot.end, day)
    if not slot.one_day:
        end_of_day = wall_minutes(slot.end, day + timedelta(days=1))
    return {
        **kept,
        "charges_participants": "1" if form.charges_participants.data else "",
        "whole_day": "1" if form.whole_day.data else "",
        "date": day.isoformat(),
        "start": write_clock(wall_minutes(slot.start, day)),
        "end": write_clock(end_of_day),
        "idempotency_key": uuid4().hex,
    }
