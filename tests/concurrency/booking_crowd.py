"""A running booking service, and people who book there at the same time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import urllib3

from services.kernel.caller import Caller, CallerSigner, generate_keypair
from tests.support.running import CHECKOUT, run_command, running_service

CENTRE = CHECKOUT / "tests" / "centres" / "always-open.yaml"
FIRST_HOUR = (datetime.now(UTC) + timedelta(days=7)).replace(hour=6, minute=0, second=0, microsecond=0)
MAX_TIME = 60  # seconds a client waits: a crowd may queue, but it is always answered


@dataclass(frozen=True)
class Answer:
    """What a client was told."""

    status: int
    body: dict[str, Any]


@dataclass(frozen=True)
class BookingCrowd:
    """Clients of one booking service; each call is a request of its own connection pool."""

    address: str
    database_url: str
    signer: CallerSigner
    http: urllib3.PoolManager

    def post(self, path: str, caller: Caller, body: Any = None, **headers: str) -> Answer:
        """POST as `caller`; header names with underscores for hyphens."""
        return self._request("POST", path, caller, body, headers)

    def get(self, path: str, caller: Caller) -> Answer:
        """GET as `caller`."""
        return self._request("GET", path, caller, None, {})

    def book(
        self, caller: Caller, start: datetime, minutes: int, *, room: str = "hall", **headers: str
    ) -> Answer:
        """Ask for a room from `start` for `minutes`."""
        body = {
            "room_id": room,
            "start": start.isoformat(),
            "end": (start + timedelta(minutes=minutes)).isoformat(),
            "purpose": "Zebranie",
            "title": "Zebranie",
            "participants": 5,
            "contact": {"name": "Osoba Testowa", "email": "osoba@demo.test"},
            "language": "pl",
        }
        return self.post("/api/v1/reservations", caller, body, **headers)

    def _request(self, method: str, path: str, caller: Caller, body: Any, headers: dict[str, str]) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent["Authorization"] = f"Bearer {self.signer.sign(caller, 'booking')}"
        answer = self.http.request(method, self.address + path, json=body, headers=sent, timeout=MAX_TIME)
        return Answer(answer.status, answer.json())


def person(name: str | None = None) -> Caller:
    """Someone with an account."""
    return Caller(subject=name or str(uuid4()), roles=frozenset({"person"}), language="pl")


def staff() -> Caller:
    """Someone who works at the centre."""
    return Caller(subject=str(uuid4()), roles=frozenset({"person", "staff"}), language="pl")


@contextmanager
def booking_crowd(database_url: str, redis_url: str, folder: Path) -> Iterator[BookingCrowd]:
    """Two processes of eight threads on a migrated database that knows the test centre."""
    private, public = generate_keypair()
    environment = {
        "BOOKING_DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "CAMP_CENTRE": str(CENTRE),
        "CAMP_PUBLIC_URL": "http://camp.test",
        "BOOKING_LINK_SECRET": "a secret of the race tests, long enough",
        "CALLER_PUBLIC_KEYS": json.dumps({"gateway": public}),
    }
    run_command(["services.booking.cli", "migrate"], environment)
    run_command(["services.booking.cli", "load-centre", str(CENTRE)], environment)
    log = folder / "booking.log"
    with (
        running_service("services.booking.wsgi", environment, log) as address,
        urllib3.PoolManager(num_pools=2, maxsize=64, retries=False) as http,
    ):
        yield BookingCrowd(address, database_url, CallerSigner(private, "gateway"), http)
