"""A guest's confirmation against the lapse of her hold: the hours go to her or to the next, never to both."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from services.booking.db.models import Reservation
from services.kernel.caller import Caller
from services.kernel.claims import Claim
from services.kernel.database import Database
from services.kernel.outbox import OutboxEvent
from tests.concurrency.booking_crowd import FIRST_HOUR, Answer, BookingCrowd, booking_crowd, person
from tests.concurrency.crowd import at_once

pytestmark = pytest.mark.slow

ROUNDS = 8
CONFIRMING, BOOKING = 4, 12
BOOKED_AROUND, CONFIRMED_AROUND = 0.2, 0.02  # seconds before and after the moment over which they come
SHIFT = 0.02  # from round to round the guest comes later: well before the lapse, at it, well after it


@pytest.fixture
def crowd(store: str, valkey_url: str, tmp_path: Path) -> Iterator[BookingCrowd]:
    with booking_crowd(store, valkey_url, tmp_path) as running:
        yield running


@pytest.fixture
def database(crowd: BookingCrowd) -> Iterator[Database]:
    """The service's own database, to look into and to bring a lapse near."""
    opened = Database(crowd.database_url)
    yield opened
    opened.dispose()


def test_a_lapsing_hold_is_confirmed_or_given_to_one_other(crowd: BookingCrowd, database: Database) -> None:
    guest = Caller(language="pl")
    for number in range(ROUNDS):
        start = FIRST_HOUR + timedelta(hours=2 * number)
        held = crowd.book(guest, start, 60)
        assert (held.status, held.body["awaiting"]) == (201, "email")
        path = f"/api/v1/reservations/{held.body['id']}/confirm"
        key = mailed_key(database, held.body["id"])
        lapse = bring_lapse_near(database, UUID(held.body["id"]))

        def confirm(path: str = path, key: str = key) -> Answer:
            return crowd.post(path, guest, {}, Reservation_Key=key)

        def book(start: datetime = start) -> Answer:
            return crowd.book(person(), start, 60)

        guests_moment = lapse + timedelta(seconds=SHIFT * (number - ROUNDS // 2))
        answers = at_once(
            spread([confirm] * CONFIRMING, guests_moment, CONFIRMED_AROUND)
            + spread([book] * BOOKING, lapse, BOOKED_AROUND)
        )
        confirmed = {answer.status for answer in answers[:CONFIRMING]}
        booked = [answer.status for answer in answers[CONFIRMING:]]
        assert confirmed <= {200, 410}, answers
        assert set(booked) <= {201, 409}, answers
        # Where all others came before the lapse and the guest after it, nobody has the room.
        assert (200 in confirmed) + booked.count(201) <= 1, f"round {number}: {answers}"
        assert_one_lasting_claim_at_most(database, start)


def spread(acts: list[Callable[[], Answer]], moment: datetime, around: float) -> list[Callable[[], Answer]]:
    """The acts, one after the other from `around` seconds before the moment until as long after it."""

    def at(act: Callable[[], Answer], when: datetime) -> Callable[[], Answer]:
        def wait_and_act() -> Answer:
            time.sleep(max(0.0, (when - datetime.now(UTC)).total_seconds()))
            return act()

        return wait_and_act

    step = 2 * around / max(1, len(acts) - 1)
    return [at(act, moment + timedelta(seconds=index * step - around)) for index, act in enumerate(acts)]


def mailed_key(database: Database, reservation_id: str) -> str:
    """The key in the link that the guest is mailed."""
    with database.reading() as session:
        payloads = session.scalars(
            select(OutboxEvent.payload).where(OutboxEvent.type == "message.requested")
        ).all()
    (link,) = [each["params"]["link"] for each in payloads if each["reservation_id"] == reservation_id]
    return parse_qs(urlsplit(link).query)["key"][0]


def bring_lapse_near(database: Database, reservation_id: UUID) -> datetime:
    """Let the hold lapse in a moment; when. Nobody can wait the shortest time that a centre may give."""
    lapse = datetime.now(UTC) + timedelta(seconds=0.5)

    def shorten(session) -> None:  # type: ignore[no-untyped-def]
        session.execute(update(Reservation).where(Reservation.id == reservation_id).values(confirm_by=lapse))
        session.execute(update(Claim).where(Claim.owner_id == reservation_id).values(expires_at=lapse))

    database.write(shorten)
    return lapse


def assert_one_lasting_claim_at_most(database: Database, start: datetime) -> None:
    """By queries of its own: those who were told that they have the room have its claim, and nobody else."""
    with database.reading() as session:
        owners = session.scalars(
            select(Claim.owner_id).where(Claim.active, Claim.starts_at == start, Claim.expires_at.is_(None))
        ).all()
        confirmed = session.scalars(
            select(Reservation.id).where(Reservation.starts_at == start, Reservation.status == "confirmed")
        ).all()
        total = session.scalar(
            select(func.count()).select_from(Claim).where(Claim.active, Claim.starts_at == start)
        )
    assert list(owners) == list(confirmed)
    assert total is not None
    assert len(owners) <= 1
    assert total <= 1
