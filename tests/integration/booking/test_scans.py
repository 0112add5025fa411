"""What booking does by itself: it ends what nobody confirmed, reminds once, and forgets what is old."""

import pytest
from sqlalchemy import func, select

from services.booking.jobs.scans import due_work, prune
from services.booking.usecases import expire_unconfirmed as expiring
from services.kernel.audit import AuditEntry
from services.kernel.claims import Claim
from services.kernel.idempotency import IdempotencyKey
from services.kernel.outbox import OutboxEvent
from tests.support.booking import at, events, messages


def count(database, model):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_what_nobody_confirmed_is_over(api, database, clock, scans):
    made = api.booked("anonymous")
    clock.move(minutes=59)
    assert due_work(scans) == 0
    clock.move(minutes=1)
    assert due_work(scans) == 1
    assert due_work(scans) == 0
    assert api.get("staff", f"/reservations/{made['id']}").json["status"] == "expired"
    assert count(database, Claim) == 0
    assert messages(database)[-1][0] == "reservation_expired"
    assert events(database, "reservation.changed")[-1] == {"id": made["id"], "status": "expired"}
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.subject, entry.action) == (None, "reservation.expire")


def test_a_hold_that_somebody_else_took_over_is_ended_without_touching_theirs(api, database, clock, scans):
    api.booked("anonymous")
    clock.move(minutes=60)
    api.booked("person")
    assert due_work(scans) == 1
    assert count(database, Claim) == 1


def test_what_was_confirmed_is_left_alone(api, clock, scans):
    api.booked("person", start=at(10, day=30), end=at(11, day=30))
    clock.move(hours=3)
    assert due_work(scans) == 0


def test_a_reminder_is_asked_for_once(api, database, clock, scans):
    api.booked(start=at(10, day=30), end=at(11, day=30))
    clock.move(days=5, minutes=-1)
    assert due_work(scans) == 0
    clock.move(minutes=1)
    assert due_work(scans) == 1
    assert due_work(scans) == 0
    payload = events(database, "message.requested")[-1]
    assert payload["template"] == "reservation_reminder"
    assert payload["not_after"] == "2026-11-30T09:00:00+00:00"


@pytest.mark.parametrize("then", ["cancelled", "begun"])
def test_nobody_is_reminded_of_what_is_no_more_or_has_begun(api, database, clock, scans, then):
    made = api.booked(start=at(10, day=30), end=at(11, day=30))
    if then == "cancelled":
        api.post("person", f"/reservations/{made['id']}/cancel")
    clock.move(days=6)
    assert due_work(scans) == 0
    assert "reservation_reminder" not in [template for template, _ in messages(database)]
    assert due_work(scans) == 0


def test_what_is_booked_too_late_for_a_reminder_has_none(api, database, clock, scans):
    api.booked(start=at(14, day=24), end=at(15, day=24))
    clock.move(hours=2)
    assert due_work(scans) == 0
    assert len(messages(database)) == 1


def test_one_that_cannot_be_ended_keeps_the_others_from_nothing(api, database, clock, scans, monkeypatch):
    first = api.booked("anonymous", start=at(10), end=at(11))
    api.booked("anonymous", start=at(12), end=at(13))
    clock.move(minutes=60)
    real = expiring.expire_unconfirmed

    def fail_for_the_first(session, reservation_id, **others):
        if str(reservation_id) == first["id"]:
            raise KeyError("address")
        return real(session, reservation_id, **others)

    monkeypatch.setattr("services.booking.jobs.scans.expire_unconfirmed", fail_for_the_first)
    assert due_work(scans) == 1
    assert count(database, Claim) == 1


def test_what_has_grown_old_is_forgotten(api, database, clock, scans):
    api.book(once="one")
    with database.unit_of_work() as session:
        told = session.scalars(select(OutboxEvent)).first()
        told.state, told.done_at = "done", clock()
    clock.move(hours=47)
    assert prune(scans) == 0
    clock.move(hours=2)
    assert prune(scans) == 1
    assert count(database, IdempotencyKey) == 0
    clock.move(days=6)
    assert prune(scans) == 1
    assert count(database, OutboxEvent) == 1, "what was never told is kept"
