"""Asking what would become of a reservation."""

from sqlalchemy import func, select

from services.booking.db.models import Reservation
from services.kernel.outbox import OutboxEvent
from tests.support.booking import at, wish


def check(api, who="person", **changes):
    answer = api.post(who, "/reservations/check", wish(**changes))
    assert answer.status_code == 200, answer.json
    return answer.json


def test_what_could_be_booked_is_told_and_nothing_is_stored(api, database):
    assert check(api) == {
        "ok": True,
        "slot": {"start": at(10), "end": at(12)},
        "clashes": [],
        "rules": [],
        "alternatives": [],
    }
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Reservation)) == 0
        assert session.scalar(select(func.count()).select_from(OutboxEvent)) == 0


def test_every_clash_and_every_rule_is_told_at_once(api):
    api.booked()
    api.booked(start=at(12), end=at(13))
    told = check(api, "anonymous", start=at(11, 10), end=at(13, 40), participants=500)
    assert not told["ok"]
    assert [(clash["kind"], clash["start"]) for clash in told["clashes"]] == [
        ("claim", at(10)),
        ("claim", at(12)),
    ]
    assert {rule["code"] for rule in told["rules"]} == {"start_step", "over_capacity"}
    assert all(clash["detail"] for clash in told["clashes"])
    assert "aneta" not in str(told)


def test_what_would_fit_instead_is_told(api):
    api.booked()
    told = check(api, "other")
    assert told["alternatives"]
    assert all(fits["room"]["slug"] and fits["start"] < fits["end"] for fits in told["alternatives"])


def test_a_whole_day_is_told_with_its_hours(api):
    told = check(api, start=None, end=None, date="2026-11-25", whole_day=True)
    assert told["slot"] == {"start": at(8), "end": at(22)}


def test_a_closed_day_has_no_slot(api):
    told = check(api, start=None, end=None, date="2026-11-29", whole_day=True)
    assert (told["ok"], told["slot"], told["clashes"]) == (False, None, [])


def test_buffers_count(api):
    api.booked(room_id="annex")
    assert check(api, room_id="annex", start=at(12, 30), end=at(13, 30))["clashes"]
    assert check(api, room_id="annex", start=at(13), end=at(14))["ok"]
