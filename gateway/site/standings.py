"""Where rooms stand, asked of booking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gateway import backends
from gateway.centre_info import centre_now, current_centre
from gateway.views.standing import UNKNOWN, Standing, standing_on, standing_today
from gateway.views.week import read_day
from services.kernel.errors import Problem
from services.kernel.logs import get_logger
from services.kernel.web import caller

log = get_logger(__name__)


def find_standing(room: Mapping[str, Any], day: date | None) -> Standing:
    """Where the room stands today, or on `day`; unknown while its hours cannot be read."""
    now = centre_now()
    asked = day or now.date()
    try:
        availability = backends.booking().availability(room["slug"], str(asked), str(asked), caller=caller())
    except Problem as problem:
        log.warning("standing_unknown", room=room["slug"], code=problem.code)
        return UNKNOWN
    view = read_day(availability["days"][0], room["policy"], current_centre().zone, now)
    return standing_today(view, now) if asked == now.date() else standing_on(view)
