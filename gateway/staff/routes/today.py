"""What happens in the house today and in one week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby

from flask import render_template, request

from gateway import backends
from gateway.centre_info import centre_now, current_centre
from gateway.site.private import private_page
from gateway.staff.blueprint import blueprint
from gateway.views.booking import BookingView, read_booking
from gateway.views.moments import monday_of, read_date
from services.kernel.web import allowed, caller

PAGE = 200


@blueprint.get("")
@allowed("staff")
@private_page
def today() -> str:
    """Today's bookings, then those of the week; ?week= is any day of another week."""
    now = centre_now()
    first = monday_of(read_date(request.args.get("week")) or now.date())
    is_this_week = first == monday_of(now.date())
    views = _week(first)
    return render_template(
        "staff/today.html",
        first=first,
        earlier=first - timedelta(days=7),
        later=first + timedelta(days=7),
        is_this_week=is_this_week,
        today_rows=[view for view in views if _touches(view, now.date())],
        week_count=len(views),
        days=_by_day(views, first),
    )


def _week(first: date) -> list[BookingView]:
    """Every reservation of the week that stands or may come to stand, in order of time and room."""
    zone, now = current_centre().zone, centre_now()
    start, end = (datetime.combine(day, time.min, zone) for day in (first, first + timedelta(days=7)))
    found: list[BookingView] = []
    cursor = None
    while True:
        page = backends.booking().reservations(
            **{"from": start.isoformat(), "to": end.isoformat(), "limit": PAGE, "cursor": cursor},
            caller=caller(),
        )
        found += [read_booking(item, zone, now) for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    return sorted(
        (view for view in found if view.holds), key=lambda view: (view.when.start, view.data["room"]["slug"])
    )


def _touches(view: BookingView, day: date) -> bool:
    last = view.when.end - timedelta(microseconds=1)
    return view.when.start.date() <= day <= last.date()


def _by_day(views: Iterable[BookingView], first: date) -> list[tuple[date, list[BookingView]]]:
    """The bookings by the day on which they start; one that began before the week counts to its first day."""
    groups = groupby(views, key=lambda view: max(view.when.start.date(), first))
    return [(day, list(rows)) for day, rows in groups]
