"""What the booking form offers to choose from, and what it starts with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from gateway.formats import localized
from gateway.site.booking_form import BookingForm
from gateway.site.booking_times import clock_choices, read_clock, write_clock

USUAL_MINUTES = 60


def offer_choices(
    form: BookingForm, room: Mapping[str, Any], opened: range, organizations: Sequence[tuple[str, str]]
) -> None:
    """Set the choices of each list: times in opening hours, the room's layouts, one's organizations."""
    step = room["policy"]["start_step_minutes"]
    for field in (form.start, form.end):
        times = clock_choices(step, opened, field.data)
        field.choices = [("", gettext("choose")), *((value, value) for value in times)]
    form.layout.choices = [("", gettext("as it stands"))] + [
        (layout["slug"], _layout_words(layout)) for layout in room.get("layouts") or []
    ]
    form.organization_id.choices = [("", gettext("myself")), *organizations]


def first_values(arguments: Mapping[str, str], day: str, contact: Mapping[str, str]) -> MultiDict[str, str]:
    """The values of a form that is opened: what the address names, and the account's own contact."""
    start = read_clock(arguments.get("start"))
    end = read_clock(arguments.get("end"))
    return MultiDict(
        {
            "date": day,
            "start": "" if start is None else write_clock(start),
            "end": "" if end is None else write_clock(end),
            "idempotency_key": uuid4().hex,
            "contact_name": contact.get("name", ""),
            "contact_email": contact.get("email", ""),
        }
    )


def usual_minutes(policy: Mapping[str, Any]) -> int:
    """How long a booking is that somebody starts by choosing a free span."""
    return min(max(policy["min_minutes"], USUAL_MINUTES), policy["max_minutes"])


def _layout_words(layout: Mapping[str, Any]) -> str:
    return ngettext(
        "%(layout)s, up to %(num)s person",
        "%(layout)s, up to %(num)s people",
        layout["capacity"],
        layout=localized(layout["name"]),
    )
