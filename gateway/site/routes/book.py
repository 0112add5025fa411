"""Booking a room with the form of its page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from flask import flash, redirect, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway import backends
from gateway.centre_info import current_centre
from gateway.headers import keep_private
from gateway.identity import current_account
from gateway.identity.limits import client_limits
from gateway.language import current_language
from gateway.site.blueprint import blueprint
from gateway.site.booking_form import BookingForm
from gateway.site.booking_request import nights_of, request_body
from gateway.site.booking_times import NoSuchTime
from gateway.site.form_problems import Refused, put_on_form
from gateway.site.room_page import RoomData, load_room, room_page, shown_day
from services.kernel.errors import IdempotencyMismatch, Problem, status_of
from services.kernel.web import allowed, caller

SENT = "booking_sent"


@blueprint.post("/rooms/<slug>")
@allowed("anonymous")
def book(slug: str) -> Response:
    """Book, then lead to the booking; or show the page again with what is wrong and all that was entered."""
    form = BookingForm()
    day = shown_day(form.date.data)
    data = load_room(slug, day)
    if not form.validate() or not _guest_left_email(form):
        return keep_private(room_page(data, form, day, status=422))
    try:
        made = _create(form, data)
    except NoSuchTime:
        form.start.errors = [gettext("The clocks change on that day and skip this time. Choose another.")]
        return keep_private(room_page(data, form, day, status=422))
    except Problem as problem:
        return _say(problem, form, slug, day)
    return redirect(_page_after(made), 303)


def _create(form: BookingForm, data: RoomData) -> Mapping[str, Any]:
    body = request_body(
        form, data.room, current_centre().zone, current_language(), nights_of(data.availability)
    )
    if caller().is_anonymous:
        client_limits().take_guest_booking(request.remote_addr or "")
    key = form.idempotency_key.data or uuid4().hex
    return backends.booking().create(body, idempotency_key=key, caller=caller())


def _guest_left_email(form: BookingForm) -> bool:
    if current_account() is not None or form.contact_email.data:
        return True
    form.contact_email.errors = [gettext("Enter your e-mail address: we send a link to confirm.")]
    return False


def _say(problem: Problem, form: BookingForm, slug: str, day: date) -> Response:
    refused: Refused = put_on_form(form, problem)
    if problem.code == IdempotencyMismatch.default_code:
        form.idempotency_key.data = uuid4().hex
    fresh = load_room(slug, day)  # the hours that the refusal speaks of are newer than those read before
    return keep_private(room_page(fresh, form, day, refused=refused, status=status_of(problem)))


def _page_after(made: Mapping[str, Any]) -> str:
    if made.get("awaiting") == "email":
        session[SENT] = {
            "room_name": made["room"]["name"],
            "email": made["contact"]["email"],
            **{name: made[name] for name in ("start", "end", "confirm_by")},
        }
        return url_for("site.booking_sent")
    if made["status"] == "confirmed":
        flash(gettext("Booked. We have sent you the confirmation by e-mail."), "good")
    else:
        flash(gettext("Your request is on its way. The centre’s staff decide and write to you."), "good")
    return url_for("site.booking", id=made["id"])
