"""One booking: seen, confirmed and cancelled by its owner, or by whoever has the mailed link."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway import backends
from gateway.centre_info import centre_now, current_centre
from gateway.problem_texts import rule_text
from gateway.site.blueprint import blueprint
from gateway.site.private import private_page
from gateway.site.routes.book import SENT
from gateway.views.booking import read_booking
from gateway.views.moments import moment, span
from services.kernel.errors import Conflict, Gone, Problem
from services.kernel.web import allowed, caller


@blueprint.get("/bookings/sent")
@allowed("anonymous")
@private_page
def booking_sent() -> str:
    """Where to look for the link, and until when the slot is held."""
    zone, told = current_centre().zone, session.get(SENT)
    sent = told and {
        "room_name": told["room_name"],
        "email": told["email"],
        "when": span(told, zone),
        "confirm_by": moment(told["confirm_by"], zone) if told["confirm_by"] else None,
    }
    return render_template("site/booking_sent.html", sent=sent)


@blueprint.get("/bookings/<uuid:id>")
@allowed("anonymous")
@private_page
def booking(id: object) -> str:
    """The booking; looking at it changes nothing, whoever looks: mail scanners open links too."""
    key = request.args.get("key") or None
    data = backends.booking().reservation(str(id), key=key, caller=caller())
    view = read_booking(data, current_centre().zone, centre_now())
    return render_template("site/booking.html", booking=view, key=key)


@blueprint.post("/bookings/<uuid:id>/confirm")
@allowed("anonymous")
def confirm(id: object) -> Response:
    """Confirm what was booked without an account."""
    key = request.form.get("key") or None
    try:
        made = backends.booking().confirm(str(id), key=key, caller=caller())
    except (Gone, Conflict) as problem:
        return _back_with(problem, id, key)
    if made["status"] == "confirmed":
        flash(gettext("Confirmed: the room is yours. The calendar entry is on its way by e-mail."), "good")
    else:
        flash(gettext("Thank you. The centre’s staff decide now and write to you."), "good")
    return redirect(url_for("site.booking", id=id, key=key), 303)


@blueprint.post("/bookings/<uuid:id>/cancel")
@allowed("anonymous")
def cancel(id: object) -> Response:
    """Cancel; the hours are free again at once."""
    key = request.form.get("key") or None
    reason = request.form.get("reason", "").strip()
    try:
        backends.booking().cancel(str(id), key=key, reason=reason, caller=caller())
    except (Gone, Conflict) as problem:
        return _back_with(problem, id, key)
    flash(gettext("Cancelled. Thank you for making room for others."), "good")
    return redirect(url_for("site.booking", id=id, key=key), 303)


def _back_with(problem: Problem, id: object, key: str | None) -> Response:
    flash(rule_text({"code": problem.code, "detail": problem.detail}), "bad")
    return redirect(url_for("site.booking", id=id, key=key), 303)
