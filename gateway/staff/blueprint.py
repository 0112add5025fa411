"""The blueprint that the staff's pages hang on, and what all of them show."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask_babel import gettext

from gateway.staff.waiting import count_waiting_requests

blueprint = Blueprint("staff", __name__, url_prefix="/staff")

FAMILIES = {
    "staff.today": {"staff.today"},
    "staff.requests": {"staff.requests", "staff.decline", "staff.approve"},
    "staff.outbox": {"staff.outbox", "staff.delivery"},
}
"""Each entry of the navigation, with the pages on which it is the current one."""


@blueprint.context_processor
def staff_context() -> dict[str, Any]:
    """The navigation, with the number of requests that wait."""
    names = {
        "staff.today": gettext("Today and this week"),
        "staff.requests": gettext("Requests"),
        "staff.outbox": gettext("Messages"),
    }
    return {
        "staff_rooms": list(names.items()),
        "staff_family": FAMILIES,
        "waiting_requests": count_waiting_requests(),
    }
