"""A reservation as its owner or the staff see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gateway.views.moments import Span, moment, span

STATE_COLOURS = {
    "confirmed": "free",
    "checked_in": "free",
    "requested": "partial",
    "settling": "partial",
    "completed": "closed",
    "declined": "full",
    "cancelled": "closed",
    "expired": "closed",
    "no_show": "full",
}
CANCELLABLE = {"requested", "confirmed", "settling"}


@dataclass(frozen=True, slots=True)
class BookingView:
    """The reservation's own fields stay in `data`; the rest is what pages decide by."""

    data: Mapping[str, Any]
    when: Span
    confirm_by: datetime | None
    is_over: bool

    @property
    def id(self) -> str:
        """The reservation's id."""
        return str(self.data["id"])

    @property
    def standing(self) -> str:
        """The state that a person is told; a request says for whom it waits."""
        status = str(self.data["status"])
        if status == "requested" and self.data.get("awaiting") == "email":
            return "awaiting_email"
        return status

    @property
    def colour(self) -> str:
        """The class of the state's badge."""
        return STATE_COLOURS.get(str(self.data["status"]), "closed")

    @property
    def may_confirm(self) -> bool:
        """Whether the owner has still to confirm it."""
        return self.standing == "awaiting_email" and not self.is_over

    @property
    def may_cancel(self) -> bool:
        """Whether it can be cancelled at all."""
        return self.data["status"] in CANCELLABLE and not self.is_over

    @property
    def may_decide(self) -> bool:
        """Whether it waits for the staff."""
        return self.data["status"] == "requested" and self.data.get("awaiting") == "staff"

    @property
    def holds(self) -> bool:
        """Whether it stands, or may still come to stand."""
        return self.data["status"] not in {"declined", "cancelled", "expired"}


def read_booking(data: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> BookingView:
    """The view of a reservation as the API tells it."""
    confirm_by = data.get("confirm_by")
    when = span(data, zone)
    return BookingView(
        data=data,
        when=when,
        confirm_by=moment(confirm_by, zone) if confirm_by else None,
        is_over=when.end <= now,
    )
