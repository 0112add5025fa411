"""A guest confirms by the mailed link."""

import pytest
from sqlalchemy import select

from services.kernel.claims import Claim
from tests.support.booking import events, messages

from .test_read_reservation import mailed_key


def test_the_key_confirms_and_the_hold_lasts(api, database, clock):
    made = api.booked("anonymous")
    clock.move(minutes=59)
    answer = api.post("anonymous", f"/reservations/{made['id']}/confirm", key=mailed_key(database))
    assert answer.status_code == 200
    confirmed = (answer.json["status"], answer.json["awaiting"], answer.json["confirm_by"])
    assert confirmed == ("confirmed", None, None)
    assert answer.headers["ETag"] == f'"{answer.json["version"]}"'
    with database.reading() as session:
        (claim,) = session.scalars(select(Claim))
    assert (claim.kind, claim.expires_at) == ("reservation", None)
    assert [template for template, _ in messages(database)] == [
        "reservation_confirm_link",
        "reservation_confirmed",
    ]
    assert "key=" in events(database, "message.requested")[1]["params"]["link"]
    clock.move(days=2)
    assert api.get("staff", f"/reservations/{made['id']}").json["status"] == "confirmed"


def test_to_confirm_again_changes_nothing(api, database):
    made, key = api.booked("anonymous"), None
    key = mailed_key(database)
    first, again = (api.post("anonymous", f"/reservations/{made['id']}/confirm", key=key) for _ in range(2))
    assert (again.status_code, again.json) == (200, first.json)
    assert len(messages(database)) == 2


def test_where_staff_give_the_room_they_decide_next(api, database):
    made = api.booked("anonymous", room_id="studio", participants=5)
    answer = api.post("anonymous", f"/reservations/{made['id']}/confirm", key=mailed_key(database))
    assert (answer.json["status"], answer.json["awaiting"]) == ("requested", "staff")
    assert messages(database)[-1][0] == "reservation_requested"
    with database.reading() as session:
        (claim,) = session.scalars(select(Claim))
    assert (claim.kind, claim.expires_at) == ("reservation", None)


def test_a_competing_request_is_confirmed_without_a_claim(api, database):
    made = api.booked("anonymous", room_id="club")
    answer = api.post("anonymous", f"/reservations/{made['id']}/confirm", key=mailed_key(database))
    assert (answer.json["status"], answer.json["awaiting"]) == ("requested", "staff")


@pytest.mark.parametrize("taken_meanwhile", [False, True])
def test_too_late_is_gone(api, database, clock, taken_meanwhile):
    made = api.booked("anonymous")
    clock.move(minutes=60)
    if taken_meanwhile:
        api.booked("person")
    answer = api.post("anonymous", f"/reservations/{made['id']}/confirm", key=mailed_key(database))
    assert (answer.status_code, answer.json["code"]) == (410, "hold_expired")


def test_what_was_cancelled_is_not_confirmed(api, database):
    made = api.booked("anonymous")
    key = mailed_key(database)
    api.post("anonymous", f"/reservations/{made['id']}/cancel", key=key)
    answer = api.post("anonymous", f"/reservations/{made['id']}/confirm", key=key)
    assert (answer.status_code, answer.json["code"]) == (409, "not_confirmable")


def test_to_look_confirms_nothing(api, database):
    made = api.booked("anonymous")
    api.get("anonymous", f"/reservations/{made['id']}", key=mailed_key(database))
    assert api.get("staff", f"/reservations/{made['id']}").json["status"] == "requested"


def test_without_the_key_nothing_is_confirmed(api):
    made = api.booked("anonymous")
    for who in ("anonymous", "person"):
        assert api.post(who, f"/reservations/{made['id']}/confirm", key="wrong").status_code == 404
