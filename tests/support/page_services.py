"""Services that stand in for the real ones when only pages are tested; they answer from memory."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from services.kernel.caller import Caller
from services.kernel.errors import NotFound, Problem

ZONE = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 24, 11, 20, tzinfo=ZONE)  # a Tuesday
TODAY = NOW.date()
OPEN_HOURS = (8, 22)


def at(day: date, hour: int, minute: int = 0) -> str:
    """An instant of the centre's clock as the API writes it; 24 is the midnight after."""
    naive = datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute)
    return naive.replace(tzinfo=ZONE).isoformat()


def texts(text: str) -> dict[str, str]:
    """A name that is told apart by language."""
    return {"pl": f"{text} pl", "en": f"{text} en", "uk": f"{text} uk"}


def make_room(number: int, slug: str, capacity: int, **policy: Any) -> dict[str, Any]:
    """A room as the API shows it."""
    rules = {
        "start_step_minutes": 30,
        "min_minutes": 30,
        "max_minutes": 720,
        "whole_day": True,
        "lead_time": {"hours": 0},
        "horizon_days": 180,
        "buffer_before_minutes": 0,
        "buffer_after_minutes": 0,
        "approval": "none",
    }
    return {
        "id": str(UUID(int=number)),
        "slug": slug,
        "name": texts(slug),
        "description": texts(f"about {slug}"),
        "building": {"slug": "house", "name": texts("house"), "address": "Street 1"},
        "capacity": capacity,
        "layouts": [{"slug": "theatre", "name": texts("rows"), "capacity": capacity}],
        "features": [{"slug": "projector", "name": texts("projector")}] if number == 1 else [],
        "accessibility": [{"slug": "lift", "name": texts("lift")}],
        "photos": [],
        "policy": {**rules, **policy},
        "version": 1,
    }


def make_reservation(number: int, **changed: Any) -> dict[str, Any]:
    """A reservation as the API shows it: confirmed, tomorrow from 10 to 12."""
    day = TODAY + timedelta(days=1)
    return {
        "id": str(UUID(int=1000 + number)),
        "room_id": str(UUID(int=1)),
        "room": {"slug": "big", "name": texts("big")},
        "start": at(day, 10),
        "end": at(day, 12),
        "whole_day": False,
        "status": "confirmed",
        "awaiting": None,
        "confirm_by": None,
        "purpose": "Chairs in a circle",
        "title": f"Meeting {number}",
        "participants": 12,
        "organization_id": None,
        "layout": None,
        "charges_participants": False,
        "public_title": None,
        "contact": {"name": "Some Person", "email": "person@example.org", "phone": None},
        "language": "en",
        "version": 1,
        "created_at": at(TODAY, 9),
        "cancel_reason": None,
        "decision_reason": None,
        **changed,
    }


@dataclass
class MemoryBooking:
    """Booking, answering from lists. `refuses` has a problem for a verb; `calls` keeps what was asked."""

    all_rooms: list[dict[str, Any]] = field(
        default_factory=lambda: [make_room(1, "big", 100, approval="staff"), make_room(2, "small", 6)]
    )
    all_reservations: list[dict[str, Any]] = field(default_factory=list)
    busy: list[tuple[int, int]] = field(default_factory=lambda: [(12, 14)])
    refuses: dict[str, Problem] = field(default_factory=dict)
    calls: list[tuple[str, Any]] = field(default_factory=list)

    def centre(self, *, caller: Caller) -> dict[str, Any]:
        """A centre in Poznań's zone."""
        self._note("centre", None)
        contact = {"name": texts("desk"), "email": "desk@example.org", "phone": "+48 600 000 000"}
        return {
            "slug": "centre",
            "name": texts("Centre"),
            "time_zone": "Europe/Warsaw",
            "languages": ["pl", "en", "uk"],
            "contact": {**contact, "address": "Street 1", "url": ""},
            "demo": True,
        }

    def rooms(self, *, caller: Caller) -> list[dict[str, Any]]:
        """All rooms."""
        self._note("rooms", None)
        return deepcopy(self.all_rooms)

    def room(self, slug: str, *, caller: Caller) -> dict[str, Any]:
        """One room."""
        self._note("room", slug)
        return deepcopy(_one(self.all_rooms, "slug", slug))

    def availability(self, slug: str, first: str, last: str, *, caller: Caller) -> dict[str, Any]:
        """Open from 8 to 22 but on Sundays; busy each day at the same hours."""
        self._note("availability", (slug, first, last))
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        days = [self._day(start + timedelta(days=n)) for n in range((end - start).days + 1)]
        return {"room_id": "", "time_zone": "Europe/Warsaw", "days": days}

    def create(self, body: dict[str, Any], *, idempotency_key: str, caller: Caller) -> dict[str, Any]:
        """Confirmed for a person, waiting for the mail to be answered for a guest."""
        self._note("create", (body, idempotency_key, caller))
        status: dict[str, Any] = {"status": "confirmed"}
        if caller.is_anonymous:
            status = {"status": "requested", "awaiting": "email", "confirm_by": at(TODAY, 12, 20)}
        made = make_reservation(99, contact=body["contact"], title=body["title"], **status)
        self.all_reservations.append(made)
        return made

    def reservations(self, *, caller: Caller, **filters: Any) -> dict[str, Any]:
        """Those with the status asked for, which start in the time asked for, in order of their start."""
        self._note("reservations", filters)
        wanted, first, end = filters.get("status"), filters.get("from", ""), filters.get("to", "9999")
        found = [
            item
            for item in self.all_reservations
            if wanted in (None, item["status"]) and first <= item["start"] < end
        ]
        found.sort(key=lambda item: item["start"], reverse=filters.get("order") == "desc")
        return {"items": deepcopy(found), "next": None}

    def reservation(self, reservation_id: str, *, key: str | None = None, caller: Caller) -> dict[str, Any]:
        """One, for staff or with the key `right`."""
        self._note("reservation", (reservation_id, key))
        if key != "right" and caller.is_anonymous:
            raise NotFound()
        return deepcopy(_one(self.all_reservations, "id", reservation_id))

    def confirm(self, reservation_id: str, *, key: str | None = None, caller: Caller) -> dict[str, Any]:
        """Confirm."""
        return self._turn("confirm", reservation_id, key, "confirmed")

    def cancel(
        self, reservation_id: str, *, key: str | None = None, reason: str = "", caller: Caller
    ) -> dict[str, Any]:
        """Cancel."""
        return self._turn("cancel", reservation_id, (key, reason), "cancelled")

    def approve(self, reservation_id: str, *, caller: Caller) -> dict[str, Any]:
        """Approve."""
        return self._turn("approve", reservation_id, None, "confirmed")

    def decline(self, reservation_id: str, *, reason: str, caller: Caller) -> dict[str, Any]:
        """Decline."""
        return self._turn("decline", reservation_id, reason, "declined")

    def outbox(self, *, caller: Caller) -> dict[str, Any]:
        """One event that waits."""
        self._note("outbox", None)
        event = {"id": str(UUID(int=7)), "type": "message.requested", "created_at": at(TODAY, 11)}
        waiting = {**event, "state": "pending", "attempts": 0, "last_error": None}
        return {"waiting": 1, "oldest_seconds": 95, "items": [waiting], "next": None}

    def asked(self, verb: str) -> list[Any]:
        """What was asked of one verb, in order."""
        return [what for name, what in self.calls if name == verb]

    def _turn(self, verb: str, reservation_id: str, what: Any, status: str) -> dict[str, Any]:
        self._note(verb, (reservation_id, what))
        found = _one(self.all_reservations, "id", reservation_id)
        found.update(status=status, awaiting=None)
        return deepcopy(found)

    def _note(self, verb: str, what: Any) -> None:
        self.calls.append((verb, what))
        if verb in self.refuses:
            raise self.refuses[verb]

    def _day(self, day: date) -> dict[str, Any]:
        if day.weekday() == 6:
            return {"date": day.isoformat(), "state": "closed", "open": [], "free": [], "busy": []}
        free, begin = [], OPEN_HOURS[0]
        for start, end in self.busy:
            free.append((begin, start))
            begin = end
        free.append((begin, OPEN_HOURS[1]))
        free = [(start, end) for start, end in free if end > start]
        state = "free" if not self.busy else "partial" if free else "full"
        return {
            "date": day.isoformat(),
            "state": state,
            "open": _spans(day, [OPEN_HOURS]),
            "free": _spans(day, free),
            "busy": _spans(day, self.busy),
        }


@dataclass
class MemoryNotifications:
    """The delivery log, answering from a list."""

    all_deliveries: list[dict[str, Any]] = field(default_factory=list)
    refuses: dict[str, Problem] = field(default_factory=dict)
    retried: list[str] = field(default_factory=list)

    def deliveries(self, *, caller: Caller, **filters: Any) -> dict[str, Any]:
        """Those in the state asked for."""
        if "deliveries" in self.refuses:
            raise self.refuses["deliveries"]
        wanted = filters.get("state")
        found = [item for item in self.all_deliveries if wanted in (None, item["state"])]
        return {"items": found, "next": None}

    def delivery(self, delivery_id: str, *, caller: Caller) -> dict[str, Any]:
        """One message."""
        return _one(self.all_deliveries, "id", delivery_id)

    def retry(self, delivery_id: str, *, caller: Caller) -> dict[str, Any]:
        """Note that it was asked for."""
        self.retried.append(delivery_id)
        return _one(self.all_deliveries, "id", delivery_id)


def make_delivery(number: int, **changed: Any) -> dict[str, Any]:
    """A message as the delivery log shows it."""
    return {
        "id": str(UUID(int=2000 + number)),
        "template": "reservation_confirmed",
        "state": "kept",
        "recipient": {"name": "Some Person", "email": "person@example.org", "phone": None},
        "language": "en",
        "subject": f"Confirmed {number}",
        "reservation_id": None,
        "attempts": 1,
        "next_attempt_at": None,
        "last_error": None,
        "created_at": at(TODAY, 9),
        "sent_at": None,
        "erased_at": None,
        "text": "The room is yours.",
        "html": "<p style='color: teal'>The room is yours.</p>",
        "ics": {"method": "REQUEST", "content": "BEGIN:VCALENDAR"},
        **changed,
    }


def _spans(day: date, parts: list[tuple[int, int]]) -> list[dict[str, str]]:
    return [{"start": at(day, start), "end": at(day, end)} for start, end in parts]


def _one(items: list[dict[str, Any]], name: str, value: str) -> dict[str, Any]:
    for item in items:
        if item[name] == value:
            return item
    raise NotFound()
