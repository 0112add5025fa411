"""A room: what it offers, its free hours, the form to book it."""

from __future__ import annotations

from flask import Response, request

from gateway.site.blueprint import blueprint
from gateway.site.booking_choices import first_values
from gateway.site.booking_form import BookingForm
from gateway.site.people import own_contact
from gateway.site.room_page import load_room, room_page, shown_day
from services.kernel.web import allowed


@blueprint.get("/rooms/<slug>")
@allowed("anonymous")
def room(slug: str) -> Response:
    """The week of ?date=, and the form filled with ?start= and ?end= where they are given."""
    day = shown_day(request.args.get("date"))
    data = load_room(slug, day)
    form = BookingForm(first_values(request.args, day.isoformat(), own_contact()))
    return room_page(data, form, day)
