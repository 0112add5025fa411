"""What is refused to whoever wants a reservation, why, and what is then offered."""

import pytest
from sqlalchemy import func, select

from services.booking.db.models import Reservation
from services.booking.db.queries import get_room
from services.kernel.audit import AuditEntry
from services.kernel.claims import add_block
from services.kernel.ids import new_id
from services.kernel.outbox import OutboxEvent
from tests.support.booking import NOW, at, claims, utc


def close_hall(database, start, end):
    with database.unit_of_work() as session:
        room = get_room(session, "hall")
        add_block(
            session, unit=room.id, starts_at=start, ends_at=end, kind="closure", owner_id=new_id(), now=NOW
        )


def test_a_taken_slot_is_refused_with_what_stands_in_the_way_and_what_would_fit(api, database):
    first = api.booked()
    answer = api.book("other", start=at(11), end=at(13))
    assert (answer.status_code, answer.json["code"]) == (409, "slot_taken")
    assert answer.content_type == "application/problem+json"
    (conflict,) = answer.json["conflicts"]
    assert (conflict["kind"], conflict["start"], conflict["end"]) == ("claim", at(10), at(12))
    assert first["id"] not in answer.text
    assert 1 <= len(answer.json["alternatives"]) <= 5
    for fits in answer.json["alternatives"]:
        api.booked("other", room_id=fits["room_id"], start=fits["start"], end=fits["end"], participants=8)
        break


def test_every_alternative_would_be_taken(api):
    api.booked(room_id="annex")
    refused = api.book("other", room_id="annex", start=at(12), end=at(14), participants=8)
    assert refused.status_code == 409
    for fits in refused.json["alternatives"]:
        body = {"room_id": fits["room"]["slug"], "start": fits["start"], "end": fits["end"]}
        made = api.book("other", **body, participants=8)
        assert made.status_code == 201, (body, made.json)
        assert made.json["room_id"] == fits["room_id"]
        api.post("staff", f"/reservations/{made.json['id']}/cancel")


def test_slots_that_touch_do_not_stand_in_each_others_way(api):
    api.booked()
    api.booked("other", start=at(12), end=at(13))
    api.booked("other", start=at(9), end=at(10))


@pytest.mark.parametrize(("hour", "status"), [(14, 409), (11, 409), (15, 201)])
def test_a_closure_stops_new_reservations(api, database, hour, status):
    close_hall(database, utc(11), utc(14))  # noon to three on the centre's clock
    answer = api.book(start=at(hour), end=at(hour + 2))
    assert answer.status_code == status
    if status == 409:
        assert answer.json["code"] == "slot_blocked"
        assert [conflict["kind"] for conflict in answer.json["conflicts"]] == ["block"]


def test_the_database_has_the_last_word(api, database, monkeypatch):
    """Whatever the check before the turn missed, the claim is refused, and the answer is the same."""
    found = "services.booking.routes.reservations.find_clashes"
    api.booked()
    seen = []

    def miss_once(session, plan, *, now):
        seen.append(plan)
        return [] if len(seen) == 1 else real(session, plan, now=now)

    module, _, name = found.rpartition(".")
    real = getattr(__import__(module, fromlist=[name]), name)
    monkeypatch.setattr(found, miss_once)
    answer = api.book("other")
    assert (answer.status_code, answer.json["code"]) == (409, "slot_taken")
    assert answer.json["conflicts"]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Reservation)) == 1
        assert session.scalar(select(func.count()).select_from(OutboxEvent)) == 2, "of the first"


def test_a_lapsed_hold_stands_in_nobodys_way(api, database, clock):
    api.booked("anonymous")
    assert api.book("other").status_code == 409
    clock.move(minutes=60)
    api.booked("other")
    assert [claim[0] for claim in claims(database)] == ["reservation"]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"start": at(9, day=24), "end": at(11, day=24)}, ["in_the_past"]),
        ({"start": at(7), "end": at(9)}, ["outside_opening_hours"]),
        ({"start": at(21), "end": at(23)}, ["outside_opening_hours"]),
        ({"start": at(10, day=28), "end": at(12, day=28)}, ["outside_opening_hours"]),
        ({"start": at(10, 10)}, ["start_step"]),
        ({"start": at(10).replace(":00+", ":30+")}, ["start_step"]),
        ({"end": at(10, 15)}, ["too_short"]),
        ({"end": at(19)}, ["too_long"]),
        ({"start": "2027-03-01T10:00:00+01:00", "end": "2027-03-01T12:00:00+01:00"}, ["beyond_horizon"]),
        ({"participants": 101}, ["over_capacity"]),
        ({"participants": 41, "layout": "table"}, ["over_capacity"]),
        ({"layout": "circle"}, ["layout_unknown"]),
        ({"start": at(12), "end": at(10)}, ["end_before_start"]),
        ({"start": at(12), "end": at(12)}, ["end_before_start"]),
        ({"start": None, "end": None, "date": "2026-11-29", "whole_day": True}, ["outside_opening_hours"]),
        ({"start": None, "end": None, "date": "2026-11-11", "whole_day": True}, ["outside_opening_hours"]),
        ({"start": at(7, 10), "end": at(7, 20)}, ["start_step", "too_short", "outside_opening_hours"]),
        ({"start": "2026-11-25T10:00:00+01:00", "end": "2099-11-25T10:00:00+01:00"}, ["too_long"]),
    ],
)
def test_broken_rules_are_all_told(api, database, changes, codes):
    answer = api.book(**changes)
    assert (answer.status_code, answer.json["code"]) == (422, "rules_broken")
    told = [rule["code"] for rule in answer.json["rules"]]
    assert set(codes) <= set(told)
    assert all(rule["detail"] for rule in answer.json["rules"])
    assert claims(database) == []


def test_staff_set_rules_aside_for_a_reason_that_is_kept(api, database):
    assert api.book("staff", start=at(6), end=at(9)).status_code == 422
    made = api.booked("staff", start=at(6), end=at(9), override_reason="Montaż sceny")
    with database.reading() as session:
        (entry,) = session.scalars(select(AuditEntry))
    assert (entry.subject, entry.action, str(entry.entity_id)) == (
        "staff-1",
        "reservation.create",
        made["id"],
    )
    assert entry.why == "Montaż sceny"
    assert entry.after == {"status": "confirmed", "rules_set_aside": ["outside_opening_hours"]}


def test_no_reason_sets_a_claim_aside(api):
    api.booked()
    assert api.book("staff", override_reason="Ważniejsze").status_code == 409


@pytest.mark.parametrize(
    "changes",
    [
        {"start": at(12), "end": at(10)},
        {"layout": "circle"},
        {"start": None, "end": None, "date": "2026-11-29", "whole_day": True},
    ],
)
def test_no_reason_makes_sense_of_what_has_none(api, changes):
    assert api.book("staff", override_reason="Bo tak", **changes).status_code == 422


def test_a_centre_that_was_never_loaded_says_so(api, database):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM centre")
    answer = api.book()
    assert (answer.status_code, answer.json["code"]) == (503, "centre_not_loaded")
