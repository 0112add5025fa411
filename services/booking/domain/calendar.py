"""A reservation as an iCalendar message (RFC 5545, RFC 5546) that mail programs file by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from icalendar import Calendar, Event, vCalAddress

from services.booking.domain.interval import Interval

Method = Literal["REQUEST", "CANCEL"]
_STATUS: dict[Method, str] = {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Party:
    """A name and an e-mail address in an invitation."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the calendar entry says; texts are already in the recipient's language.

    `sequence` rises with every change of the reservation, so that a later message wins. `stamp` is now.
    """

    reservation_id: UUID
    centre_slug: str
    sequence: int
    stamp: datetime
    slot: Interval
    summary: str
    location: str
    organizer: Party
    attendee: Party
    description: str = ""
    url: str = ""


def event_uid(reservation_id: UUID, centre_slug: str) -> str:
    """The identity of the entry, the same in every message about the reservation."""
    return f"{reservation_id}@{centre_slug}"


def build_calendar(invitation: Invitation, method: Method) -> str:
    """The message, CRLF and folded lines: REQUEST adds or changes the entry, CANCEL takes it away."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{invitation.centre_slug}//Reservations//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_event(invitation, method))
    return calendar.to_ical().decode("utf-8")


def _event(invitation: Invitation, method: Method) -> Event:
    event = Event()
    event.add("uid", event_uid(invitation.reservation_id, invitation.centre_slug))
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamp.astimezone(UTC))
    event.add("dtstart", invitation.slot.start)
    event.add("dtend", invitation.slot.end)
    event.add("summary", invitation.summary)
    event.add("location", invitation.location)
    if invitation.description:
        event.add("description", invitation.description)
    if invitation.url:
        event.add("url", invitation.url)
    event.add("status", _STATUS[method])
    event.add("transp", "OPAQUE")
    event["organizer"] = _address(invitation.organizer)
    event["attendee"] = _attendee(invitation.attendee)
    return event


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.email}")
    if party.name:
        address.params["CN"] = party.name
    return address


def _attendee(party: Party) -> vCalAddress:
    address = _address(party)
    # She made the reservation herself: there is nothing left to accept.
    address.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    return address
