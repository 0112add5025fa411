"""Sample parameters of each template, for previews and tests."""

from typing import Any

RESERVATION = {
    "room_name": "Sala Dębowa",
    "building_address": "ul. Przykładowa 1, 61-001 Poznań",
    "starts_at": "2026-11-26T17:00:00+01:00",
    "ends_at": "2026-11-26T19:00:00+01:00",
    "title": "Zebranie członków „Zielone Podwórko”",
    "link": "https://camp.example/bookings/01990000-0000-7000-8000-000000000001",
}
WITH_KEY = {"link": f"{RESERVATION['link']}?key=c2FtcGxlLWtleQ"}

SAMPLES: dict[str, dict[str, Any]] = {
    "reservation_confirm_link": RESERVATION | WITH_KEY | {"confirm_by": "2026-11-20T11:05:00+01:00"},
    "reservation_requested": RESERVATION,
    "reservation_confirmed": RESERVATION,
    "reservation_cancelled": RESERVATION | {"reason": "Awaria ogrzewania. Przepraszamy!"},
    "reservation_declined": RESERVATION | {"reason": "W tym czasie sala służy szkoleniu."},
    "reservation_reminder": RESERVATION,
    "reservation_expired": RESERVATION,
}
