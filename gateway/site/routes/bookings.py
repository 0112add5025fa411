"""The bookings of the person who is logged in."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from flask import render_template, request

from gateway import backends
from gateway.centre_info import centre_now, current_centre
from gateway.site.blueprint import blueprint
from gateway.site.private import private_page
from gateway.views.booking import read_booking
from services.kernel.web import allowed, caller

PAGE = 100  # nobody has more than that before her


@blueprint.get("/bookings")
@allowed("person")
@private_page
def bookings() -> str:
    """What is coming, soonest first; then what is over or was cancelled, the latest first."""
    cursor = request.args.get("cursor")
    midnight = datetime.combine(centre_now(), time.min, current_centre().zone).isoformat()
    earlier = _ask(to=midnight, order="desc", cursor=cursor)
    later = [] if cursor else _ask(**{"from": midnight, "order": "asc"})["items"]
    views = [
        read_booking(item, current_centre().zone, centre_now()) for item in [*earlier["items"][::-1], *later]
    ]
    return render_template(
        "site/bookings.html",
        upcoming=[view for view in views if view.holds and not view.is_over],
        past=[view for view in reversed(views) if not view.holds or view.is_over],
        cursor=earlier["next"],
        is_first=cursor is None,
    )


def _ask(**filters: Any) -> dict[str, Any]:
    return backends.booking().reservations(mine="true", limit=PAGE, caller=caller(), **filters)
