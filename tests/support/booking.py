"""A booking service of a centre made for tests, with people who call it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from services.booking.centre_file import read_booking
from services.booking.db.migrating import migrations_of
from services.booking.usecases.links import Links
from services.booking.usecases.load_centre import load_centre
from services.kernel.caller import Caller, CallerSigner, Membership, generate_keypair, service_caller
from services.kernel.centre import load_centre_file
from services.kernel.claims import Claim
from services.kernel.database import Database
from services.kernel.outbox import OutboxEvent
from tests.support.running import CHECKOUT

CENTRE = CHECKOUT / "tests" / "centres" / "rules-of-all-kinds.yaml"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)  # a Tuesday, ten o'clock in Poznań
LINKS = Links("a secret of the tests, which is long enough", "http://camp.test")
ORGANIZATION = "0190c1f2-7d3e-7a11-8b52-3f1d5c9a0001"
UNVERIFIED = "0190c1f2-7d3e-7a11-8b52-3f1d5c9a0002"
PRIVATE, PUBLIC = generate_keypair()
SIGNER = CallerSigner(PRIVATE, "gateway")
CALLERS = {
    "anonymous": Caller(language="uk"),
    "person": Caller(
        subject="person-1",
        roles=frozenset({"person"}),
        organizations=(Membership(ORGANIZATION, "member", True), Membership(UNVERIFIED, "member", False)),
        language="pl",
    ),
    "other": Caller(subject="person-2", roles=frozenset({"person"}), language="en"),
    "staff": Caller(subject="staff-1", roles=frozenset({"person", "staff"}), language="pl"),
    "admin": Caller(subject="admin-1", roles=frozenset({"person", "admin"}), language="pl"),
    "service": service_caller("notifications"),
}


def migrate(url: str) -> None:
    """Bring an empty database to the newest revision."""
    database = Database(url)
    try:
        migrations_of(database).upgrade()
    finally:
        database.dispose()


def migrate_and_load(url: str) -> None:
    """Bring an empty database to the newest revision and load the test centre."""
    migrate(url)
    database = Database(url)
    centre = load_centre_file(CENTRE)
    definition = read_booking(centre)
    try:
        database.write(lambda session: load_centre(session, centre, definition))
    finally:
        database.dispose()


class MovingClock:
    """A clock that stands until a test moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **time: float) -> None:
        """Let time pass, as `timedelta` counts it."""
        self.now += timedelta(**time)


@dataclass(frozen=True)
class BookingApi:
    """The API as people call it."""

    client: FlaskClient

    def send(self, who: str, method: str, path: str, **options: Any) -> TestResponse:
        """A request under /api/v1 by one of CALLERS; `key` and `headers` go along."""
        headers = {"Authorization": f"Bearer {SIGNER.sign(CALLERS[who], 'booking')}"}
        headers |= options.pop("headers", {})
        if key := options.pop("key", None):
            headers["Reservation-Key"] = key
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def get(self, who: str, path: str, **options: Any) -> TestResponse:
        """GET under /api/v1."""
        return self.send(who, "GET", path, **options)

    def post(self, who: str, path: str, body: Any = None, **options: Any) -> TestResponse:
        """POST under /api/v1."""
        return self.send(who, "POST", path, json={} if body is None else body, **options)

    def book(self, who: str = "person", once: str | None = None, **changes: Any) -> TestResponse:
        """Ask for the hall tomorrow from ten to twelve, or for what `changes` say; `once` is a key."""
        headers = {"Idempotency-Key": once} if once else {}
        return self.post(who, "/reservations", wish(**changes), headers=headers)

    def booked(self, who: str = "person", **changes: Any) -> dict[str, Any]:
        """A reservation that was made."""
        answer = self.book(who, **changes)
        assert answer.status_code == 201, answer.json
        found: dict[str, Any] = answer.json
        return found


def wish(**changes: Any) -> dict[str, Any]:
    """The body of a reservation; a change to None leaves the field out."""
    body = {
        "room_id": "hall",
        "start": at(10),
        "end": at(12),
        "title": "Zebranie zarządu",
        "purpose": "Spotkanie",
        "participants": 12,
        "contact": {"name": "Żaneta Ćwięk", "email": "zaneta@example.org"},
        "language": "pl",
        **changes,
    }
    return {name: value for name, value in body.items() if value is not None}


def at(hour: int, minute: int = 0, *, day: int = 25) -> str:
    """A time in November 2026 on the centre's clock; the 25th is tomorrow."""
    return f"2026-11-{day:02d}T{hour:02d}:{minute:02d}:00+01:00"


def events(database: Database, event_type: str) -> list[dict[str, Any]]:
    """The payloads of recorded events, in order."""
    with database.reading() as session:
        query = select(OutboxEvent).where(OutboxEvent.type == event_type).order_by(OutboxEvent.id)
        return [event.payload for event in session.scalars(query)]


def messages(database: Database) -> list[tuple[str, str | None]]:
    """The template of each message that was asked for, and to what address."""
    asked = events(database, "message.requested")
    return [(payload["template"], payload["recipient"]["email"]) for payload in asked]


def claims(database: Database) -> list[tuple[str, datetime, datetime, datetime | None]]:
    """Every claim by its start: kind, start, end, and when it lapses."""
    with database.reading() as session:
        return [
            (claim.kind, claim.starts_at, claim.ends_at, claim.expires_at)
            for claim in session.scalars(select(Claim).order_by(Claim.starts_at))
        ]


def utc(hour: int, minute: int = 0, day: int = 25) -> datetime:
    """An instant on a day of the month of the tests."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)
