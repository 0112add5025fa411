"""What two people want at once is decided by the database: real processes, both stores."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from services.kernel.database.engines import parse_url
from tests.concurrency.booking_crowd import FIRST_HOUR, Answer, BookingCrowd, booking_crowd, person, staff
from tests.concurrency.crowd import at_once

pytestmark = pytest.mark.slow

ROUNDS, CLIENTS = 20, 50


@pytest.fixture
def crowd(store: str, valkey_url: str, tmp_path: Path) -> Iterator[BookingCrowd]:
    with booking_crowd(store, valkey_url, tmp_path) as running:
        yield running
        assert_claims_are_sound(running.database_url)


def test_one_of_fifty_gets_the_slot(crowd: BookingCrowd) -> None:
    for number in range(ROUNDS):
        start = FIRST_HOUR + timedelta(hours=number)
        answers = at_once([lambda start=start: crowd.book(person(), start, 60)] * CLIENTS)
        assert_one_winner(answers, number)


def test_one_of_fifty_overlapping_slots_is_given(crowd: BookingCrowd) -> None:
    for number in range(ROUNDS):
        noon = FIRST_HOUR + timedelta(hours=6 * number)
        # each of these spans holds the hour from noon to one: any two overlap
        answers = at_once(
            [
                lambda i=i, noon=noon: crowd.book(
                    person(), noon - timedelta(minutes=15 * (i % 7)), 60 + 15 * (i % 7) + 15 * (i % 5)
                )
                for i in range(CLIENTS)
            ]
        )
        assert_one_winner(answers, number)


def test_one_key_makes_one_reservation(crowd: BookingCrowd) -> None:
    caller = person()
    answers = at_once(
        [lambda: crowd.book(caller, FIRST_HOUR, 60, Idempotency_Key="one-key-for-all")] * CLIENTS
    )
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["id"] for answer in answers}) == 1
    assert len(crowd.get("/api/v1/reservations", caller).body["items"]) == 1


def test_a_cancelled_slot_is_given_once(crowd: BookingCrowd) -> None:
    owner = person()
    first = crowd.book(owner, FIRST_HOUR, 60)
    cancelling = lambda: crowd.post(f"/api/v1/reservations/{first.body['id']}/cancel", owner, {})  # noqa: E731
    answers = at_once([cancelling] + [lambda: crowd.book(person(), FIRST_HOUR, 60)] * (CLIENTS - 1))
    assert answers[0].status == 200
    assert Counter(answer.status for answer in answers[1:])[201] <= 1
    assert {answer.status for answer in answers[1:]} <= {201, 409}


def test_approving_and_cancelling_settle_on_one_outcome(crowd: BookingCrowd) -> None:
    for number in range(ROUNDS):
        owner = person()
        asked = crowd.book(owner, FIRST_HOUR + timedelta(hours=2 * number), 60, room="studio")
        assert (asked.status, asked.body["status"]) == (201, "requested")
        path = f"/api/v1/reservations/{asked.body['id']}"
        answers = at_once(
            [
                lambda path=path: crowd.post(f"{path}/approve", staff(), {}),
                lambda path=path: crowd.post(f"{path}/decline", staff(), {"reason": "Sala zajęta"}),
                lambda path=path, owner=owner: crowd.post(f"{path}/cancel", owner, {}),
            ]
        )
        assert {answer.status for answer in answers} <= {200, 409}, answers
        assert any(answer.status == 200 for answer in answers)
        assert crowd.get(path, owner).body["status"] in {"confirmed", "declined", "cancelled"}


def assert_one_winner(answers: list[Answer], number: int) -> None:
    """One 201, and for all others 409 with the conflict and what else would fit."""
    assert Counter(answer.status for answer in answers) == {201: 1, 409: CLIENTS - 1}, f"round {number}"
    refused = [answer.body for answer in answers if answer.status == 409]
    assert {body["code"] for body in refused} == {"slot_taken"}
    assert all(body["conflicts"] and "alternatives" in body for body in refused)


def assert_claims_are_sound(database_url: str) -> None:
    """By queries of its own: no two active claims overlap, and each belongs to one live reservation."""
    live = "r.status IN ('requested', 'confirmed', 'checked_in')"
    engine = create_engine(parse_url(database_url))
    with engine.connect() as connection:
        overlaps = connection.scalar(
            text(
                "SELECT count(*) FROM claims a JOIN claims b ON a.unit = b.unit AND a.id < b.id"
                " WHERE a.active AND b.active AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
            )
        )
        lonely = connection.scalar(
            text(
                "SELECT count(*) FROM claims c WHERE c.active AND NOT EXISTS (SELECT 1 FROM reservations r"
                f" WHERE r.id = c.owner_id AND {live})"
            )
        )
        without = connection.scalar(
            text(
                f"SELECT count(*) FROM reservations r WHERE {live}"
                " AND (SELECT count(*) FROM claims c WHERE c.owner_id = r.id AND c.active) <> 1"
            )
        )
    engine.dispose()
    assert (overlaps, lonely, without) == (0, 0, 0)
