"""The requests that wait for the staff's decision."""

from __future__ import annotations

from flask import g

from gateway import backends
from gateway.centre_info import centre_now, current_centre
from gateway.views.booking import BookingView, read_booking
from services.kernel.errors import Problem
from services.kernel.web import caller

MOST = 200


def find_waiting_requests() -> list[BookingView]:
    """The requests to decide, the oldest first; read once for each page."""
    if "waiting_requests" not in g:
        g.waiting_requests = _ask()
    return list(g.waiting_requests)


def count_waiting_requests() -> int | None:
    """How many wait; None while that cannot be told, so that other pages stand without it."""
    if not caller().is_staff:
        return None
    try:
        return len(find_waiting_requests())
    except Problem:
        return None


def _ask() -> list[BookingView]:
    zone, now = current_centre().zone, centre_now()
    page = backends.booking().reservations(status="requested", limit=MOST, caller=caller())
    views = [read_booking(item, zone, now) for item in page["items"]]
    waiting = [view for view in views if view.may_decide and not view.is_over]
    return sorted(waiting, key=lambda view: str(view.data["created_at"]))
