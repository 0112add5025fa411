"""Rows and values as the shapes that the schemas dump, on the centre's clock."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.booking.db.models import Reservation
from services.booking.domain.availability import Day
from services.booking.domain.interval import Interval
from services.booking.domain.reservation import Status
from services.booking.usecases.explain_clash import Offer
from services.booking.usecases.occupancy import Occupancy


def shape_reservation(reservation: Reservation, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """A reservation; one that was not confirmed in time is shown as expired before the scan ends it."""
    lapsed = reservation.awaits_email and reservation.confirm_by is not None and reservation.confirm_by <= now
    return {
        **{name: getattr(reservation, name) for name in _SAME},
        "room": {"slug": reservation.room.slug, "name": reservation.room.name},
        "start": reservation.starts_at.astimezone(zone),
        "end": reservation.ends_at.astimezone(zone),
        "status": Status.EXPIRED if lapsed else reservation.status,
        "awaiting": None if lapsed else reservation.awaiting,
        "confirm_by": reservation.confirm_by and reservation.confirm_by.astimezone(zone),
        "created_at": reservation.created_at.astimezone(zone),
        "contact": {
            "name": reservation.contact_name,
            "email": reservation.contact_email,
            "phone": reservation.contact_phone,
        },
    }


def shape_day(day: Day, zone: ZoneInfo) -> dict[str, Any]:
    """One day of availability."""
    return {
        "date": day.date,
        "state": day.state,
        "open": [shape_span(span, zone) for span in day.open],
        "free": [shape_span(span, zone) for span in day.free],
        "busy": [shape_span(span, zone) for span in day.busy],
    }


def shape_span(span: Interval, zone: ZoneInfo) -> dict[str, datetime]:
    """Start and end on the centre's clock."""
    return {"start": span.start.astimezone(zone), "end": span.end.astimezone(zone)}


def shape_clash(clash: Occupancy, zone: ZoneInfo) -> dict[str, Any]:
    """When the room is kept; never by whom or why."""
    return {"kind": clash.kind, "detail": _DETAILS[clash.kind], **shape_span(clash.interval, zone)}


def shape_offer(offer: Offer, zone: ZoneInfo) -> dict[str, Any]:
    """An alternative: the room and the time."""
    room, alternative = offer
    return {
        "room_id": room.id,
        "room": {"slug": room.slug, "name": room.name},
        **shape_span(alternative.slot, zone),
    }


_DETAILS = {"claim": "The room is taken.", "block": "The room is closed for booking."}
_SAME = (
    "id",
    "room_id",
    "whole_day",
    "title",
    "purpose",
    "public_title",
    "participants",
    "layout",
    "organization_id",
    "charges_participants",
    "language",
    "cancel_reason",
    "decision_reason",
    "version",
)
