"""Booking, confirming, deciding, cancelling and lapsing in random order, against a model in plain lists."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from services.booking.app import NAME, compose
from services.booking.domain.link import derive_key
from services.booking.jobs.scans import ScanParts, due_work
from services.kernel.caller import CallerVerifier
from services.kernel.claims import Claim
from services.kernel.database import Database
from services.kernel.queue import Queues
from tests.support.booking import LINKS, NOW, PUBLIC, BookingApi, MovingClock, migrate_and_load
from tests.support.stores import Stores

HOLD = timedelta(minutes=60)
BUFFERS = {"annex": (30, 15)}  # minutes before and after
DECIDED_BY_STAFF = {"studio", "club"}
COMPETING = {"club"}
MORNING = datetime.fromisoformat("2026-11-25T08:00:00+01:00")

books = st.tuples(
    st.just("book"),
    st.sampled_from(["anonymous", "person", "staff"]),
    st.sampled_from(["hall", "annex", "studio", "club"]),
    st.integers(0, 12),  # half hours after the morning
    st.integers(1, 4),  # half hours
)
# of the latest reservations: so that one is decided several times, and late
decides = st.tuples(st.sampled_from(["confirm", "cancel", "approve", "decline"]), st.integers(0, 3))
waits = st.tuples(st.just("wait"), st.sampled_from([10, 35, 61]))
scans = st.tuples(st.just("scan"))
scripts = st.lists(st.one_of(books, books, decides, decides, decides, waits, scans), min_size=20, max_size=40)


@dataclass
class Expected:
    """A reservation as it should stand; `keeps` says whether it has a claim, lapsed or not."""

    room: str
    starts: datetime
    ends: datetime
    status: str
    awaiting: str | None
    keeps: bool
    confirm_by: datetime | None = None
    id: str = ""

    def late(self, now: datetime) -> bool:
        """Whether its guest did not confirm it in time."""
        return self.awaiting == "email" and self.confirm_by is not None and self.confirm_by <= now

    def shown(self, now: datetime) -> str:
        """The status that people are told."""
        return "expired" if self.late(now) else self.status

    def held_until(self) -> datetime | None:
        """When its claim lapses; None for one that lasts."""
        return self.confirm_by if self.awaiting == "email" else None

    def end(self, status: str) -> None:
        """It is over: the room is free."""
        self.status, self.awaiting, self.keeps = status, None, False

    def stand(self) -> None:
        """Nothing more is awaited."""
        self.status, self.awaiting, self.keeps = "confirmed", None, True


@dataclass
class Model:
    """What the service should do, told in lists and loops."""

    now: datetime = NOW
    made: list[Expected] = field(default_factory=list)

    def stands_in_the_way(self, wanted: Expected) -> bool:
        """Whether some other claim overlaps the one wanted; a lapsed hold does not."""
        return any(
            other.keeps and not other.late(self.now) and overlap(wanted, other)
            for other in self.made
            if other is not wanted
        )

    def book(self, who: str, wanted: Expected) -> int:
        """The answer's status; a reservation that is made is added."""
        by_staff = wanted.room in DECIDED_BY_STAFF and who != "staff"
        if self.stands_in_the_way(wanted):
            return 409
        if who == "anonymous":
            wanted.status, wanted.awaiting, wanted.confirm_by = "requested", "email", self.now + HOLD
        elif by_staff:
            wanted.status, wanted.awaiting = "requested", "staff"
        wanted.keeps = not (by_staff and wanted.room in COMPETING)
        self.made.append(wanted)
        return 201

    def confirm(self, one: Expected) -> int:
        """By the mailed link."""
        if one.late(self.now) or one.status == "expired":
            return 410
        if one.status in ("cancelled", "declined"):
            return 409
        if one.awaiting == "email" and one.room in DECIDED_BY_STAFF:
            one.awaiting = "staff"
        elif one.awaiting == "email":
            one.stand()
        return 200

    def cancel(self, one: Expected) -> int:
        """By staff."""
        if one.status in ("declined", "expired"):
            return 409
        one.end("cancelled")
        return 200

    def approve(self, one: Expected) -> int:
        """By staff; a request that competed must find its room free."""
        if one.status == "confirmed":
            return 200
        if one.awaiting != "staff" or (one.room in COMPETING and self.stands_in_the_way(one)):
            return 409
        one.stand()
        return 200

    def decline(self, one: Expected) -> int:
        """By staff."""
        if one.status == "declined":
            return 200
        if one.awaiting != "staff":
            return 409
        one.end("declined")
        return 200

    def scan(self) -> None:
        """What was not confirmed in time is over."""
        for one in self.made:
            if one.late(self.now):
                one.end("expired")


@dataclass
class Service:
    """The real thing."""

    api: BookingApi
    database: Database
    clock: MovingClock

    def book(self, who: str, wanted: Expected) -> int:
        """Ask for it; remember its id."""
        times = {"start": wanted.starts.isoformat(), "end": wanted.ends.isoformat()}
        answer = self.api.book(who, room_id=wanted.room, participants=5, **times)
        wanted.id = answer.json.get("id", "")
        return answer.status_code

    def decide(self, what: str, one: Expected) -> int:
        """Confirm by the link, or do as staff."""
        key = derive_key(LINKS.secret, UUID(one.id), 1)
        who = "anonymous" if what == "confirm" else "staff"
        body = {"reason": "Powód"} if what == "decline" else {}
        path = f"/reservations/{one.id}/{what}"
        return self.api.post(who, path, body, key=key if what == "confirm" else None).status_code

    def scan(self) -> None:
        """Do what is due."""
        due_work(ScanParts(self.database, self.clock, LINKS))


def overlap(one: Expected, other: Expected) -> bool:
    """Whether the claims of two reservations overlap, buffers included."""
    before, after = (timedelta(minutes=minutes) for minutes in BUFFERS.get(one.room, (0, 0)))
    return (
        one.room == other.room
        and one.starts - before < other.ends + after
        and other.starts - before < one.ends + after
    )


@contextmanager
def service(stores: Stores, store_name: str) -> Iterator[Service]:
    """A service with an empty calendar."""
    with stores.migrated(store_name, "booking with a centre", migrate_and_load) as url:
        database, clock = Database(url), MovingClock()
        verifier = CallerVerifier({"gateway": PUBLIC}, NAME)
        app = compose(database, clock, verifier, Queues("redis://127.0.0.1:1/0"), LINKS)
        try:
            yield Service(BookingApi(app.test_client()), database, clock)
        finally:
            database.dispose()


def run(real: Service, model: Model, step: tuple[Any, ...]) -> None:
    """Do one step on both and compare what they answer."""
    match step:
        case ("book", who, room, after, length):
            starts = MORNING + after * timedelta(minutes=30)
            wanted = Expected(room, starts, starts + length * timedelta(minutes=30), "confirmed", None, True)
            assert (step, real.book(who, wanted)) == (step, model.book(who, wanted))
        case ("wait", minutes):
            real.clock.move(minutes=minutes)
            model.now = real.clock()
        case ("scan",):
            real.scan()
            model.scan()
        case (what, number) if model.made:
            one = model.made[-1 - number % len(model.made)]
            assert (step, real.decide(what, one)) == (step, getattr(model, what)(one))


def compare(real: Service, model: Model) -> None:
    """What people are told, and what the database keeps, is what the model says."""
    for one in model.made:
        told = real.api.get("staff", f"/reservations/{one.id}").json
        assert told["status"] == one.shown(model.now)
        assert told["awaiting"] == (None if one.late(model.now) else one.awaiting)
    with real.database.reading() as session:
        claims = session.scalars(select(Claim).where(Claim.active)).all()
    kept = [claim for claim in claims if claim.expires_at is None or claim.expires_at > model.now]
    expected = [one for one in model.made if one.keeps and not one.late(model.now)]
    assert {(str(claim.owner_id), claim.kind, claim.expires_at) for claim in kept} == {
        (one.id, "hold" if one.awaiting == "email" else "reservation", one.held_until()) for one in expected
    }
    owners = [str(claim.owner_id) for claim in claims]
    assert len(set(owners)) == len(owners)  # never two for one reservation
    assert set(owners) <= {one.id for one in model.made if one.keeps}  # nor one that was given back


def check_script(stores: Stores, store_name: str, script: list[tuple[Any, ...]]) -> None:
    """Run a script on the service and on the model."""
    with service(stores, store_name) as real:
        model = Model()
        for step in script:
            run(real, model, step)
        compare(real, model)


@given(script=scripts)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_service_does_as_the_model(
    stores: Stores, store_name: str, script: list[tuple[Any, ...]]
) -> None:
    check_script(stores, store_name, script)


@pytest.mark.slow
@given(script=scripts)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_service_does_as_the_model_at_length(
    stores: Stores, store_name: str, script: list[tuple[Any, ...]]
) -> None:
    check_script(stores, store_name, script)
