"""Telling people: message requests and events, recorded with the change that they tell of."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from services.booking.db.models import CentreRow, Reservation
from services.booking.domain.calendar import Invitation, Method, Party, build_calendar
from services.booking.domain.texts import text_in
from services.booking.events import MESSAGE_REQUESTED, RESERVATION_CHANGED
from services.booking.usecases.links import Links
from services.kernel.ids import new_id
from services.kernel.outbox import record


def tell_change(session: Session, reservation: Reservation, *, now: datetime) -> None:
    """Record that the reservation has another status."""
    payload = {"id": str(reservation.id), "status": reservation.status}
    record(session, RESERVATION_CHANGED, payload, now=now)


def tell_person(
    session: Session,
    reservation: Reservation,
    template: str,
    *,
    centre: CentreRow,
    links: Links,
    now: datetime,
    calendar: Method | None = None,
    not_after: datetime | None = None,
    **more: str,
) -> None:
    """Request a message to the reservation's contact, in its language, perhaps with a calendar entry.

    Someone without e-mail is requested one all the same: the log then shows that nothing was sent.
    """
    payload: dict[str, Any] = {
        "message_id": str(new_id()),
        "template": template,
        "recipient": {
            "name": reservation.contact_name,
            "email": reservation.contact_email,
            "phone": reservation.contact_phone,
        },
        "language": reservation.language,
        "params": {**_params(reservation, centre, links), **more},
        "ics": None,
        "reservation_id": str(reservation.id),
        "not_after": not_after.isoformat() if not_after else None,
    }
    if calendar is not None and reservation.contact_email:
        content = build_calendar(_invitation(reservation, centre, links, now), calendar)
        payload["ics"] = {"method": calendar, "content": content}
    record(session, MESSAGE_REQUESTED, payload, now=now)


def _params(reservation: Reservation, centre: CentreRow, links: Links) -> dict[str, str]:
    zone = ZoneInfo(centre.time_zone)
    return {
        "centre_name": text_in(centre.name, reservation.language),
        "room_name": text_in(reservation.room.name, reservation.language),
        "building_address": str(reservation.room.building["address"]),
        "starts_at": reservation.starts_at.astimezone(zone).isoformat(),
        "ends_at": reservation.ends_at.astimezone(zone).isoformat(),
        "time_zone": centre.time_zone,
        "title": reservation.title,
        "link": links.to(reservation),
    }


def _invitation(reservation: Reservation, centre: CentreRow, links: Links, now: datetime) -> Invitation:
    room_name = text_in(reservation.room.name, reservation.language)
    return Invitation(
        reservation_id=reservation.id,
        centre_slug=centre.slug,
        sequence=reservation.sequence,
        stamp=now,
        slot=reservation.slot,
        summary=f"{reservation.title} – {room_name}" if reservation.title else room_name,
        location=f"{room_name}, {reservation.room.building['address']}",
        organizer=Party(text_in(centre.contact["name"], reservation.language), centre.contact["email"]),
        attendee=Party(reservation.contact_name, reservation.contact_email or ""),
        url=links.to(reservation),
    )
