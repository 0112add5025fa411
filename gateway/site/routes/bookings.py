"""The bookings of the person who is logged in."""

from __future__ import annotations

from flask import render_template, request

from gateway import backends
from gateway.centre_info import centre_now, current_centre
from gateway.site.blueprint import blueprint
from gateway.site.private import private_page
from gateway.views.booking import read_booking
from services.kernel.web import allowed, caller


@blueprint.get("/bookings")
@allowed("person")
@private_page
def bookings() -> str:
    """What is coming, soonest first; then what is over or was cancelled."""
    zone, now = current_centre().zone, centre_now()
    page = backends.booking().reservations(
        mine="true", cursor=request.args.get("cursor"), limit=100, caller=caller()
    )
    views = [read_booking(item, zone, now) for item in page["items"]]
    upcoming = [view for view in views if view.holds and not view.is_over]
    past = [view for view in views if not view.holds or view.is_over]
    return render_template(
        "site/bookings.html",
        upcoming=sorted(upcoming, key=lambda view: view.when.start),
        past=sorted(past, key=lambda view: view.when.start, reverse=True),
        cursor=page["next"],
    )
