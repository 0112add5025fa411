"""Booking, as the pages call it. Every call raises the problem that the service told, or that it is away."""

from typing import Any
from urllib.parse import quote, urlencode

from services.kernel.caller import Caller
from services.kernel.http import HttpClient

Json = dict[str, Any]
_ROOT = "/api/v1"


class BookingClient:
    """Calls the booking service for a caller."""

    def __init__(self, http: HttpClient) -> None:
        self._http = http

    def centre(self, *, caller: Caller) -> Json:
        """The centre's names, time zone and contact."""
        return self._get("/centre", caller)

    def rooms(self, *, caller: Caller) -> list[Json]:
        """All rooms, in the centre's order."""
        rooms: list[Json] = []
        cursor: str | None = None
        while True:
            page = self._get("/rooms", caller, limit=200, cursor=cursor)
            rooms += page["items"]
            cursor = page["next"]
            if cursor is None:
                return rooms

    def room(self, slug: str, *, caller: Caller) -> Json:
        """One room."""
        return self._get(f"/rooms/{_part(slug)}", caller)

    def availability(self, slug: str, first: str, last: str, *, caller: Caller) -> Json:
        """What is free of a room from one date to another, both included."""
        return self._get(f"/rooms/{_part(slug)}/availability", caller, **{"from": first, "to": last})

    def check(self, body: Json, *, caller: Caller) -> Json:
        """Every clash and broken rule of a reservation that is not made."""
        return self._post("/reservations/check", body, caller)

    def create(self, body: Json, *, idempotency_key: str, caller: Caller) -> Json:
        """Make a reservation, once for each key."""
        return self._post("/reservations", body, caller, {"Idempotency-Key": idempotency_key})

    def reservations(self, *, caller: Caller, **filters: Any) -> Json:
        """A page of reservations that the caller may see."""
        return self._get("/reservations", caller, **filters)

    def reservation(self, reservation_id: str, *, key: str | None = None, caller: Caller) -> Json:
        """One reservation, for its owner, staff, or whoever has the key from the mail."""
        answer = self._http.call(
            "GET", f"{_ROOT}/reservations/{_part(reservation_id)}", caller=caller, headers=_key(key)
        )
        found: Json = answer.json()
        return found

    def confirm(self, reservation_id: str, *, key: str | None = None, caller: Caller) -> Json:
        """Confirm what was booked without an account."""
        return self._act(reservation_id, "confirm", {}, caller, key)

    def cancel(
        self, reservation_id: str, *, key: str | None = None, reason: str = "", caller: Caller
    ) -> Json:
        """Cancel a reservation."""
        return self._act(reservation_id, "cancel", {"reason": reason} if reason else {}, caller, key)

    def approve(self, reservation_id: str, *, caller: Caller) -> Json:
        """Approve a request."""
        return self._act(reservation_id, "approve", {}, caller)

    def decline(self, reservation_id: str, *, reason: str, caller: Caller) -> Json:
        """Decline a request, with the reason that its owner is told."""
        return self._act(reservation_id, "decline", {"reason": reason}, caller)

    def outbox(self, *, caller: Caller) -> Json:
        """What booking has still to tell."""
        return self._get("/outbox", caller)

    def _act(
        self, reservation_id: str, verb: str, body: Json, caller: Caller, key: str | None = None
    ) -> Json:
        return self._post(f"/reservations/{_part(reservation_id)}/{verb}", body, caller, _key(key))

    def _get(self, path: str, caller: Caller, **query: Any) -> Json:
        given = {name: value for name, value in query.items() if value is not None}
        address = _ROOT + path + (f"?{urlencode(given)}" if given else "")
        found: Json = self._http.call("GET", address, caller=caller).json()
        return found

    def _post(self, path: str, body: Json, caller: Caller, headers: dict[str, str] | None = None) -> Json:
        answer = self._http.call("POST", _ROOT + path, caller=caller, json_body=body, headers=headers)
        found: Json = answer.json()
        return found


def _part(text: str) -> str:
    return quote(text, safe="")


def _key(key: str | None) -> dict[str, str]:
    return {"Reservation-Key": key} if key else {}
